// Digests of whole pieces and of streams, by the modules in this thread.

import { toHex } from '../lib/digest.ts'
import { openHasher, type WasmSha256 } from './hash.ts'
import { openManyHasher, type WasmManySha256 } from './many.ts'
import type { Sha256Digest, Source, StreamDigester } from './stream-digester.ts'

/** Each stream that runs at the same time has a hasher of its own; they are used again. */
export class WasmDigester implements StreamDigester {
  readonly #idle: WasmSha256[] = []
  #many: WasmManySha256 | undefined

  async digest(source: Source): Promise<Sha256Digest> {
    const hasher = this.#idle.pop() ?? (await openHasher())
    try {
      if (source instanceof Uint8Array) hasher.update(source)
      else for await (const chunk of source) hasher.update(chunk)
      const digest = toHex(hasher.finish())
      this.#idle.push(hasher)
      return `sha256:${digest}`
    } catch (error) {
      // Half a stream is in it.
      hasher.close()
      throw error
    }
  }

  async many(pieces: readonly Uint8Array[]): Promise<readonly Sha256Digest[]> {
    const many = this.#many ?? (await openManyHasher())
    this.#many = many
    return many.digest(pieces).map(digest => `sha256:${toHex(digest)}` as const)
  }

  /** Gives the idle hashers' memory back. */
  close(): void {
    for (const hasher of this.#idle.splice(0)) hasher.close()
    this.#many?.close()
    this.#many = undefined
  }
}
