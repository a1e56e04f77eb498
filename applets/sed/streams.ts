// What sed reads, with a look ahead for `$`, and what it writes.

import { SysError } from '../../kernel/errno.ts'
import type { Process } from '../../kernel/process.ts'
import { decode, encode } from '../../lib/bytes.ts'
import type { NamedInput } from '../applet.ts'
import { LineReader } from '../line-reader.ts'
import { openInput, untilRefused } from '../operands.ts'

export interface Line {
  readonly text: string
  /** false: the file ends without a newline, and so will the output. */
  readonly hasEnd: boolean
  readonly file: string
  /** The first line of its file. */
  readonly isFirst: boolean
}

/** The lines of all files, one after another. */
export class Lines {
  readonly #proc: Process
  readonly #names: readonly string[]
  readonly #end: number
  readonly #warn: (message: string) => void
  #index = 0
  #input: NamedInput | undefined
  #reader: LineReader | undefined
  #isFirst = true
  #ahead: Line | undefined
  #isOver = false

  constructor(proc: Process, names: readonly string[], end: number, warn: (message: string) => void) {
    this.#proc = proc
    this.#names = names
    this.#end = end
    this.#warn = warn
  }

  /** undefined at the end. */
  next(): Line | undefined | Promise<Line | undefined> {
    const ahead = this.#ahead
    if (ahead) {
      this.#ahead = undefined
      return ahead
    }
    if (this.#isOver) return undefined
    const line = this.#reader?.next()
    if (line instanceof Uint8Array) return this.#lineOf(line)
    return this.#nextLater(line)
  }

  /** The line after this one, not taken yet; undefined: this was the last. */
  peek(): Line | undefined | Promise<Line | undefined> {
    if (this.#ahead || this.#isOver) return this.#ahead
    const next = this.next()
    if (!(next instanceof Promise)) return (this.#ahead = next)
    return next.then(line => (this.#ahead = line))
  }

  async #nextLater(pending: Promise<Uint8Array | undefined> | undefined): Promise<Line | undefined> {
    let line = await pending
    while (!line) {
      if (!(await this.#open())) {
        this.#isOver = true
        return undefined
      }
      line = await this.#reader!.next()
    }
    return this.#lineOf(line)
  }

  async #open(): Promise<boolean> {
    if (this.#input && this.#input.fd !== 0) this.#proc.close(this.#input.fd)
    this.#input = undefined
    while (this.#index < this.#names.length) {
      const name = this.#names[this.#index++]!
      try {
        this.#input = await openInput(this.#proc, name)
      } catch (error) {
        if (!(error instanceof SysError)) throw error
        this.#warn(`${name}: ${error.message}`)
        continue
      }
      this.#reader = new LineReader(untilRefused(this.#input.batches(this.#end)), this.#end)
      this.#isFirst = true
      return true
    }
    return false
  }

  #lineOf(bytes: Uint8Array): Line {
    const hasEnd = bytes[bytes.length - 1] === this.#end
    const text = decode(hasEnd ? bytes.subarray(0, bytes.length - 1) : bytes)
    const isFirst = this.#isFirst
    this.#isFirst = false
    return { text, hasEnd, file: this.#input!.name, isFirst }
  }
}

/** An output that remembers that its last line had no newline, and gives it one when more comes. */
export class LineOutput {
  readonly #send: (text: string) => void | Promise<void>
  readonly #end: string
  #lacksEnd = false

  constructor(send: (text: string) => void | Promise<void>, end: string) {
    this.#send = send
    this.#end = end
  }

  line(text: string, hasEnd = true): void | Promise<void> {
    return this.write(hasEnd ? text + this.#end : text, !hasEnd)
  }

  /** Text that has its own newlines. */
  write(text: string, lacksEnd = false): void | Promise<void> {
    const before = this.#lacksEnd ? this.#end : ''
    this.#lacksEnd = lacksEnd
    return this.#send(before + text)
  }

  static onFd(proc: Process, fd: number, end: string): LineOutput {
    return new LineOutput(text => proc.write(fd, encode(text)), end)
  }
}
