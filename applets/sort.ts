import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { byteLength, decode } from '../lib/bytes.ts'
import { flag, list, text } from '../lib/options.ts'
import { applet, Failure, type Invocation } from './applet.ts'
import { mergeSort } from './merge-sort.ts'
import { openInput, untilRefused } from './operands.ts'
import { type Compare, compareKeys, compareText, type Entry, keyValue, makeEntry, textOrder } from './sort-compare.ts'
import { type Key, keyPlace, keyText, type Ordering, PLAIN, parseKey, withLetter } from './sort-key.ts'
import { LineTable, type Ranges, sortByBytes, sortByNumbers, type Ties } from './sort-table.ts'

const options = {
  output: text('-o', 'FILE', 'Write to FILE, which may be one of those that are read'),
  check: flag('-c', 'Only check whether the input is sorted'),
  skipBlanks: flag('-b', 'Ignore blanks before a key'),
  ignoreCase: flag('-f', 'Letters of either case are equal'),
  printable: flag('-i', 'Ignore what is not printable'),
  dictionary: flag('-d', 'Look at letters, digits and blanks only'),
  numeric: flag('-n', 'Compare as numbers'),
  general: flag('-g', 'Compare as floating-point numbers'),
  human: flag('-h', 'Compare as sizes: 2K, 1G'),
  month: flag('-M', 'Compare as names of months'),
  version: flag('-V', 'Compare as version numbers'),
  separator: text('-t', 'CHAR', 'What stands between fields'),
  keys: list('-k', 'N[.C][OPTS][,M[.C][OPTS]]', 'Compare from character C of field N to field M'),
  reverse: flag('-r', 'The last first'),
  stable: flag('-s', 'Lines with equal keys stay in their order'),
  unique: flag('-u', 'Of lines with equal keys only the first'),
  merge: flag('-m', 'The inputs are sorted already'),
  zero: flag('-z', 'Lines end in NUL'),
  buffer: text('-S', 'SIZE', 'Accepted: all is held in memory'),
  directory: text('-T', 'DIR', 'Accepted: no files are needed'),
}

/** sort, POSIX XCU; -g -h -M -V -s -z beyond it. Lines compare as bytes. */
export default applet({
  name: 'sort',
  about: 'Print the lines of FILEs, or stdin, in order',
  operands: '[FILE]...',
  usageStatus: 2,
  options,
  async main(invocation) {
    const { proc, options } = invocation
    const separator = readSeparator(options.separator)
    const common = commonOrdering(options)
    const keys = options.keys.map(key => parseKey(key, common))
    const end = options.zero ? 0 : 10
    const table = await readTable(invocation, end)
    const how = { keys, common, separator }
    const first = keys[0] ?? wholeLine(common)
    const isOrderly = !options.check && isDirect(first)
    if (isOrderly) return await sortDirectly(invocation, table, { ...how, first, end })
    const lines = Array.from({ length: table.count }, (_, index) => decode(table.line(index)))
    const plan = makePlan(lines, how, options)
    if (options.check) return await check(proc, plan, options.unique)
    const sorted = await mergeSort(plan.entries, plan.compare, () => proc.gate())
    if (options.output !== undefined) await redirect(proc, options.output)
    await print(proc, sorted, options.unique ? plan.compareUnique : undefined, String.fromCharCode(end))
  },
})

type Options = Invocation<typeof options>['options']

function readSeparator(given: string | undefined): string | undefined {
  if (given === '\\0') return '\0'
  if (given !== undefined && [...given].length !== 1) throw new Failure('bad -t parameter')
  return given
}

const LETTERS = [
  ['ignoreCase', 'f'],
  ['printable', 'i'],
  ['dictionary', 'd'],
  ['numeric', 'n'],
  ['general', 'g'],
  ['human', 'h'],
  ['month', 'M'],
  ['version', 'V'],
  ['reverse', 'r'],
] as const

function commonOrdering(options: Options): Ordering {
  let ordering = PLAIN
  for (const [key, letter] of LETTERS) if (options[key]) ordering = withLetter(ordering, letter)
  return options.skipBlanks ? { ...ordering, skipStart: true, skipEnd: true } : ordering
}

/** What a line costs beside its characters. */
const OVERHEAD = 64

