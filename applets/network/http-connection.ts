// One request and its answer over a connection (RFC 9112), as busybox's wget speaks it.

import { SysError } from '../../kernel/errno.ts'
import type { Process } from '../../kernel/process.ts'
import { decode, encode } from '../../lib/bytes.ts'
import { Failure } from '../applet.ts'

export interface Answer {
  readonly status: number
  /** The first line, without its end. */
  readonly line: string
  /** By name in lower case. */
  readonly headers: ReadonlyMap<string, string>
  /** All lines of the head, as they came. */
  readonly head: readonly string[]
}

export class HttpConnection {
  readonly #proc: Process
  readonly #fd: number
  readonly #timeout: number | undefined

  /** `timeout`: the most milliseconds between two pieces of the answer. */
  constructor(proc: Process, fd: number, timeout: number | undefined) {
    this.#proc = proc
    this.#fd = fd
    this.#timeout = timeout
  }

  async send(head: string, body: Uint8Array | undefined): Promise<void> {
    await this.#proc.write(this.#fd, encode(head))
    if (body && body.length > 0) await this.#proc.write(this.#fd, body)
  }

  /** Throws Failure `error getting response`. `onLine` hears each line of the head as it comes. */
  async answer(onLine: (line: string) => void): Promise<Answer> {
    const first = await this.#line()
    const status = Number(/^HTTP\/\S*\s+(\d+)/.exec(first ?? '')?.[1])
    if (first === undefined || Number.isNaN(status)) throw new Failure('error getting response')
    onLine(first)
    const headers = new Map<string, string>()
    const head: string[] = []
    // Of a refusal busybox reads the first line only.
    for (let line = isRefusal(status) ? '' : await this.#line(); line; line = await this.#line()) {
      onLine(line)
      head.push(line)
      const colon = line.indexOf(':')
      if (colon > 0) headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim())
    }
    if (status < 300) onLine('')
    // What goes before the answer itself (RFC 9110 15.2).
    return status === 100 ? this.answer(onLine) : { status, line: first, headers, head }
  }

  /** The body, piece by piece. Throws Failure `connection closed prematurely`. */
  async *body(headers: ReadonlyMap<string, string>, length: number | undefined): AsyncGenerator<Uint8Array> {
    if (headers.get('transfer-encoding')?.toLowerCase() === 'chunked') yield* this.#chunks()
    else if (length === undefined) yield* this.#rest()
    else yield* this.#exactly(length)
  }

  async *#chunks(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const line = await this.#line()
      const size = Number.parseInt(line ?? '', 16)
      if (Number.isNaN(size)) throw new Failure(`invalid chunk length '${line ?? ''}'`)
      if (size === 0) return
      yield* this.#exactly(size)
      await this.#line()
    }
  }

  async *#exactly(length: number): AsyncGenerator<Uint8Array> {
    for (let left = length; left > 0; ) {
      const bytes = await this.#read(Math.min(left, 65536))
      if (bytes.length === 0) throw new Failure('connection closed prematurely')
      left -= bytes.length
      yield bytes
    }
  }

  async *#rest(): AsyncGenerator<Uint8Array> {
    for (let bytes = await this.#read(65536); bytes.length > 0; bytes = await this.#read(65536)) yield bytes
  }

  async #read(max: number): Promise<Uint8Array> {
    await this.#wait()
    return this.#proc.read(this.#fd, max)
  }

  /** Without its end; undefined: the connection ended. */
  async #line(): Promise<string | undefined> {
    let text = ''
    try {
      for (;;) {
        await this.#wait()
        const piece = decode(await this.#proc.readThrough(this.#fd, 10))
        text += piece
        if (piece === '') return text === '' ? undefined : text
        if (piece.endsWith('\n')) return text.replace(/\r?\n$/, '')
      }
    } catch (error) {
      if (!(error instanceof SysError)) throw error
      throw new Failure(`error getting response: ${error.message}`)
    }
  }

  async #wait(): Promise<void> {
    if (this.#timeout === undefined) return
    if ((await this.#proc.select([this.#fd], this.#timeout)).length === 0) throw new Failure('download timed out')
  }
}

function isRefusal(status: number): boolean {
  return status >= 400
}
