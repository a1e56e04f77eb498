// What computes digests, wherever it runs: the WASI modules here or in workers, or the host's own.

export type Sha256Digest = `sha256:${string}`

export interface StreamDigester {
  digest(source: Source): Promise<Sha256Digest>
  /** Of many pieces, in their order. */
  many(pieces: readonly Uint8Array[]): Promise<readonly Sha256Digest[]>
  /** undefined: it takes a stream only from its source. */
  start?(): DigestStream
}

/** A digest over pieces as they come. */
export interface DigestStream {
  /** The piece may be changed when it has resolved. */
  update(bytes: Uint8Array): void | Promise<void>
  finish(): Sha256Digest | Promise<Sha256Digest>
  /** There will be no more pieces, and no digest. */
  cancel(): void
}

/** A stream passes through in constant memory. */
export type Source = Uint8Array | AsyncIterable<Uint8Array>
