// What a pool and its workers say to each other.

/** A worker as its pool sees it, or the pool as a worker sees it: what every host's message port is, or can be made. */
export interface Port {
  postMessage(message: Request | Reply, transfer?: ArrayBuffer[]): void
  onmessage: ((event: { readonly data: unknown }) => void) | null
}

/** `id` tells one stream from another. */
export type Request =
  | { readonly kind: 'chunk'; readonly id: number; readonly bytes: Uint8Array }
  | { readonly kind: 'end'; readonly id: number }
  | { readonly kind: 'cancel'; readonly id: number }
  /** Files one behind the other, each as long as it is said: their digests are asked for. */
  | { readonly kind: 'many'; readonly id: number; readonly bytes: Uint8Array; readonly lengths: readonly number[] }

export type Reply =
  /** With the memory that the chunk came in. */
  | { readonly kind: 'taken'; readonly id: number; readonly buffer?: ArrayBuffer }
  | { readonly kind: 'digest'; readonly id: number; readonly digest: string }
  /** With the memory that the files came in. */
  | {
      readonly kind: 'digests'
      readonly id: number
      readonly digests: readonly string[]
      readonly buffer?: ArrayBuffer
    }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string }
