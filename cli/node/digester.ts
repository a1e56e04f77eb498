// Digests in Node: by node:crypto, which uses the processor's own instructions, or by the WASI modules in threads.

import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { Digester } from '../../image/digest.ts'
import { NativeDigester } from '../../wasm/native-digester.ts'
import { HashPool, type HashWorker } from '../../wasm/pool.ts'
import { digesterBySize } from '../../wasm/sized-digester.ts'
import type { StreamDigester } from '../../wasm/stream-digester.ts'
import { nativeDigest, nextTurn } from './host.ts'

/** More would only wait for one another: archives come one after another, from a disk. */
const MOST = 4

/** `script`: the built `hash-worker.ts`. `engine`: native, which is the faster (wasm/README.md), or wasi. */
export function nodeDigester(script: string | URL, engine: string = process.env.COWBOX_DIGESTS ?? 'native'): Digester {
  if (engine !== 'native' && engine !== 'wasi') {
    throw new Error(`COWBOX_DIGESTS is '${engine}', which is neither native nor wasi`)
  }
  return digesterBySize(() => (engine === 'wasi' ? workers(script) : native()))
}

function native(): StreamDigester {
  return new NativeDigester({ create: () => nativeDigest('sha256'), turn: nextTurn })
}

/** No thread is started before the first archive. */
function workers(script: string | URL): StreamDigester {
  const size = Math.max(1, Math.min(MOST, availableParallelism() - 1))
  return new HashPool({ size, spawn: () => spawn(script) })
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
