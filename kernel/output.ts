// What a program prints: gathered, and sent on when it is much, when the process sleeps, spawns or ends, or by flush.

import { encode } from '../lib/bytes.ts'
import { chunkPool } from './chunk-pool.ts'

/** How much is gathered before it is sent. */
const BATCH = 32768

export interface Sink {
  /** Sends all of the bytes; a promise only where that must wait. */
  send(bytes: Uint8Array): void | Promise<void>
  /** What was sent is not kept: its memory may be used again. */
  copies?(): boolean
}

export class Output {
  readonly #sink: Sink
  #buffer: Uint8Array | undefined
  #used = 0
  #text = ''

  constructor(sink: Sink) {
    this.#sink = sink
  }

  /** Bytes or text. A promise only when the reader is slow: await it, or memory grows. Bytes are given away. */
  write(what: Uint8Array | string): void | Promise<void> {
    if (typeof what === 'string') {
      this.#text += what
      if (this.#text.length + this.#used >= BATCH) return this.flush()
      return
    }
    this.#settleText()
    if (this.#used + what.length < BATCH) {
      this.#append(what)
      return
    }
    const sent = this.#sendGathered()
    return sent ? sent.then(() => this.#sink.send(what)) : this.#sink.send(what)
  }

  /** As write, but the bytes stay the caller's, who may change them when it is done. */
  lend(bytes: Uint8Array): void | Promise<void> {
    if (bytes.length >= BATCH) return this.write(this.#sink.copies?.() ? bytes : chunkPool.copyOf(bytes))
    this.#settleText()
    const sent = this.#used + bytes.length >= BATCH ? this.#sendGathered() : undefined
    this.#append(bytes)
    return sent
  }

  /** A line: the text and a newline. */
  line(text: string): void | Promise<void> {
    this.#text += text
    this.#text += '\n'
    if (this.#text.length + this.#used >= BATCH) return this.flush()
  }

  flush(): void | Promise<void> {
    if (this.#used === 0) {
      if (this.#text === '') return
      const text = this.#text
      this.#text = ''
      return this.#sink.send(encode(text))
    }
    this.#settleText()
    return this.#sendGathered()
  }

  /** Takes back what has been written and not sent, if that is text of ASCII only: it needs no bytes then. */
  takeText(): string | undefined {
    if (this.#used > 0 || !/^[\0-\x7f]*$/.test(this.#text)) return undefined
    const text = this.#text
    this.#text = ''
    return text
  }

  get isEmpty(): boolean {
    return this.#used === 0 && this.#text === ''
  }

  #settleText(): void {
    if (this.#text === '') return
    const text = this.#text
    this.#text = ''
    this.#append(encode(text))
  }

  #append(bytes: Uint8Array): void {
    if (!this.#buffer || this.#used + bytes.length > this.#buffer.length) this.#grow(this.#used + bytes.length)
    this.#buffer!.set(bytes, this.#used)
    this.#used += bytes.length
  }

  #grow(least: number): void {
    const larger = new Uint8Array(Math.max(1024, 2 * least))
    if (this.#buffer) larger.set(this.#buffer.subarray(0, this.#used))
    this.#buffer = larger
  }

  /** The buffer goes with what was gathered, for a chunk that is sent is given away, unless it is not kept. */
  #sendGathered(): void | Promise<void> {
    if (this.#used === 0) return
    const buffer = this.#buffer!
    const bytes = buffer.subarray(0, this.#used)
    this.#buffer = undefined
    this.#used = 0
    const isKept = !this.#sink.copies?.()
    const sent = this.#sink.send(bytes)
    if (!sent && !isKept) this.#buffer ??= buffer
    return sent
  }
}