async function readTable({ proc, operands }: Invocation<typeof options>, end: number): Promise<LineTable> {
  const table = new LineTable()
  for (const name of operands.length === 0 ? ['-'] : operands) {
    try {
      const input = await openInput(proc, name)
      for await (const batch of untilRefused(input.batches(end))) {
        const before = table.count
        table.add(batch, end)
        proc.charge(batch.length + OVERHEAD * (table.count - before))
        const pause = proc.gate()
        if (pause) await pause
      }
      if (input.fd !== 0) proc.close(input.fd)
    } catch (error) {
      if (!(error instanceof SysError)) throw error
      throw new Failure(`${name}: ${error.message}`)
    }
  }
  return table
}

function wholeLine(common: Ordering): Key {
  return { ...common, field: 0, character: 0, endField: Number.POSITIVE_INFINITY, endCharacter: 0 }
}

/** Bytes as they are, or numbers: what the table can order itself. */
function isDirect(key: Key): boolean {
  const isPlain = !key.ignoreCase && !key.dictionary && !key.printable
  return key.kind === 'text' ? isPlain : key.kind !== 'version'
}

interface Direct {
  readonly keys: readonly Key[]
  readonly common: Ordering
  readonly separator: string | undefined
  readonly first: Key
  readonly end: number
}

/** Orders by the first key; lines for which it is the same by the others, and then as a whole (POSIX), unless -s; so -u keeps the first of that order (busybox). */
async function sortDirectly(invocation: Invocation<typeof options>, table: LineTable, how: Direct): Promise<void> {
  const { proc, options } = invocation
  const { first, keys, common, separator } = how
  const order = new Uint32Array(table.count)
  for (let index = 0; index < order.length; index++) order[index] = index
  const isWhole = first.field === 0 && first.endField === Number.POSITIVE_INFINITY && first.character === 0
  const isPlain = isWhole && !first.skipStart && first.kind === 'text'
  const hasLastResort = !options.stable
  const rest = keys.slice(1)
  const entryOf = (index: number) => makeEntry(decode(table.line(index)), rest, separator)
  const whole = { bytes: table.bytes, ranges: table, isReverse: common.reverse }
  const ties: Ties | undefined =
    rest.length > 0
      ? {
          settle: (order, from, to) =>
            settleByKeys(order.subarray(from, to), entryOf, compareKeys(rest), hasLastResort ? common : undefined),
        }
      : hasLastResort && !isPlain
        ? { settle: (order, from, to) => sortByBytes(proc, order, { from, to }, whole) }
        : undefined
  let same: (a: number, b: number) => boolean
  if (first.kind === 'text') {
    const ranges = isPlain ? table : keyRanges(table, first, separator)
    await sortByBytes(
      proc,
      order,
      { from: 0, to: order.length },
      { bytes: table.bytes, ranges, isReverse: first.reverse, ties },
    )
    same = (a, b) => isSame(table.bytes, ranges, a, b)
  } else {
    const numbers = Float64Array.from(order, index =>
      Number(keyValue(keyText(decode(table.line(index)), first, separator), first)),
    )
    await sortByNumbers(proc, order, { numbers, isReverse: first.reverse, ties })
    same = (a, b) => numbers[a] === numbers[b]
  }
  if (options.output !== undefined) await redirect(proc, options.output)
  const byRest = compareKeys(rest)
  const isDuplicate = (a: number, b: number) =>
    same(a, b) && (rest.length === 0 || byRest(entryOf(a), entryOf(b)) === 0)
  await printTable(proc, table, order, { end: how.end, isDuplicate: options.unique ? isDuplicate : undefined })
}

function settleByKeys(
  part: Uint32Array,
  entryOf: (index: number) => Entry,
  byKeys: Compare,
  lastResort: Ordering | undefined,
): void {
  const entries = Array.from(part, index => ({ index, entry: entryOf(index) }))
  const direction = lastResort?.reverse ? -1 : 1
  entries.sort((a, b) => {
    const order = byKeys(a.entry, b.entry)
    return order !== 0 || !lastResort ? order : direction * compareText(a.entry.line, b.entry.line)
  })
  for (const [place, { index }] of entries.entries()) part[place] = index
}

