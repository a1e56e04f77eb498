import { ByteBuilder } from '../lib/byte-builder.ts'
import { decode, encode } from '../lib/bytes.ts'
import { flag, text, UsageError } from '../lib/options.ts'
import { compileRegex, RegexError } from '../lib/regex/index.ts'
import { applet, Failure } from './applet.ts'
import { openEach, untilRefused } from './operands.ts'

/** cut, POSIX XCU; -O and -D as in busybox. There as here a character is a byte. */
export default applet({
  name: 'cut',
  about: 'Print the chosen parts of each line of FILEs, or stdin',
  operands: '[FILE]...',
  options: {
    bytes: text('-b', 'LIST', 'The bytes in LIST: N, N-M, N- or -M, with commas between'),
    characters: text('-c', 'LIST', 'The characters in LIST'),
    fields: text('-f', 'LIST', 'The fields in LIST'),
    delimiter: text('-d', 'SEP', 'What stands between fields of the input (tab)'),
    outputDelimiter: text('-O', 'SEP', 'What is put between fields of the output (as -d)'),
    keepOrder: flag('-D', 'Keep the order of LIST, and print a part as often as it is named'),
    onlyDelimited: flag('-s', 'No lines without delimiter'),
    words: text('-F', 'LIST', 'The fields in LIST, between matches of SEP as a regular expression (blanks)'),
    whole: flag('-n', 'Accepted'),
  },
  async main(invocation) {
    const { proc, options, operands, given } = invocation
    const lists = [options.bytes, options.characters, options.fields, options.words].filter(list => list !== undefined)
    const [list] = lists
    const isList = (key: string) => key === 'bytes' || key === 'characters' || key === 'fields' || key === 'words'
    if (given.filter(isList).length > 1) throw new UsageError('')
    if (list === undefined) throw new Failure('expected a list of bytes, characters, or fields')
    const isFields = options.fields !== undefined || options.words !== undefined
    if (!isFields && options.onlyDelimited)
      throw new Failure('suppressing non-delimited lines makes sense only when operating on fields')
    if (!isFields && options.delimiter !== undefined)
      throw new Failure('a delimiter may be specified only when operating on fields')
    const ranges = readRanges(list, options.keepOrder)
    const isWords = options.words !== undefined
    const lines = isFields && options.delimiter === '\n' ? new LineCutter(ranges, options.outputDelimiter) : undefined
    const cutter = lines
      ? lines.take
      : isWords
        ? wordCutter(ranges, options)
        : isFields
          ? fieldCutter(ranges, options)
          : byteCutter(ranges)
    const out = new ByteBuilder()
    for await (const input of openEach(invocation, operands)) {
      for await (const batch of untilRefused(input.views())) {
        for (let at = 0; at < batch.length; ) {
          const newline = batch.indexOf(10, at)
          const end = newline === -1 ? batch.length : newline
          cutter(batch, at, end, out)
          at = end + 1
        }
        const written = proc.stdout.lend(out.view())
        if (written) await written
        out.clear()
        const pause = proc.gate()
        if (pause) await pause
      }
      lines?.finish(out)
      if (lines) await proc.stdout.lend(out.view())
      out.clear()
    }
  },
})

/** From 0, ends included. */
interface Range {
  readonly from: number
  readonly to: number
}

type Cutter = (bytes: Uint8Array, from: number, end: number, out: ByteBuilder) => void

function readRanges(list: string, keepsOrder: boolean): Range[] {
  const ranges = list.split(',').filter(Boolean).map(readRange)
  if (ranges.length === 0) throw new Failure('missing list of positions')
  return keepsOrder ? ranges : merge(ranges.sort((a, b) => a.from - b.from || a.to - b.to))
}

function readRange(item: string): Range {
  const match = /^(\d*)(-?)(\d*)$/.exec(item)
  const [, from = '', dash, to = ''] = match ?? []
  if (!match || (from === '' && to === '')) {
    const bad = /^(\d*-)(.+)$/.exec(item)?.[2] ?? item
    throw new Failure(item === '-' ? `invalid range -` : `invalid number '${bad}'`)
  }
  // busybox: positions count from 1, and 0 is 1.
  const first = Math.max(0, Number(from) - 1)
  const last = dash === '' ? first : to === '' ? Number.POSITIVE_INFINITY : Math.max(0, Number(to) - 1)
  if (last < first) throw new Failure(`${to}<${first}`)
  return { from: first, to: last }
}

