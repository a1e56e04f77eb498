// SHA-256 for the page: small pieces at once, large ones by the WASI module in workers of their own, so that loading an
// image never stalls a terminal.

import { type Digester, portableDigester } from '../image/digest.ts'
import { HashPool, type HashWorker } from '../wasm/pool.ts'
import { digesterBySize } from '../wasm/sized-digester.ts'
import type { Sha256Digest, Source, StreamDigester } from '../wasm/stream-digester.ts'
import { HASH_WORKER_FILE } from './files.ts'

export function browserDigester(): Digester {
  // Some browsers let no worker start another.
  if (typeof Worker === 'undefined') return portableDigester
  const size = Math.max(1, Math.min(4, navigator.hardwareConcurrency - 1))
  return digesterBySize(() => new PatientDigester(size))
}

/** Without a network a worker may not start. A digest is the same whoever computes it: then the engine's own thread does. */
class PatientDigester implements StreamDigester {
  readonly #pool: HashPool
  #isLost = false

  constructor(size: number) {
    this.#pool = new HashPool({ size, spawn: () => spawn(() => (this.#isLost = true)) })
  }

  async digest(source: Source): Promise<Sha256Digest> {
    try {
      return await this.#pool.digest(source)
    } catch (error) {
      if (!this.#isLost || !(source instanceof Uint8Array)) throw error
      return portableDigester.digest(source)
    }
  }
}

function spawn(lost: () => void): HashWorker {
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
    lost()
    port.onended?.(message || 'it could not be started')
  }
  return port
}