/** Where a key is in each line. A line that is no plain ASCII is looked at as text, for its characters are not its bytes. */
function keyRanges(table: LineTable, key: Key, separator: string | undefined): Ranges {
  const starts = new Uint32Array(table.count)
  const ends = new Uint32Array(table.count)
  for (let index = 0; index < table.count; index++) {
    const line = decode(table.line(index))
    const [from, to] = keyPlace(line, key, separator)
    const start = table.starts[index]!
    const isAscii = line.length === table.ends[index]! - start
    starts[index] = start + (isAscii ? from : byteLength(line.slice(0, from)))
    ends[index] = start + (isAscii ? to : byteLength(line.slice(0, to)))
  }
  return { starts, ends }
}

function isSame(bytes: Uint8Array, { starts, ends }: Ranges, a: number, b: number): boolean {
  const length = ends[a]! - starts[a]!
  if (length !== ends[b]! - starts[b]!) return false
  for (let i = 0; i < length; i++) if (bytes[starts[a]! + i] !== bytes[starts[b]! + i]) return false
  return true
}

/** So much is gathered before it is written. */
const CHUNK = 65536

async function printTable(
  proc: Process,
  table: LineTable,
  order: Uint32Array,
  how: { readonly end: number; readonly isDuplicate: ((a: number, b: number) => boolean) | undefined },
): Promise<void> {
  let chunk = new Uint8Array(CHUNK)
  let used = 0
  let before = -1
  for (const index of order) {
    if (how.isDuplicate && before !== -1 && how.isDuplicate(before, index)) continue
    before = index
    const [start, end] = [table.starts[index]!, table.ends[index]!]
    const length = end - start + 1
    if (used + length > chunk.length) {
      const written = proc.stdout.write(chunk.subarray(0, used))
      chunk = new Uint8Array(Math.max(CHUNK, length))
      used = 0
      if (written) await written
      const pause = proc.gate()
      if (pause) await pause
    }
    if (length < 48) for (let i = start; i < end; i++) chunk[used + i - start] = table.bytes[i]!
    else chunk.set(table.bytes.subarray(start, end), used)
    used += length
    chunk[used - 1] = how.end
  }
  if (used > 0) await proc.stdout.write(chunk.subarray(0, used))
}

interface Plan {
  readonly entries: Entry[]
  readonly compare: Compare
  /** Equal by this means a duplicate for -u. */
  readonly compareUnique: Compare
}

function makePlan(
  lines: readonly string[],
  how: { keys: readonly Key[]; common: Ordering; separator: string | undefined },
  options: Options,
): Plan {
  const { common, separator } = how
  const direction = common.reverse ? -1 : 1
  const order = textOrder(lines)
  const byLine: Compare = (a, b) => direction * order(a.line, b.line)
  const isPlain = how.keys.length === 0 && isPlainText(common)
  if (isPlain) {
    const entries = lines.map(line => ({ line, keys: NONE }))
    return { entries, compare: byLine, compareUnique: byLine }
  }
  const keys = how.keys.length > 0 ? how.keys : [wholeLine(common)]
  const entries = lines.map(line => makeEntry(line, keys, separator))
  const byKeys = compareKeys(keys)
  // POSIX: lines with equal keys are ordered as whole lines, unless -s. busybox: so -u keeps the first of that order.
  const compare: Compare = options.stable ? byKeys : (a, b) => byKeys(a, b) || byLine(a, b)
  return { entries, compare, compareUnique: byKeys }
}

const NONE: readonly never[] = []

function isPlainText({ kind, ignoreCase, dictionary, printable, skipStart }: Ordering): boolean {
  return kind === 'text' && !ignoreCase && !dictionary && !printable && !skipStart
}

async function check(proc: Process, { entries, compare }: Plan, isUnique: boolean): Promise<number> {
  for (let i = 1; i < entries.length; i++) {
    const order = compare(entries[i - 1]!, entries[i]!)
    if (order > 0 || (isUnique && order === 0)) {
      await proc.stderr.line(`Check line ${i}`)
      return 1
    }
    const pause = proc.gate()
    if (pause) await pause
  }
  return 0
}

async function redirect(proc: Process, name: string): Promise<void> {
  const fd = await proc.open(name, { write: true, create: true, truncate: true })
  proc.dup(fd, { onto: 1 })
  proc.close(fd)
}

async function print(
  proc: Process,
  entries: readonly Entry[],
  unique: Compare | undefined,
  end: string,
): Promise<void> {
  let before: Entry | undefined
  for (const entry of entries) {
    if (unique && before && unique(before, entry) === 0) continue
    before = entry
    const written = proc.stdout.write(entry.line + end)
    if (written) await written
    const pause = proc.gate()
    if (pause) await pause
  }
}
