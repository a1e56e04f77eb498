import { SysError } from '../kernel/errno.ts'
import { ByteBuilder } from '../lib/byte-builder.ts'
import { EMPTY, encode } from '../lib/bytes.ts'
import { flag, number, UsageError } from '../lib/options.ts'
import { applet, Failure } from './applet.ts'
import { openInput } from './operands.ts'

/** uniq, POSIX XCU; -i, -w and -z as in busybox. */
export default applet({
  name: 'uniq',
  about: 'Print lines that equal the line before only once',
  operands: '[FILE [OUTPUT]]',
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
    if (operands.length > 2) throw new UsageError('')
    if (to !== '-') {
      try {
        const fd = await proc.open(to, { write: true, create: true, truncate: true })
        proc.dup(fd, { onto: 1 })
        proc.close(fd)
      } catch (error) {
        if (!(error instanceof SysError)) throw error
        throw new Failure(`can't open '${to}': ${error.message}`)
      }
    }
    const end = options.zero ? 0 : 10
    const groups = new Groups(options, end)
    try {
      for await (const batch of input.views(end)) {
        groups.take(batch)
        const written = proc.stdout.lend(groups.out.view())
        if (written) await written
        groups.out.clear()
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
  /** The line that the group began with, of a batch that is there no more when the next one comes. */
  #bytes: Uint8Array = EMPTY
  #start = 0
  #stop = 0
  /** What is compared of it. */
  #from = 0
  #to = 0
  /** 0: there is none. */
  #times = 0

  constructor(how: How, end: number) {
    this.#how = how
    this.#end = end
  }

  take(batch: Uint8Array): void {
    const { width = Number.POSITIVE_INFINITY } = this.#how
    for (let at = 0; at < batch.length; ) {
      const stop = this.#endOf(batch, at)
      const from = this.#skip(batch, at, stop)
      const to = Math.min(stop, from + width)
      if (this.#times > 0 && this.#isSame(batch, from, to)) this.#times++
      else {
        this.finish()
        this.#bytes = batch
        this.#start = at
        this.#stop = stop
        this.#from = from
        this.#to = to
        this.#times = 1
      }
      at = stop + 1
    }
    if (this.#times > 0) this.#keep()
  }

  /** busybox: with -z lines end at newlines too. */
  #endOf(batch: Uint8Array, from: number): number {
    const mark = batch.indexOf(this.#end, from)
    const stop = mark === -1 ? batch.length : mark
    if (this.#end === 10) return stop
    const newline = batch.subarray(from, stop).indexOf(10)
    return newline === -1 ? stop : from + newline
  }

  /** Prints the group that is over. */
  finish(): void {
    if (this.#times === 0) return
    const { count, duplicates, unique } = this.#how
    if (!(duplicates && this.#times === 1) && !(unique && this.#times > 1)) {
      if (count) this.out.append(encode(`${String(this.#times).padStart(7)} `))
      this.out.append(this.#bytes, this.#start, this.#stop)
      this.out.push(this.#end)
    }
    this.#times = 0
  }

  #keep(): void {
    this.#bytes = this.#bytes.slice(this.#start, this.#stop)
    this.#from -= this.#start
    this.#to -= this.#start
    this.#stop -= this.#start
    this.#start = 0
  }

  /** Behind the fields and bytes that are not compared. */
  #skip(bytes: Uint8Array, start: number, stop: number): number {
    let at = start
    for (let field = this.#how.fields; field > 0; field--) {
      while (at < stop && isBlank(bytes[at]!)) at++
      while (at < stop && !isBlank(bytes[at]!)) at++
    }
    return Math.min(stop, at + this.#how.skip)
  }

  #isSame(bytes: Uint8Array, from: number, to: number): boolean {
    const length = to - from
    if (this.#to - this.#from !== length) return false
    const before = this.#bytes
    const start = this.#from
    const { ignoreCase } = this.#how
    // Sorted lines differ at their ends first.
    for (let i = length - 1; i >= 0; i--) {
      const a = bytes[from + i]!
      const b = before[start + i]!
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
