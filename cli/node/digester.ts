// SHA-256 by Node's own crypto: native, with the processor's instructions for it.

import { createHash } from 'node:crypto'
import type { Digest } from '../../image/digest.ts'

export const nodeDigester = {
  digest: (bytes: Uint8Array): Digest => `sha256:${createHash('sha256').update(bytes).digest('hex')}`,
}
