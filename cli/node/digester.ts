// Digests in Node: small pieces at once, archives by the WASI module in threads of their own.

import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { Digester } from '../../image/digest.ts'
import { HashPool, type HashWorker } from '../../wasm/pool.ts'
import { digesterBySize } from '../../wasm/sized-digester.ts'

/** More would only wait for one another: archives come one after another, from a disk. */
const MOST = 4

/** `script`: the built `hash-worker.ts`. No thread is started before the first archive. */
export function nodeDigester(script: string | URL): Digester {
  return digesterBySize(() => {
    const size = Math.max(1, Math.min(MOST, availableParallelism() - 1))
    return new HashPool({ size, spawn: () => spawn(script) })
  })
}

/** A thread that keeps the program up only while it has something to do. */
function spawn(script: string | URL): HashWorker {
  const worker = new Worker(script, { name: 'hashing', execArgv: [] })
  worker.unref()
  const port: HashWorker = {
    onmessage: null,
    onended: null,
    postMessage: (message, transfer = []) => worker.postMessage(message, transfer),
    setBusy: isBusy => (isBusy ? worker.ref() : worker.unref()),
    terminate: () => void worker.terminate(),
  }
  const end = (reason: string) => {
    port.onended?.(reason)
    port.onended = null
  }
  worker.on('message', data => port.onmessage?.({ data }))
  worker.on('error', error => end(error.message))
  worker.on('exit', status => end(`it exited with status ${status}`))
  return port
}
