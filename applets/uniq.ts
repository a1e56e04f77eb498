import { SysError } from '../kernel/errno.ts'
import { ByteBuilder } from '../lib/byte-builder.ts'
import { encode } from '../lib/bytes.ts'
import { flag, number } from '../lib/options.ts'
import { applet, Failure } from './applet.ts'
import { openInput } from './operands.ts'

/** uniq, POSIX XCU; -i, -w and -z as in busybox. */
export default applet({
  name: 'uniq',
  about: 'Print lines that equal the line before only once',
  operands: '[FILE [OUTPUT]]',
  most: 2,
  options: {
    count: flag('-c', 'How often each line came, before it'),
    duplicates: flag('-d', 'Only lines that came more than once'),
    unique: flag('-u', 'Only lines that came once'),
    ignoreCase: flag('-i', 'Letters of either case are equal'),
    zero: flag('-z', 'Lines end in NUL'),
    fields: number('-f', 'N', 'Do not compare the first N fields', 0),
    skip: number('-s', 'N', 'Do not compare the first N bytes after those', 0),
    width: number('-w', 'N', 'Compare at most N bytes'),
  },
  async main({ proc, options, operands }) {
    const [from = '-', to = '-'] = operands
    let input: Awaited<ReturnType<typeof openInput>>
    try {
      input = await openInput(proc, from)
    } catch (error) {
      if (!(error instanceof SysError)) throw error
      throw new Failure(`can't open '${from}': ${error.message}`)
    }
    if (to !== '-') {
      const fd = await proc.open(to, { write: true, create: true, truncate: true })
      proc.dup(fd, { onto: 1 })
      proc.close(fd)
    }
    const end = options.zero ? 0 : 10
    const groups = new Groups(options, end)
    try {
      for await (const batch of input.batches(end)) {
        groups.take(batch)
        const written = proc.stdout.write(groups.out.take())
        if (written) await written
        const pause = proc.gate()
        if (pause) await pause
      }
    } catch (error) {
      if (!(error instanceof SysError) || error.errno !== 'EISDIR') throw error
      throw new Failure(`${from}: I/O error`)
    }
    groups.finish()
    await proc.stdout.write(groups.out.take())
  },
})

interface How {
  readonly count: boolean
  readonly duplicates: boolean
  readonly unique: boolean
  readonly ignoreCase: boolean
  readonly fields: number
  readonly skip: number
  readonly width: number | undefined
}

class Groups {
  readonly out = new ByteBuilder()
  readonly #how: How
  readonly #end: number
  #line: Uint8Array | undefined
  #from = 0
  #times = 0

  constructor(how: How, end: number) {
    this.#how = how
    this.#end = end
  }

  take(batch: Uint8Array): void {
    for (let at = 0; at < batch.length; ) {
      const mark = batch.indexOf(this.#end, at)
      const end = mark === -1 ? batch.length : mark
      const line = batch.subarray(at, end)
      at = end + 1
      const from = this.#start(line)
      if (this.#line && this.#isSame(line, from)) {
        this.#times++
        continue
      }
      this.finish()
      this.#line = line
      this.#from = from
      this.#times = 1
    }
  }

  /** Prints the group that is over. */
  finish(): void {
    if (!this.#line) return
    const { count, duplicates, unique } = this.#how
    if (!(duplicates && this.#times === 1) && !(unique && this.#times > 1)) {
      if (count) this.out.append(encode(`${String(this.#times).padStart(7)} `))
      this.out.append(this.#line)
      this.out.push(this.#end)
    }
    this.#line = undefined
  }

  #start(line: Uint8Array): number {
    let at = 0
    for (let field = this.#how.fields; field > 0; field--) {
      while (at < line.length && isBlank(line[at]!)) at++
      while (at < line.length && !isBlank(line[at]!)) at++
    }
    return Math.min(line.length, at + this.#how.skip)
  }

  #isSame(line: Uint8Array, from: number): boolean {
    const { width = Number.POSITIVE_INFINITY, ignoreCase } = this.#how
    const before = this.#line!
    const length = Math.min(line.length - from, width)
    if (Math.min(before.length - this.#from, width) !== length) return false
    for (let i = 0; i < length; i++) {
      const a = line[from + i]!
      const b = before[this.#from + i]!
      if (a !== b && !(ignoreCase && lower(a) === lower(b))) return false
    }
    return true
  }
}

function isBlank(byte: number): boolean {
  return byte === 32 || (byte >= 9 && byte <= 13)
}

function lower(byte: number): number {
  return byte >= 65 && byte <= 90 ? byte + 32 : byte
}
