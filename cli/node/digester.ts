// SHA-256 by Node's own crypto: native, with the processor's instructions for it.

import { createHash } from 'node:crypto'
import type { Digester } from '../../image/digest.ts'

export const nodeDigester: Digester = {
  digest: bytes => `sha256:${createHash('sha256').update(bytes).digest('hex')}`,
}
