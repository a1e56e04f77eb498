// SHA-256 for the page: small pieces at once; whole large ones by the browser's own, which is the fastest but takes no
// stream; streams and many files by the WASI modules in workers of their own. So loading an image never stalls a terminal.

import { type Digester, portableDigester } from '../image/digest.ts'
import { toHex } from '../lib/digest.ts'
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
    const native = source instanceof Uint8Array ? await subtleDigest(source) : undefined
    if (native) return native
    try {
      return await this.#pool.digest(source)
    } catch (error) {
      if (!this.#isLost || !(source instanceof Uint8Array)) throw error
      return portableDigester.digest(source)
    }
  }

  async many(pieces: readonly Uint8Array[]): Promise<readonly Sha256Digest[]> {
    try {
      return await this.#pool.many(pieces)
    } catch (error) {
      if (!this.#isLost) throw error
      return pieces.map(piece => portableDigester.digest(piece))
    }
  }
}

/** undefined: a page that came over plain http is not lent it (Web Cryptography API, "secure context"). */
async function subtleDigest(bytes: Uint8Array): Promise<Sha256Digest | undefined> {
  if (!globalThis.isSecureContext) return undefined
  // Only memory that is not shared is taken; the engine's is its own.
  const digest = await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>)
  return `sha256:${toHex(new Uint8Array(digest))}`
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
