// Hands the built modules in, as an outermost room does.

import { readFileSync } from 'node:fs'
import { setModuleBytes } from '../../wasm/module.ts'

for (const name of ['layer-hash', 'file-hash'] as const) {
  setModuleBytes(name, readFileSync(new URL(`../../wasm/${name}.wasm`, import.meta.url)))
}
