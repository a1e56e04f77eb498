// What a program reads: chunks, or lines without their newline.

import { concat, decode } from '../lib/bytes.ts'

export interface Source {
  /** The next bytes; empty at the end. */
  read(max?: number): Uint8Array | Promise<Uint8Array>
  /** Is told of bytes that are held while more are read: see Process.charge. */
  charge?(bytes: number): void
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
