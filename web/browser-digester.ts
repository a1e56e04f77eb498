// SHA-256 for the page: small pieces at once, large ones by the WASI module in workers of their own, so that loading an
// image never stalls a terminal.

import { type Digester, portableDigester } from '../image/digest.ts'
import { HashPool, type HashWorker } from '../wasm/pool.ts'
import { digesterBySize } from '../wasm/sized-digester.ts'
import { HASH_WORKER_FILE } from './files.ts'

export function browserDigester(): Digester {
  // Some browsers let no worker start another.
  if (typeof Worker === 'undefined') return portableDigester
  const size = Math.max(1, Math.min(4, navigator.hardwareConcurrency - 1))
  return digesterBySize(() => new HashPool({ size, spawn }))
}

function spawn(): HashWorker {
  const worker = new Worker(HASH_WORKER_FILE, { type: 'module', name: 'hashing' })
  const port: HashWorker = {
    onmessage: null,
    onended: null,
    postMessage: (message, transfer = []) => worker.postMessage(message, transfer),
    terminate: () => worker.terminate(),
  }
  worker.onmessage = event => port.onmessage?.(event)
  worker.onerror = ({ message }) => {
    worker.terminate()
    port.onended?.(message || 'it could not be started')
  }
  return port
}
