// Digests of whole pieces and of streams, by the module in this thread; and small pieces without it.

import { toHex } from '../lib/digest.ts'
import { sha256Hex } from '../lib/sha256.ts'
import { openHasher, type WasmSha256 } from './hash.ts'

export type Sha256Digest = `sha256:${string}`

export interface StreamDigester {
  digest(source: Source): Promise<Sha256Digest>
}

/** A stream passes through in constant memory. */
export type Source = Uint8Array | AsyncIterable<Uint8Array>

/** Each stream that runs at the same time has a hasher of its own; they are used again. */
export class WasmDigester implements StreamDigester {
  readonly #idle: WasmSha256[] = []

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

  /** Gives the idle hashers' memory back. */
  close(): void {
    for (const hasher of this.#idle.splice(0)) hasher.close()
  }
}

/** Below this, asking a worker costs more than the digest. */
const SMALL = 1 << 20

/** Small pieces at once, in TypeScript; `large` is called for, and made, only when there is a large one. */
export function digesterBySize(large: () => StreamDigester, least: number = SMALL) {
  let made: StreamDigester | undefined
  return {
    digest: (bytes: Uint8Array): Sha256Digest | Promise<Sha256Digest> => {
      if (bytes.length < least) return `sha256:${sha256Hex(bytes)}`
      made ??= large()
      return made.digest(bytes)
    },
  }
}
