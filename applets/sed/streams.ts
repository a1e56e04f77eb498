// What sed reads, with a look ahead for `$`, and what it writes.

import { SysError } from '../../kernel/errno.ts'
import type { Maybe, Process } from '../../kernel/process.ts'
import { EMPTY, encode } from '../../lib/bytes.ts'
import type { NamedInput } from '../applet.ts'
import { type RecordEnd, RecordReader } from '../awk/reader.ts'
import { openInput } from '../operands.ts'

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
  readonly #warn: (message: string) => void
  #index = 0
  #input: NamedInput | undefined
  #reader: RecordReader | undefined
  readonly #lineEnd: RecordEnd
  #isFirst = true
  #ahead: Line | undefined
  #isOver = false

  constructor(proc: Process, names: readonly string[], end: string, warn: (message: string) => void) {
    this.#proc = proc
    this.#names = names
    this.#lineEnd = { kind: 'character', character: end }
    this.#warn = warn
  }

  /** undefined at the end. */
  next(): Maybe<Line | undefined> {
    const ahead = this.#ahead
    if (ahead) {
      this.#ahead = undefined
      return ahead
    }
    if (this.#isOver) return undefined
    const has = this.#reader?.next(this.#lineEnd) ?? false
    if (has instanceof Promise) return has.then(has => (has ? this.#line() : this.#nextFile()))
    return has ? this.#line() : this.#nextFile()
  }

  /** The line after this one, not taken yet; undefined: this was the last. */
  peek(): Maybe<Line | undefined> {
    if (this.#ahead || this.#isOver) return this.#ahead
    const next = this.next()
    if (!(next instanceof Promise)) return (this.#ahead = next)
    return next.then(line => (this.#ahead = line))
  }

  /** Lines that are there already, up to one that has one of the texts. */
  skip(needles: readonly string[]): string {
    if (this.#ahead || this.#isFirst || this.#isOver || this.#lineEnd.kind !== 'character') return ''
    return this.#reader?.skip(needles, this.#lineEnd.character) ?? ''
  }

  async #nextFile(): Promise<Line | undefined> {
    while (await this.#open()) {
      if (await this.#reader?.next(this.#lineEnd)) return this.#line()
    }
    this.#isOver = true
    return undefined
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
      const { fd } = this.#input
      this.#reader = new RecordReader(
        () => this.#read(fd),
        bytes => this.#proc.charge(bytes),
      )
      this.#isFirst = true
      return true
    }
    return false
  }

  /** A directory is an empty file. */
  #read(fd: number): Maybe<Uint8Array> {
    try {
      return this.#proc.read(fd)
    } catch (error) {
      if (!(error instanceof SysError) || error.errno !== 'EISDIR') throw error
      return EMPTY
    }
  }

  #line(): Line {
    const { text, start, end, terminator } = this.#reader!
    const isFirst = this.#isFirst
    this.#isFirst = false
    return { text: text.slice(start, end), hasEnd: terminator !== '', file: this.#input!.name, isFirst }
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
