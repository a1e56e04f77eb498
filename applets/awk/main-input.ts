// The records of the operands, one file after another, with the assignments that stand among them.

import { SysError } from '../../kernel/errno.ts'
import type { Maybe, Process } from '../../kernel/process.ts'
import { Failure } from '../applet.ts'
import type { AwkArray } from './array.ts'
import { unescape } from './lexer.ts'
import { type RecordEnd, RecordReader } from './reader.ts'
import { type Cell, toNumber, type Value } from './value.ts'

/** What of the running program the input looks at and changes. */
export interface InputOwner {
  readonly proc: Process
  readonly operands: AwkArray
  readonly recordEnd: RecordEnd
  readonly stdin: RecordReader
  cell(name: string): Cell
  toText(value: Value): string
  assign(name: string, text: string): void
}

const NOTHING = new RecordReader(() => new Uint8Array(0))

export class MainInput {
  reader = NOTHING
  readonly #owner: InputOwner
  /** The operand that comes next. */
  #next = 1
  #hasFile = false
  #fd: number | undefined
  #isOver = false

  constructor(owner: InputOwner) {
    this.#owner = owner
  }

  /** Whether there is another record, which `reader` then holds. */
  next(): Maybe<boolean> {
    if (this.#fd === undefined) return this.#nextFile()
    const has = this.#read()
    if (has instanceof Promise) return has.then(has => has || this.#nextFile())
    return has || this.#nextFile()
  }

  /** nextfile. */
  skip(): void {
    this.#close()
  }

  #read(): Maybe<boolean> {
    const refused = (error: unknown): false => {
      if (!(error instanceof SysError)) throw error
      // busybox: a directory ends the program.
      if (error.errno === 'EISDIR') throw new Failure(`cmd. line:1: ${error.message}`)
      throw error
    }
    try {
      const has = this.reader.next(this.#owner.recordEnd)
      return has instanceof Promise ? has.catch(refused) : has
    } catch (error) {
      return refused(error)
    }
  }

  async #nextFile(): Promise<boolean> {
    this.#close()
    while (!this.#isOver) {
      const name = this.#nextName()
      if (name === undefined) {
        this.#isOver = true
        return false
      }
      await this.#open(name)
      const has = this.#read()
      if (has instanceof Promise ? await has : has) return true
      this.#close()
    }
    return false
  }

  /** The next operand that names a file; assignments before it are done. ARGC and ARGV may have changed (POSIX). */
  #nextName(): string | undefined {
    const owner = this.#owner
    while (this.#next < toNumber(owner.cell('ARGC').value)) {
      const key = String(this.#next++)
      if (!owner.operands.has(key)) continue
      const name = owner.toText(owner.operands.cell(key).value)
      if (name === '') continue
      const assignment = /^([A-Za-z_][A-Za-z0-9_]*)=([\s\S]*)$/.exec(name)
      if (!assignment) {
        owner.cell('ARGIND').value = this.#next - 1
        this.#hasFile = true
        return name
      }
      owner.assign(assignment[1]!, unescape(assignment[2]!))
    }
    if (this.#hasFile) return undefined
    this.#hasFile = true
    return '-'
  }

  /** busybox: a file that cannot be opened ends the program. */
  async #open(name: string): Promise<void> {
    const { proc } = this.#owner
    try {
      const fd = name === '-' ? 0 : await proc.open(name)
      this.#fd = fd
      this.reader =
        fd === 0
          ? this.#owner.stdin
          : new RecordReader(
              () => proc.read(fd),
              bytes => proc.charge(bytes),
            )
    } catch (error) {
      if (!(error instanceof SysError)) throw error
      throw new Failure(`${name}: ${error.message}`)
    }
    this.#owner.cell('FILENAME').value = name
    this.#owner.cell('FNR').value = 0
  }

  #close(): void {
    this.reader.release()
    if (this.#fd !== undefined && this.#fd !== 0) this.#owner.proc.close(this.#fd)
    this.#fd = undefined
  }
}
