// What computes digests, wherever the module runs.

export type Sha256Digest = `sha256:${string}`

export interface StreamDigester {
  digest(source: Source): Promise<Sha256Digest>
}

/** A stream passes through in constant memory. */
export type Source = Uint8Array | AsyncIterable<Uint8Array>
