import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { EMPTY } from '../lib/bytes.ts'
import { flag, number, parseNumber } from '../lib/options.ts'
import { applet, Failure, type NamedInput } from './applet.ts'
import { openInput } from './operands.ts'

/** cmp, POSIX XCU; -n and skipping as in busybox. Status 1: they differ, 2: they could not be compared. */
export default applet({
  name: 'cmp',
  about: 'Compare two files, or a file and stdin, byte by byte',
  operands: 'FILE1 [FILE2 [SKIP1 [SKIP2]]]',
  least: 1,
  most: 4,
  options: {
    list: flag('-l', 'Print the place (decimal) and the bytes (octal) of every difference'),
    silent: flag('-s', 'Print nothing'),
    most: number('-n', 'N', 'Compare at most N bytes'),
  },
  async main({ proc, options, operands, warn }) {
    const [name1 = '-', name2 = '-', skip1 = '0', skip2 = '0'] = operands
    const size = { hasSuffix: true }
    try {
      const first = await openBytes(proc, name1, parseNumber(skip1, size))
      const second = await openBytes(proc, name2, parseNumber(skip2, size))
      return await compare(proc, first, second, options, warn)
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      if (options.silent && error.isMissing) return 2
      throw new Failure(error.message, 2)
    }
  },
})

interface How {
  readonly list: boolean
  readonly silent: boolean
  readonly most: number | undefined
}

async function compare(
  proc: Process,
  first: ByteReader,
  second: ByteReader,
  how: How,
  warn: (message: string) => void,
): Promise<number> {
  let differs = false
  let position = 0
  let line = 1
  let left = how.most ?? Number.POSITIVE_INFINITY
  while (left > 0) {
    const a = await first.peek()
    const b = await second.peek()
    const size = Math.min(a.length, b.length, left)
    if (size === 0) {
      if (a.length === b.length) break
      if (!how.silent) {
        await proc.stdout.flush()
        warn(`EOF on ${a.length === 0 ? first.name : second.name}`)
      }
      return 1
    }
    for (let i = 0; i < size; i++) {
      position++
      if (a[i] !== b[i]) {
        differs = true
        if (how.silent) return 1
        if (!how.list) {
          await proc.stdout.line(`${first.name} ${second.name} differ: char ${position}, line ${line}`)
          // busybox: with -n it goes on.
          if (how.most === undefined) return 1
        } else await proc.stdout.line(`${position} ${octal(a[i]!)} ${octal(b[i]!)}`)
      }
      // busybox counts a line where both end it.
      if (a[i] === 10 && b[i] === 10) line++
    }
    first.advance(size)
    second.advance(size)
    left -= size
    const pause = proc.gate()
    if (pause) await pause
  }
  return differs ? 1 : 0
}

function octal(byte: number): string {
  return byte.toString(8).padStart(3)
}

class Refused extends Error {
  readonly isMissing: boolean

  constructor(message: string, isMissing: boolean) {
    super(message)
    this.name = 'Refused'
    this.isMissing = isMissing
  }
}

async function openBytes(proc: Process, name: string, skip: number): Promise<ByteReader> {
  try {
    const reader = new ByteReader(await openInput(proc, name))
    await reader.skip(skip)
    return reader
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    throw new Refused(`${name}: ${error.message}`, true)
  }
}

class ByteReader {
  readonly name: string
  readonly #input: NamedInput
  #chunk: Uint8Array = EMPTY

  constructor(input: NamedInput) {
    this.#input = input
    this.name = input.name
  }

  /** What comes next, without taking it; empty at the end. */
  async peek(): Promise<Uint8Array> {
    if (this.#chunk.length > 0) return this.#chunk
    try {
      this.#chunk = await this.#input.read()
    } catch (error) {
      if (!(error instanceof SysError) || error.errno !== 'EISDIR') throw error
      throw new Refused(`${this.name}: I/O error`, false)
    }
    return this.#chunk
  }

  advance(count: number): void {
    this.#chunk = this.#chunk.subarray(count)
  }

  async skip(count: number): Promise<void> {
    for (let left = count; left > 0; ) {
      const chunk = await this.peek()
      if (chunk.length === 0) return
      const part = Math.min(left, chunk.length)
      this.advance(part)
      left -= part
    }
  }
}
