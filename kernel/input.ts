// What a program reads: chunks, or lines without their newline.

import { concat, decode } from '../lib/bytes.ts'

export interface Source {
  /** The next bytes; empty at the end. */
  read(max?: number): Uint8Array | Promise<Uint8Array>
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

  /** Everything to the end. Only for those who need it whole: it is held in memory. */
  async all(): Promise<Uint8Array> {
    const chunks: Uint8Array[] = []
    for (;;) {
      const chunk = await this.read()
      if (chunk.length === 0) return concat(chunks)
      chunks.push(chunk)
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
    let rest: Uint8Array[] = []
    for await (const chunk of this.chunks()) {
      const end = chunk.lastIndexOf(delimiter) + 1
      if (end === 0) {
        rest.push(chunk)
        continue
      }
      const whole = chunk.subarray(0, end)
      yield rest.length === 0 ? whole : concat([...rest, whole])
      rest = end < chunk.length ? [chunk.subarray(end)] : []
    }
    if (rest.length > 0) yield concat(rest)
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
