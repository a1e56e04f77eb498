// Small pieces without the module, and without waking anything.

import { concat, EMPTY } from '../lib/bytes.ts'
import { sha256Hex } from '../lib/sha256.ts'
import { PushedSource } from './pushed-source.ts'
import type { DigestStream, Sha256Digest, StreamDigester } from './stream-digester.ts'

/**
 * What TypeScript digests before anybody notices that it does (README). From 16 KiB on a worker that is up is as fast, but
 * the first one takes a quarter of a second of the processor's time to start: configs, manifests and the layers of a few
 * files are not worth it, nor is the base image.
 */
const SMALL = 256 * 1024

export interface SizedDigester {
  digest(bytes: Uint8Array): Sha256Digest | Promise<Sha256Digest>
  many(pieces: readonly Uint8Array[]): Promise<readonly Sha256Digest[]>
  start(): DigestStream
}

/** Small pieces at once, in TypeScript; `large` is called for, and made, only when there is a large one. */
export function digesterBySize(large: () => StreamDigester, least: number = SMALL): SizedDigester {
  let made: StreamDigester | undefined
  const module = () => {
    made ??= large()
    return made
  }
  return {
    digest: bytes => (bytes.length < least ? smallDigest(bytes) : module().digest(bytes)),
    many: async pieces => {
      const size = pieces.reduce((sum, piece) => sum + piece.length, 0)
      return size < least ? pieces.map(smallDigest) : module().many(pieces)
    },
    start: () => new SizedStream(module, least),
  }
}

/** What comes first is held until it is seen to be large. */
class SizedStream implements DigestStream {
  readonly #module: () => StreamDigester
  readonly #least: number
  #held: Uint8Array = EMPTY
  #large: DigestStream | undefined

  constructor(module: () => StreamDigester, least: number) {
    this.#module = module
    this.#least = least
  }

  async update(bytes: Uint8Array): Promise<void> {
    if (bytes.length === 0) return
    if (this.#large) return this.#large.update(bytes)
    // The piece may be changed by whoever gave it: what is held is a copy.
    this.#held = concat([this.#held, bytes])
    if (this.#held.length < this.#least) return
    const module = this.#module()
    this.#large = module.start?.() ?? new PushedStream(module)
    await this.#large.update(this.#held)
    this.#held = EMPTY
  }

  finish(): Sha256Digest | Promise<Sha256Digest> {
    return this.#large ? this.#large.finish() : smallDigest(this.#held)
  }

  cancel(): void {
    this.#large?.cancel()
  }
}

/** Pieces for a digester that takes them from a source. */
class PushedStream implements DigestStream {
  readonly #source = new PushedSource()
  readonly #digest: Promise<Sha256Digest>

  constructor(digester: StreamDigester) {
    this.#digest = digester.digest(this.#source)
    // A worker may fail between two pieces: the next one, or the end, is told.
    this.#digest.catch(() => undefined)
  }

  /** A worker that fails takes no more pieces: its failure is this piece's. */
  async update(bytes: Uint8Array): Promise<void> {
    await Promise.race([this.#source.push(bytes), this.#digest])
  }

  finish(): Promise<Sha256Digest> {
    this.#source.end()
    return this.#digest
  }

  cancel(): void {
    this.#source.fail(new Error('the stream was given up'))
  }
}

function smallDigest(bytes: Uint8Array): Sha256Digest {
  return `sha256:${sha256Hex(bytes)}`
}
