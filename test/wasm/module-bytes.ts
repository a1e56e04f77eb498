// The door of the hashing module, filled from the disk.

import { readFileSync } from 'node:fs'
import { setModuleBytes } from '../../wasm/module.ts'

setModuleBytes(readFileSync(new URL('../../wasm/layer-hash.wasm', import.meta.url)))
