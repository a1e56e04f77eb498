// Hashing in workers, so that it never stalls the thread that asks.

import { concat } from '../lib/bytes.ts'
import type { Port, Reply } from './messages.ts'
import type { Sha256Digest, Source, StreamDigester } from './stream-digester.ts'

/** A worker whose body is `serveHashing`. */
export interface HashWorker extends Port {
  /** Called when the worker has ended by itself or by a failure. */
  onended: ((reason: string) => void) | null
  /** Told when its first stream begins and when its last one has ended: an idle worker need not keep a program up. */
  setBusy?(isBusy: boolean): void
  terminate(): void
}

export interface PoolOptions {
  readonly spawn: () => HashWorker
  /** How many workers at most; each is started when the ones before it are busy. */
  readonly size: number
}

/** What is sent at once, and how many of them may be under way: a stream never takes more memory than their product. */
const CHUNK = 1 << 20
const WINDOW = 4

export class HashPool implements StreamDigester {
  readonly #how: PoolOptions
  #members: Member[] = []
  #isClosed = false

  constructor(how: PoolOptions) {
    this.#how = how
  }

  /** Throws when the source does, when the worker fails, and when the pool is closed. */
  async digest(source: Source): Promise<Sha256Digest> {
    const job = this.#member().begin()
    try {
      for await (const chunk of chunksOf(source)) await job.send(chunk)
    } catch (error) {
      job.cancel()
      throw error
    }
    return `sha256:${await job.end()}`
  }

