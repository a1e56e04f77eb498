// The script of a hashing worker.

/// <reference path="../wasm/wasm-file.d.ts" />
import fileHash from '../wasm/file-hash.wasm'
import layerHash from '../wasm/layer-hash.wasm'
import type { Port } from '../wasm/messages.ts'
import { setModuleBytes } from '../wasm/module.ts'
import { serveHashing } from '../wasm/worker.ts'

setModuleBytes('layer-hash', layerHash)
setModuleBytes('file-hash', fileHash)
// The room is typed for window and worker at once; this file runs in a dedicated worker, whose scope is a port.
serveHashing(self as unknown as Port)