function merge(ranges: readonly Range[]): Range[] {
  const merged: Range[] = []
  for (const range of ranges) {
    const last = merged.at(-1)
    if (last && range.from <= last.to) merged[merged.length - 1] = { from: last.from, to: Math.max(last.to, range.to) }
    else merged.push(range)
  }
  return merged
}

function byteCutter(ranges: readonly Range[]): Cutter {
  return (bytes, from, end, out) => {
    const length = end - from
    for (const range of ranges) {
      if (range.from >= length) continue
      out.append(bytes, from + range.from, from + Math.min(range.to + 1, length))
    }
    out.push(10)
  }
}

/** Between newlines lie lines, so the fields are those of the whole input (busybox 1.37). */
class LineCutter {
  readonly #ranges: readonly Range[]
  readonly #between: Uint8Array
  #line = 0
  #isFirst = true

  constructor(ranges: readonly Range[], between = '\n') {
    this.#ranges = ranges
    this.#between = encode(between)
  }

  readonly take: Cutter = (bytes, from, end, out) => {
    const line = this.#line++
    if (!this.#ranges.some(range => line >= range.from && line <= range.to)) return
    if (!this.#isFirst) out.append(this.#between)
    this.#isFirst = false
    out.append(bytes, from, end)
  }

  /** An input has ended: the next one counts anew. */
  finish(out: ByteBuilder): void {
    if (!this.#isFirst) out.push(10)
    this.#line = 0
    this.#isFirst = true
  }
}

/** Fields between matches of a regular expression. */
function wordCutter(ranges: readonly Range[], how: FieldOptions): Cutter {
  const regex = compiled(how.delimiter ?? '[[:space:]]+')
  const between = encode(how.outputDelimiter ?? ' ')
  return (bytes, from, end, out) => {
    const line = decode(bytes.subarray(from, end))
    const fields: { start: number; end: number }[] = []
    let start = 0
    for (let match = regex.exec(line, 0); match && match.end > match.start; match = regex.exec(line, start)) {
      fields.push({ start, end: match.start })
      start = match.end
    }
    fields.push({ start, end: line.length })
    let isFirst = true
    for (const range of ranges) {
      for (const field of fields.slice(range.from, range.to + 1)) {
        // busybox: an empty field is none, and -s means nothing here.
        if (field.start === field.end) continue
        if (!isFirst) out.append(between)
        out.append(encode(line.slice(field.start, field.end)))
        isFirst = false
      }
    }
    out.push(10)
  }
}

function compiled(pattern: string) {
  try {
    return compileRegex(pattern, { syntax: 'extended' })
  } catch (error) {
    if (!(error instanceof RegexError)) throw error
    throw new Failure(`bad regex '${pattern}': ${error.message}`)
  }
}

interface FieldOptions {
  readonly delimiter: string | undefined
  readonly outputDelimiter: string | undefined
  readonly onlyDelimited: boolean
  readonly keepOrder: boolean
}

function fieldCutter(ranges: readonly Range[], how: FieldOptions): Cutter {
  // busybox: only the first byte counts.
  const delimiterBytes = encode(how.delimiter ?? '\t').subarray(0, 1)
  const delimiter = delimiterBytes[0] ?? 0
  const between = how.outputDelimiter === undefined ? delimiterBytes : encode(how.outputDelimiter)
  const last = Math.max(...ranges.map(({ to }) => to))
  const starts: number[] = []
  return (bytes, from, end, out) => {
    // starts[i] is where field i begins; one more entry tells where the last found field ends.
    starts.length = 0
    starts.push(from)
    for (let at = from; at < end && starts.length <= last + 1; at++) if (bytes[at] === delimiter) starts.push(at + 1)
    const isComplete = starts.length <= last + 1
    if (starts.length === 1 && (last > 0 || !bytes.subarray(from, end).includes(delimiter))) {
      if (how.onlyDelimited) return
      out.append(bytes, from, end)
      out.push(10)
      return
    }
    const fields = isComplete ? starts.length : starts.length - 1
    if (isComplete) starts.push(end + 1)
    let isFirst = true
    for (const range of ranges) {
      for (let field = range.from; field <= range.to && field < fields; field++) {
        if (!isFirst) out.append(between)
        isFirst = false
        out.append(bytes, starts[field]!, starts[field + 1]! - 1)
      }
    }
    out.push(10)
  }
}
