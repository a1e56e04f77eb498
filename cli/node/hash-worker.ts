// The script of a hashing thread.

/// <reference path="../../wasm/wasm-file.d.ts" />
import { parentPort } from 'node:worker_threads'
import layerHash from '../../wasm/layer-hash.wasm'
import type { Port } from '../../wasm/messages.ts'
import { setModuleBytes } from '../../wasm/module.ts'
import { serveHashing } from '../../wasm/worker.ts'

setModuleBytes(layerHash)
// Node's port is one of the web: what is sent is not typed.
serveHashing(parentPort as unknown as Port)
