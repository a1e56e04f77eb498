// What a program reads: chunks, or lines without their newline.

import { concat, decode, EMPTY } from '../lib/bytes.ts'

export interface Source {
  /** The next bytes; empty at the end. */
  read(max?: number): Uint8Array | Promise<Uint8Array>
  /** Is told of bytes that are held while more are read: see Process.charge. */
  charge?(bytes: number): void
  /** The next bytes, into memory of the caller's own: how many; 0 at the end. */
  readInto?(into: Uint8Array): number | Promise<number>
}

const NEWLINE = 10

export class Input implements Source {
  readonly #source: Source

  constructor(source: Source) {
    this.#source = source
  }

  read(max?: number): Uint8Array | Promise<Uint8Array> {
    return this.#source.read(max)
  }

  /** The next bytes, into memory of the caller's own, which may be used again and again: how many; 0 at the end. */
  readInto(into: Uint8Array): number | Promise<number> {
    if (this.#source.readInto) return this.#source.readInto(into)
    const read = this.#source.read(into.length)
    return read instanceof Promise ? read.then(chunk => copied(chunk, into)) : copied(read, into)
  }

  /** Everything to the end. Only for those who need it whole: it is held in memory, and bounded by what there is of that. */
  async all(): Promise<Uint8Array> {
    const held = new Held(this.#source)
    try {
      for await (const chunk of this.chunks()) held.add(chunk)
      return held.take()
    } finally {
      held.drop()
    }
  }

  async *chunks(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const chunk = await this.read()
      if (chunk.length === 0) return
      yield chunk
    }
  }

  /** As `chunks`, but each is a view that is good until the next one is asked for: much input costs little memory. */
  async *pieces(): AsyncGenerator<Uint8Array> {
    const block = takeBlock()
    try {
      for (;;) {
        const read = this.readInto(block)
        const count = read instanceof Promise ? await read : read
        if (count === 0) return
        yield block.subarray(0, count)
      }
    } finally {
      giveBlock(block)
    }
  }

  /** Batches of whole lines as bytes, each ending in the delimiter but perhaps the last. For those who loop fast. */
  async *batches(delimiter = NEWLINE): AsyncGenerator<Uint8Array> {
    const rest = new Held(this.#source)
    try {
      for await (const chunk of this.chunks()) {
        const end = chunk.lastIndexOf(delimiter) + 1
        if (end === 0) {
          rest.add(chunk)
          continue
        }
        const whole = chunk.subarray(0, end)
        yield rest.take(whole)
        if (end < chunk.length) rest.add(chunk.subarray(end))
      }
      if (rest.size > 0) yield rest.take()
    } finally {
      rest.drop()
    }
  }

  /** As `batches`, but each is a view that is good until the next one is asked for: much input costs little memory. */
  async *views(delimiter = NEWLINE): AsyncGenerator<Uint8Array> {
    const block = new Block(this.#source)
    try {
      for (;;) {
        const read = this.readInto(block.room())
        const count = read instanceof Promise ? await read : read
        if (count === 0) break
        const view = block.added(count, delimiter)
        if (view) yield view
      }
      if (block.rest.length > 0) yield block.rest
    } finally {
      block.drop()
    }
  }

  /** Lines as text, without their newline. */
  async *lines(delimiter = NEWLINE): AsyncGenerator<string> {
    for await (const batch of this.batches(delimiter)) {
      const text = decode(batch)
      const mark = String.fromCharCode(delimiter)
      let start = 0
      for (let end = text.indexOf(mark); end !== -1; end = text.indexOf(mark, start)) {
        yield text.slice(start, end)
        start = end + 1
      }
      if (start < text.length) yield text.slice(start)
    }
  }
}

function copied(chunk: Uint8Array, into: Uint8Array): number {
  into.set(chunk)
  return chunk.length
}

const BLOCK = 1 << 17
/** So much is read at a time where lines are cut. */
const ROOM = 1 << 16
/** So many blocks are kept for the next who reads: making one takes longer than reading a small file. */
const MOST_SPARE = 8

const spare: Uint8Array[] = []

function takeBlock(): Uint8Array {
  return spare.pop() ?? new Uint8Array(BLOCK)
}

function giveBlock(block: Uint8Array): void {
  if (block.length === BLOCK && spare.length < MOST_SPARE) spare.push(block)
}

/** Memory that is read into again and again. What belongs to no whole line yet stays at its beginning. */
class Block {
  readonly #source: Source
  #bytes = takeBlock()
  #from = 0
  #to = 0

  constructor(source: Source) {
    this.#source = source
  }

  get rest(): Uint8Array {
    return this.#bytes.subarray(this.#from, this.#to)
  }

  /** Where the next bytes go. */
  room(): Uint8Array {
    if (this.#bytes.length - this.#to >= ROOM) return this.#bytes.subarray(this.#to, this.#to + ROOM)
    const rest = this.rest
    if (rest.length + ROOM > this.#bytes.length) {
      this.#source.charge?.(this.#bytes.length)
      this.#bytes = new Uint8Array(2 * this.#bytes.length)
    }
    this.#bytes.set(rest)
    this.#from = 0
    this.#to = rest.length
    return this.#bytes.subarray(this.#to, this.#to + ROOM)
  }

  /** The whole lines that are there now. */
  added(count: number, delimiter: number): Uint8Array | undefined {
    const end = this.#bytes.subarray(this.#to, this.#to + count).lastIndexOf(delimiter) + 1
    const from = this.#from
    const before = this.#to
    this.#to += count
    if (end === 0) return undefined
    this.#from = before + end
    return this.#bytes.subarray(from, this.#from)
  }

  drop(): void {
    if (this.#bytes.length > BLOCK) this.#source.charge?.(BLOCK - this.#bytes.length)
    giveBlock(this.#bytes)
    this.#bytes = EMPTY
  }
}

/** Chunks that wait for those that belong to them. */
class Held {
  readonly #source: Source
  #chunks: Uint8Array[] = []
  #charged = 0
  size = 0

  constructor(source: Source) {
    this.#source = source
  }

  /** A rest of an ordinary chunk is not worth telling of. */
  add(chunk: Uint8Array): void {
    if (this.#chunks.length > 0) {
      this.#source.charge?.(chunk.length)
      this.#charged += chunk.length
    }
    this.#chunks.push(chunk)
    this.size += chunk.length
  }

  /** All of it, and the last piece. */
  take(last?: Uint8Array): Uint8Array {
    const chunks = last ? [...this.#chunks, last] : this.#chunks
    this.drop()
    return chunks.length === 1 && chunks[0] ? chunks[0] : concat(chunks)
  }

  drop(): void {
    if (this.#charged > 0) this.#source.charge?.(-this.#charged)
    this.#chunks = []
    this.#charged = 0
    this.size = 0
  }
}
