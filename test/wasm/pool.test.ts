import './module-bytes.ts'
import { createHash } from 'node:crypto'
import { MessageChannel } from 'node:worker_threads'
import { afterEach, expect, test } from 'vitest'
import type { Port, Reply, Request } from '../../wasm/messages.ts'
import { HashPool, type HashWorker } from '../../wasm/pool.ts'
import { serveHashing } from '../../wasm/worker.ts'

const pools: HashPool[] = []

afterEach(() => {
  for (const pool of pools.splice(0)) pool.close()
})

function poolOf(size: number, serve: (port: Port) => void = serveHashing) {
  const workers: HashWorker[] = []
  const pool = new HashPool({ size, spawn: () => spawn(serve, workers) })
  pools.push(pool)
  return { pool, workers }
}

/** A worker in this thread, at the other end of a real channel: what is sent is cloned and transferred. */
function spawn(serve: (port: Port) => void, workers: HashWorker[]): HashWorker {
  const { port1, port2 } = new MessageChannel()
  serve(port2 as unknown as Port)
  const worker = Object.assign(port1 as unknown as Port, {
    onended: null,
    terminate: () => {
      port1.close()
      port2.close()
    },
  })
  workers.push(worker)
  return worker
}

function native(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`
}

test('large and small pieces at the same time, on fewer workers than pieces', async () => {
  const { pool, workers } = poolOf(2)
  const pieces = [0, 1, 64, 5_000_001, 1 << 20, 3_000_000].map(size => new Uint8Array(size).map((_, i) => i >> 4))
  expect(await Promise.all(pieces.map(piece => pool.digest(piece)))).toEqual(pieces.map(native))
  expect(workers).toHaveLength(2)
})

test('the bytes stay the caller’s', async () => {
  const { pool } = poolOf(1)
  const bytes = new Uint8Array(2_000_000).fill(7)
  await pool.digest(bytes)
  expect(bytes.length).toBe(2_000_000)
})

test('no more is under way than the window', async () => {
  let most = 0
  let open = 0
  const { pool } = poolOf(1, port => {
    port.onmessage = ({ data }) => {
      const { kind, id } = data as Request
      if (kind === 'end') return port.postMessage({ kind: 'digest', id, digest: 'done' })
      most = Math.max(most, ++open)
      setTimeout(() => {
        open--
        port.postMessage({ kind: 'taken', id })
      }, 2)
    }
  })
  expect(await pool.digest(new Uint8Array(12 << 20))).toBe('sha256:done')
  expect(most).toBe(4)
})

test('a source that fails is the caller’s error, and the worker goes on', async () => {
  const { pool } = poolOf(1)
  await expect(pool.digest(failing())).rejects.toThrow('the disk is gone')
  expect(await pool.digest(Buffer.from('after'))).toBe(native(Buffer.from('after')))
})

test('a worker that ends fails what it had, and another takes its place', async () => {
  const deaf = poolOf(1, port => {
    port.onmessage = null
  })
  const lost = deaf.pool.digest(Buffer.from('never'))
  await new Promise(resolve => setTimeout(resolve, 5))
  deaf.workers[0]?.onended?.('killed')
  await expect(lost).rejects.toThrow('a hashing worker ended: killed')
  void deaf.pool.digest(Buffer.from('again')).catch(() => undefined)
  expect(deaf.workers).toHaveLength(2)
})

test('what a worker refuses is told in its words', async () => {
  const { pool } = poolOf(1, port => {
    port.onmessage = ({ data }) => {
      const reply: Reply = { kind: 'failed', id: (data as Request).id, message: 'out of memory' }
      port.postMessage(reply)
    }
  })
  await expect(pool.digest(new Uint8Array(10 << 20))).rejects.toThrow('out of memory')
})

test('a closed pool refuses, and fails what was under way', async () => {
  const { pool } = poolOf(1)
  const lost = pool.digest(new Uint8Array(3 << 20))
  await new Promise(resolve => setTimeout(resolve, 1))
  pool.close()
  await expect(lost).rejects.toThrow('the pool was closed')
  await expect(pool.digest(new Uint8Array(1))).rejects.toThrow('the pool was closed')
})

async function* failing(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('half')
  throw new Error('the disk is gone')
}
