// What computes digests, wherever the module runs.

export type Sha256Digest = `sha256:${string}`

export interface StreamDigester {
  digest(source: Source): Promise<Sha256Digest>
}

/** A digest over pieces as they come. */
export interface DigestStream {
  update(bytes: Uint8Array): void | Promise<void>
  finish(): Sha256Digest | Promise<Sha256Digest>
  /** There will be no more pieces, and no digest. */
  cancel(): void
}

/** A stream passes through in constant memory. */
export type Source = Uint8Array | AsyncIterable<Uint8Array>
