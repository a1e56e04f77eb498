// The host's own SHA-256, where it is at hand piece by piece (node:crypto): with the processor's instructions for it, which
// WebAssembly lacks.

import { type IncrementalDigest, toHex } from '../lib/digest.ts'
import type { DigestStream, Sha256Digest, Source, StreamDigester } from './stream-digester.ts'

export interface NativeHost {
  create(): IncrementalDigest
  /** Resolves after the event loop had a turn. */
  turn(): Promise<void>
}

/** What is digested between two turns of the event loop: some milliseconds. */
const PIECE = 4 << 20

export class NativeDigester implements StreamDigester {
  readonly #host: NativeHost

  constructor(host: NativeHost) {
    this.#host = host
  }

  async digest(source: Source): Promise<Sha256Digest> {
    const stream = this.start()
    if (source instanceof Uint8Array) await stream.update(source)
    else for await (const piece of source) await stream.update(piece)
    return stream.finish()
  }

  async many(pieces: readonly Uint8Array[]): Promise<readonly Sha256Digest[]> {
    const digests: Sha256Digest[] = []
    let since = 0
    for (const piece of pieces) {
      const stream = this.start()
      await stream.update(piece)
      digests.push(await stream.finish())
      since += piece.length
      if (since < PIECE) continue
      since = 0
      await this.#host.turn()
    }
    return digests
  }

  start(): DigestStream {
    const hash = this.#host.create()
    return {
      update: bytes => (bytes.length <= PIECE ? hash.update(bytes) : this.#updateInTurns(hash, bytes)),
      finish: () => `sha256:${toHex(hash.finish())}`,
      cancel: () => undefined,
    }
  }

  async #updateInTurns(hash: IncrementalDigest, bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length; at += PIECE) {
      hash.update(bytes.subarray(at, at + PIECE))
      await this.#host.turn()
    }
  }
}