  /** Small ones are sent many at a time, and shared among the workers; a large one is a stream of its own. */
  async many(pieces: readonly Uint8Array[]): Promise<readonly Sha256Digest[]> {
    const digests = await Promise.all(
      batchesOf(pieces).map(async batch => {
        const [only] = batch
        if (only && batch.length === 1 && only.length > BATCH) return [await this.digest(only)]
        return (await this.#member().begin().sendAll(batch)).map(digest => `sha256:${digest}` as const)
      }),
    )
    return digests.flat()
  }

  /** Ends the workers; what is under way fails. */
  close(): void {
    this.#isClosed = true
    for (const member of this.#members.splice(0)) member.end('the pool was closed')
  }

  /** The one with the least to do; a new one when all have something to do. */
  #member(): Member {
    if (this.#isClosed) throw new Error('the pool was closed')
    const least = this.#members.toSorted((a, b) => a.jobs - b.jobs)[0]
    if (least && (least.jobs === 0 || this.#members.length >= this.#how.size)) return least
    const member = new Member(this.#how.spawn(), () => {
      this.#members = this.#members.filter(other => other !== member)
    })
    this.#members.push(member)
    return member
  }
}

/** What goes to a worker at once of many pieces: all of it is in its memory. */
const BATCH = 4 << 20

/** In their order, each of at most BATCH bytes, or of one piece. */
function batchesOf(pieces: readonly Uint8Array[]): Uint8Array[][] {
  const batches: Uint8Array[][] = []
  let size = Number.POSITIVE_INFINITY
  for (const piece of pieces) {
    size += piece.length
    if (size > BATCH) {
      batches.push([])
      size = piece.length
    }
    batches.at(-1)?.push(piece)
  }
  return batches
}

/** Pieces of at most CHUNK bytes. */
async function* chunksOf(source: Source): AsyncGenerator<Uint8Array> {
  if (source instanceof Uint8Array) yield* pieces(source)
  else for await (const bytes of source) yield* pieces(bytes)
}

function* pieces(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += CHUNK) yield bytes.subarray(at, at + CHUNK)
}

/** A worker and the streams that it works on. */
class Member {
  readonly #worker: HashWorker
  readonly #jobs = new Map<number, Job>()
  #lastId = 0

  constructor(worker: HashWorker, lost: () => void) {
    this.#worker = worker
    // Only a body of ours is at the other end.
    worker.onmessage = ({ data }) => this.#hear(data as Reply)
    worker.onended = reason => {
      lost()
      this.#failAll(`a hashing worker ended: ${reason}`)
    }
  }

  get jobs(): number {
    return this.#jobs.size
  }

  begin(): Job {
    const id = ++this.#lastId
    const job = new Job(this.#worker, id)
    if (this.#jobs.size === 0) this.#worker.setBusy?.(true)
    this.#jobs.set(id, job)
    job.forget = () => {
      if (this.#jobs.delete(id) && this.#jobs.size === 0) this.#worker.setBusy?.(false)
    }
    return job
  }

  end(reason: string): void {
    this.#worker.onended = null
    this.#worker.terminate()
    this.#failAll(reason)
  }

  #failAll(reason: string): void {
    for (const job of [...this.#jobs.values()]) job.fail(reason)
  }

  #hear(reply: Reply): void {
    const job = this.#jobs.get(reply.id)
    if (!job) return
    if (reply.kind === 'taken') job.taken(reply.buffer)
    else if (reply.kind === 'digest') job.finish([reply.digest])
    else if (reply.kind === 'digests') job.finish(reply.digests)
    else job.fail(reply.message)
  }
}

class Job {
  forget: () => void = () => undefined
  readonly #port: Port
  readonly #id: number
  #underWay = 0
  readonly #spare: ArrayBuffer[] = []
  #digests: readonly string[] | undefined
  #failure: Error | undefined
  #wake: () => void = () => undefined

  constructor(port: Port, id: number) {
    this.#port = port
    this.#id = id
  }

  /** Waits while too much is under way. A copy is sent, in memory that came back. */
  async send(chunk: Uint8Array): Promise<void> {
    while (this.#underWay >= WINDOW && !this.#failure) await this.#change()
    if (this.#failure) throw this.#failure
    this.#underWay++
    const bytes = this.#copy(chunk)
    this.#port.postMessage({ kind: 'chunk', id: this.#id, bytes }, [bytes.buffer])
  }

  async end(): Promise<string> {
    if (!this.#failure) this.#port.postMessage({ kind: 'end', id: this.#id })
    const [digest] = await this.#answer()
    if (digest === undefined) throw new Error('no digest came')
    return digest
  }

  /** Of each its digest. A copy is sent. */
  async sendAll(files: readonly Uint8Array[]): Promise<readonly string[]> {
    const bytes = new Uint8Array(concat(files))
    const lengths = files.map(file => file.length)
    this.#port.postMessage({ kind: 'many', id: this.#id, bytes, lengths }, [bytes.buffer])
    return this.#answer()
  }

  async #answer(): Promise<readonly string[]> {
    while (this.#digests === undefined && !this.#failure) await this.#change()
    if (this.#failure || this.#digests === undefined) throw this.#failure ?? new Error('no digest came')
    return this.#digests
  }

  cancel(): void {
    this.forget()
    if (!this.#failure) this.#port.postMessage({ kind: 'cancel', id: this.#id })
  }

  taken(buffer: ArrayBuffer | undefined): void {
    this.#underWay--
    if (buffer) this.#spare.push(buffer)
    this.#wake()
  }

  finish(digests: readonly string[]): void {
    this.#digests = digests
    this.forget()
    this.#wake()
  }

  fail(reason: string): void {
    this.#failure = new Error(reason)
    this.forget()
    this.#wake()
  }

  #copy(chunk: Uint8Array): Uint8Array<ArrayBuffer> {
    const spare = this.#spare.pop()
    const isEnough = spare !== undefined && spare.byteLength >= chunk.length
    const bytes = new Uint8Array(isEnough ? spare : new ArrayBuffer(chunk.length), 0, chunk.length)
    bytes.set(chunk)
    return bytes
  }

  #change(): Promise<void> {
    return new Promise(resolve => {
      this.#wake = resolve
    })
  }
}
