// SHA-256 for the page: small pieces at once; pieces of a middle size by the browser's own, which is the fastest there but
// takes no stream; streams, large pieces and many small ones by the WASI modules in workers of their own. So loading an
// image never stalls a terminal.

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
    if (source instanceof Uint8Array && isForSubtle(source)) return subtleDigest(source)
    try {
      return await this.#pool.digest(source)
    } catch (error) {
      if (!this.#isLost || !(source instanceof Uint8Array)) throw error
      return portableDigester.digest(source)
    }
  }

  async many(pieces: readonly Uint8Array[]): Promise<readonly Sha256Digest[]> {
    const rest = pieces.filter(piece => !isForSubtle(piece))
    const digests = (await this.#byPool(rest)).values()
    const all = pieces.map(piece => (isForSubtle(piece) ? subtleDigest(piece) : digests.next().value))
    return (await Promise.all(all)).map(digest => {
      if (digest === undefined) throw new Error('a piece has no digest')
      return digest
    })
  }

  async #byPool(pieces: readonly Uint8Array[]): Promise<readonly Sha256Digest[]> {
    if (pieces.length === 0) return []
    try {
      return await this.#pool.many(pieces)
    } catch (error) {
      if (!this.#isLost) throw error
      return pieces.map(piece => portableDigester.digest(piece))
    }
  }
}

/** A call costs as much as the module takes for some 16 KiB; from 1 MiB on the browser copies into memory that it has to get first. */
const SUBTLE_LEAST = 16 * 1024
const SUBTLE_MOST = 768 * 1024

/** A page that came over plain http is not lent it (Web Cryptography API, "secure context"). */
function isForSubtle({ length }: Uint8Array): boolean {
  return globalThis.isSecureContext && length >= SUBTLE_LEAST && length <= SUBTLE_MOST
}

async function subtleDigest(bytes: Uint8Array): Promise<Sha256Digest> {
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
