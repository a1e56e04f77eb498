// The door for a host that undoes DEFLATE faster than lib/inflate.ts does.

/** `next`: the packed bytes as they come, empty at their end. Throws InflateError, and what `next` throws as it is. */
export type InflateStream = (next: () => Promise<Uint8Array>) => AsyncGenerator<Uint8Array, Inflated>

export interface Inflated {
  /** What came after the end of the stream. */
  readonly rest: Uint8Array
  /** The CRC-32 of all that was yielded. */
  readonly crc: number
}

let handed: InflateStream | undefined

/** Called by the outermost room, where all happens in real time: with such help no run is like another. undefined takes it away. */
export function setInflateStream(stream: InflateStream | undefined): void {
  handed = stream
}

/** undefined: nobody has handed one in. */
export function hostInflateStream(): InflateStream | undefined {
  return handed
}
