// Small pieces without the module, and without waking anything.

import { sha256Hex } from '../lib/sha256.ts'
import type { Sha256Digest, StreamDigester } from './stream-digester.ts'

/**
 * Where a worker that is up has the digest as soon as TypeScript has (README: from 16 to 64 KiB). Configs, manifests and
 * the layers of a few files are below: they are not worth the quarter of a second that the first worker takes to start.
 */
const SMALL = 64 * 1024

export interface SizedDigester {
  digest(bytes: Uint8Array): Sha256Digest | Promise<Sha256Digest>
}

/** Small pieces at once, in TypeScript; `large` is called for, and made, only when there is a large one. */
export function digesterBySize(large: () => StreamDigester, least: number = SMALL): SizedDigester {
  let made: StreamDigester | undefined
  return {
    digest: bytes => {
      if (bytes.length < least) return `sha256:${sha256Hex(bytes)}`
      made ??= large()
      return made.digest(bytes)
    },
  }
}
