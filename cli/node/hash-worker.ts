// The script of a hashing thread.

/// <reference path="../../wasm/wasm-file.d.ts" />
import { parentPort } from 'node:worker_threads'
import fileHash from '../../wasm/file-hash.wasm'
import layerHash from '../../wasm/layer-hash.wasm'
import type { Port } from '../../wasm/messages.ts'
import { setModuleBytes } from '../../wasm/module.ts'
import { serveHashing } from '../../wasm/worker.ts'

setModuleBytes('layer-hash', layerHash)
setModuleBytes('file-hash', fileHash)
// Node's port is one of the web: what is sent is not typed.
serveHashing(parentPort as unknown as Port)
