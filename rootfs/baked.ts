// What a bundle brings of the base image: its digests and its small blobs, computed when the bundle was made.

import type { Digest } from '../image/digest.ts'

export interface BakedBase {
  /** The commands that it links, in order: with others it is another image. */
  readonly applets: string
  readonly layer: { readonly digest: Digest; readonly size: number }
  readonly config: BakedBlob
  readonly manifest: BakedBlob
}

export interface BakedBlob {
  readonly digest: Digest
  readonly text: string
}

/** The bundler puts it in (`test/build.mjs`); from the sources there is none. */
declare const COWBOX_BASE: BakedBase | undefined

export function bakedBase(): BakedBase | undefined {
  return typeof COWBOX_BASE === 'undefined' ? undefined : COWBOX_BASE
}
