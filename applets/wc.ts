import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { flag } from '../lib/options.ts'
import { applet, type NamedInput } from './applet.ts'
import { openEach } from './operands.ts'

/** wc, POSIX XCU; -L as in busybox. */
export default applet({
  name: 'wc',
  about: 'Count the lines, words and bytes of FILEs, or stdin',
  operands: '[FILE]...',
  options: {
    bytes: flag('-c', 'Bytes'),
    characters: flag('-m', 'Characters'),
    lines: flag('-l', 'Newlines'),
    words: flag('-w', 'Words'),
    longest: flag('-L', 'Columns of the longest line'),
  },
  async main(invocation) {
    const { proc, options, operands, warn } = invocation
    const wanted = COLUMNS.filter(column => options[column])
    const columns = wanted.length > 0 ? wanted : (['lines', 'words', 'bytes'] as const)
    const total: Counts = { lines: 0, words: 0, characters: 0, bytes: 0, longest: 0 }
    const print = (counts: Counts, name: string) => {
      const numbers = columns.map(column =>
        String(counts[column]).padStart(columns.length > 1 || operands.length > 1 ? 9 : 1),
      )
      return proc.stdout.line([...numbers, ...(name === '' ? [] : [name])].join(' '))
    }
    for await (const input of openEach(invocation, operands)) {
      const counter = needsText(columns) ? new TextCounter() : new PlainCounter()
      try {
        await feed(proc, input, counter)
      } catch (error) {
        if (!(error instanceof SysError) || error.errno !== 'EISDIR') throw error
        warn(`${input.name}: ${error.message}`)
      }
      const counts = counter.finish()
      add(total, counts)
      await print(counts, operands.length === 0 ? '' : input.name)
    }
    if (operands.length > 1) await print(total, 'total')
  },
})

const COLUMNS = ['lines', 'words', 'characters', 'bytes', 'longest'] as const

type Column = (typeof COLUMNS)[number]
type Counts = Record<Column, number>

interface Counter {
  count(bytes: Uint8Array): void
  finish(): Counts
}

function needsText(columns: readonly Column[]): boolean {
  return columns.some(column => column === 'words' || column === 'characters' || column === 'longest')
}

async function feed(proc: Process, input: NamedInput, counter: Counter): Promise<void> {
  for await (const piece of input.pieces()) {
    counter.count(piece)
    const pause = proc.gate()
    if (pause) await pause
  }
}

function add(total: Counts, counts: Counts): void {
  for (const column of COLUMNS) {
    total[column] = column === 'longest' ? Math.max(total.longest, counts.longest) : total[column] + counts[column]
  }
}

/** Lines and bytes only. */
class PlainCounter implements Counter {
  #lines = 0
  #bytes = 0

  count(bytes: Uint8Array): void {
    this.#bytes += bytes.length
    let lines = 0
    for (let i = 0; i < bytes.length; i++) if (bytes[i] === 10) lines++
    this.#lines += lines
  }

  finish(): Counts {
    return { lines: this.#lines, words: 0, characters: 0, bytes: this.#bytes, longest: 0 }
  }
}

const OTHER = 0
const PRINTABLE = 1
const SPACE = 2
const TAB = 3
/** Ends a line of the screen: newline, return, form feed. */
const LINE_END = 4
const CONTINUATION = 5

const KINDS = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte === 9) return TAB
  if (byte === 10 || byte === 12 || byte === 13) return LINE_END
  if (byte === 32 || byte === 11) return SPACE
  if (byte >= 0x80 && byte < 0xc0) return CONTINUATION
  return byte > 32 && byte < 127 ? PRINTABLE : OTHER
})

/** busybox: a word is made of printable ASCII characters; others neither begin nor end one. */
class TextCounter implements Counter {
  readonly #counts: Counts = { lines: 0, words: 0, characters: 0, bytes: 0, longest: 0 }
  #isInWord = false
  #column = 0

  count(bytes: Uint8Array): void {
    const counts = this.#counts
    let { lines, words, characters, longest } = counts
    let isInWord = this.#isInWord
    let column = this.#column
    for (let i = 0; i < bytes.length; i++) {
      const byte = bytes[i]!
      const kind = KINDS[byte]!
      if (kind === CONTINUATION) continue
      characters++
      if (kind === PRINTABLE) {
        column++
        isInWord = true
        continue
      }
      if (kind === OTHER) continue
      if (isInWord) words++
      isInWord = false
      if (kind === SPACE) {
        if (byte === 32) column++
      } else if (kind === TAB) column = (column | 7) + 1
      else {
        if (column > longest) longest = column
        column = 0
        if (byte === 10) lines++
      }
    }
    Object.assign(counts, { lines, words, characters, longest, bytes: counts.bytes + bytes.length })
    this.#isInWord = isInWord
    this.#column = column
  }

  finish(): Counts {
    const counts = this.#counts
    if (this.#isInWord) counts.words++
    counts.longest = Math.max(counts.longest, this.#column)
    return counts
  }
}
