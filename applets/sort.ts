import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { byteLength, decode } from '../lib/bytes.ts'
import { flag, list, text, UsageError } from '../lib/options.ts'
import { applet, Failure, type Invocation, type NamedInput } from './applet.ts'
import { chomp, LineReader } from './line-reader.ts'
import { mergeSort } from './merge-sort.ts'
import { openInput, untilRefused } from './operands.ts'
import { type Compare, compareKeys, compareText, type Entry, keyValue, makeEntry } from './sort-compare.ts'
import { type Key, keyPlace, keyText, type Ordering, PLAIN, parseKey, withLetter } from './sort-key.ts'
import { type MergeOptions, Runs, type Send } from './sort-runs.ts'
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
  buffer: text('-S', 'SIZE', 'Hold at most SIZE in memory: K (by default), b, M, G or %'),
  directory: text('-T', 'DIR', 'Keep what is more in DIR ($TMPDIR, or /tmp)'),
}

/** sort, POSIX XCU; -g -h -M -V -s -z beyond it. Lines compare as bytes. */
export default applet({
  name: 'sort',
  about: 'Print the lines of FILEs, or stdin, in order',
  operands: '[FILE]...',
  usageStatus: 2,
  options,
  async main(invocation) {
    const { proc, options, given } = invocation
    if (given.filter(key => key === 'output').length > 1) throw new UsageError('')
    const separator = readSeparator(options.separator)
    const common = commonOrdering(options)
    const keys = options.keys.map(key => parseKey(key, common))
    const how = { keys, common, separator, end: options.zero ? 0 : 10 }
    const order = entryOrder(how, options)
    if (options.check) return await check(invocation, how.end, order)
    const runs = new Runs(proc, options.directory ?? (proc.env.get('TMPDIR') || '/tmp'), { ...order, end: how.end })
    const table = await readTable(invocation, how, runs)
    if (!runs.isEmpty) await keepRun(invocation, table, how, runs)
    if (options.output !== undefined) await redirect(proc, options.output)
    const send = (bytes: Uint8Array) => proc.stdout.lend(bytes)
    if (runs.isEmpty) await writeSorted(invocation, table, how, send)
    else await runs.merge(send)
    runs.close()
  },
})

type Sort = Invocation<typeof options>
type Options = Sort['options']

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

interface How {
  readonly keys: readonly Key[]
  readonly common: Ordering
  readonly separator: string | undefined
  readonly end: number
}

/** What a line costs beside its characters: where it begins and ends, and its places while it is sorted. */
const OVERHEAD = 32

/** What there is to sort; more than may be held goes into runs. */
async function readTable(invocation: Sort, how: How, runs: Runs): Promise<LineTable> {
  const { proc, options, operands } = invocation
  const table = new LineTable()
  const most = mostHeld(proc, options.buffer)
  let held = 0
  for (const name of operands.length === 0 ? ['-'] : operands) {
    try {
      const input = await openInput(proc, name)
      table.reserve(Math.min(most, sizeOf(proc, input.fd)))
      for await (const batch of untilRefused(input.views(how.end))) {
        const before = table.count
        table.add(batch, how.end)
        const more = batch.length + OVERHEAD * (table.count - before)
        proc.charge(more)
        held += more
        if (held >= most) {
          await keepRun(invocation, table, how, runs)
          proc.charge(-held)
          held = 0
        }
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

/** With less than this the runs would be too many. */
const LEAST_HELD = 1 << 16

/** As much as -S says, and no more than leaves the system some of its memory. */
function mostHeld(proc: Process, size: string | undefined): number {
  const limit = Math.min(proc.kernel.limits.memory, proc.resourceLimits.memory)
  const most = Math.floor(0.75 * limit)
  if (size === undefined) return Math.max(LEAST_HELD, most)
  const [, digits = '', unit = 'K'] = /^(\d+)([bKkMmGgTt%]?)$/.exec(size)?.map(part => part || undefined) ?? []
  // busybox: what is no size says nothing.
  if (digits === '') return Math.max(LEAST_HELD, most)
  const wanted = unit === '%' ? (Number(digits) / 100) * limit : Number(digits) * UNITS[unit.toLowerCase()]!
  return Math.max(LEAST_HELD, Math.min(most, wanted))
}

const UNITS: Readonly<Record<string, number>> = { b: 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30, t: 2 ** 40 }

function sizeOf(proc: Process, fd: number): number {
  const { kind, size } = proc.descriptionStat(fd)
  return kind === 'file' ? size : 0
}

async function keepRun(invocation: Sort, table: LineTable, how: How, runs: Runs): Promise<void> {
  if (table.count === 0) return
  await runs.add(send => writeSorted(invocation, table, how, send))
  table.clear()
}

function wholeLine(common: Ordering): Key {
  return { ...common, field: 0, character: 0, endField: Number.POSITIVE_INFINITY, endCharacter: 0 }
}

/** Bytes as they are, or numbers: what the table can order itself. */
function isDirect(key: Key): boolean {
  const isPlain = !key.ignoreCase && !key.dictionary && !key.printable
  return key.kind === 'text' ? isPlain : key.kind !== 'version'
}

/** Hands on the lines of a table in order. */
async function writeSorted({ proc, options }: Sort, table: LineTable, how: How, send: Send): Promise<void> {
  const first = how.keys[0] ?? wholeLine(how.common)
  const { order, same } = isDirect(first)
    ? await orderDirectly(proc, table, { ...how, first, isStable: options.stable })
    : await orderByEntries(proc, table, entryOrder(how, options))
  await writeTable(proc, table, order, { end: how.end, isDuplicate: options.unique ? same : undefined }, send)
}

interface Ordered {
  readonly order: Uint32Array
  /** Whether two lines have the same keys. */
  readonly same: (a: number, b: number) => boolean
}

interface Direct extends How {
  readonly first: Key
  readonly isStable: boolean
}

/** Orders by the first key; lines for which it is the same by the others, and then as a whole (POSIX), unless -s; so -u keeps the first of that order (busybox). */
async function orderDirectly(proc: Process, table: LineTable, how: Direct): Promise<Ordered> {
  const { first, keys, common, separator } = how
  const order = new Uint32Array(table.count)
  for (let index = 0; index < order.length; index++) order[index] = index
  const isWhole = first.field === 0 && first.endField === Number.POSITIVE_INFINITY && first.character === 0
  const isPlain = isWhole && !first.skipStart && first.kind === 'text'
  const hasLastResort = !how.isStable
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
  const byRest = compareKeys(rest)
  const isDuplicate = (a: number, b: number) =>
    same(a, b) && (rest.length === 0 || byRest(entryOf(a), entryOf(b)) === 0)
  return { order, same: isDuplicate }
}

async function orderByEntries(proc: Process, table: LineTable, how: EntryOrder): Promise<Ordered> {
  const entries = Array.from({ length: table.count }, (_, index) => how.entryOf(table.line(index)))
  const indexes = Array.from(entries, (_, index) => index)
  const sorted = await mergeSort(
    indexes,
    (a, b) => how.compare(entries[a]!, entries[b]!),
    () => proc.gate(),
  )
  return { order: Uint32Array.from(sorted), same: (a, b) => how.compareKeys(entries[a]!, entries[b]!) === 0 }
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

async function writeTable(
  proc: Process,
  table: LineTable,
  order: Uint32Array,
  how: { readonly end: number; readonly isDuplicate: ((a: number, b: number) => boolean) | undefined },
  send: Send,
): Promise<void> {
  let chunk = new Uint8Array(CHUNK)
  let used = 0
  let before = -1
  for (let place = 0; place < order.length; place++) {
    const index = order[place]!
    if (how.isDuplicate && before !== -1 && how.isDuplicate(before, index)) continue
    before = index
    const start = table.starts[index]!
    const length = table.ends[index]! - start + 1
    if (used + length > chunk.length) {
      const sent = send(chunk.subarray(0, used))
      if (sent) await sent
      if (length > chunk.length) chunk = new Uint8Array(length)
      used = 0
      const pause = proc.gate()
      if (pause) await pause
    }
    copy(table.bytes, start, length - 1, chunk, used)
    used += length
    chunk[used - 1] = how.end
  }
  const sent = used > 0 ? send(chunk.subarray(0, used)) : undefined
  if (sent) await sent
}

/** A call of set costs more than a few steps of a loop. */
function copy(bytes: Uint8Array, from: number, length: number, into: Uint8Array, at: number): void {
  if (length >= 64) into.set(bytes.subarray(from, from + length), at)
  else for (let i = 0; i < length; i++) into[at + i] = bytes[from + i]!
}

interface EntryOrder extends Omit<MergeOptions, 'end'> {
  readonly compareKeys: Compare
}

/** How lines compare one by one. POSIX: lines with equal keys are ordered as whole lines, unless -s. */
function entryOrder({ keys: given, common, separator }: How, options: Options): EntryOrder {
  const direction = common.reverse ? -1 : 1
  const byLine: Compare = (a, b) => direction * compareText(a.line, b.line)
  const isPlain = given.length === 0 && isPlainText(common)
  const keys = isPlain ? [] : given.length > 0 ? given : [wholeLine(common)]
  const byKeys = isPlain ? byLine : compareKeys(keys)
  // busybox: so -u keeps the first of that order.
  const compare: Compare = isPlain || options.stable ? byKeys : (a, b) => byKeys(a, b) || byLine(a, b)
  return {
    entryOf: line => makeEntry(decode(line), keys, separator),
    compare,
    compareKeys: byKeys,
    isDuplicate: options.unique ? (a, b) => byKeys(a, b) === 0 : undefined,
  }
}

function isPlainText({ kind, ignoreCase, dictionary, printable, skipStart }: Ordering): boolean {
  return kind === 'text' && !ignoreCase && !dictionary && !printable && !skipStart
}

async function check(
  { proc, options, operands }: Sort,
  end: number,
  { entryOf, compare }: EntryOrder,
): Promise<number> {
  let before: Entry | undefined
  let count = 0
  for (const name of operands.length === 0 ? ['-'] : operands) {
    const lines = new LineReader(untilRefused((await openNamed(proc, name)).batches(end)), end)
    for (let read = lines.next(); ; read = lines.next()) {
      const line = read instanceof Promise ? await read : read
      if (!line) break
      const entry = entryOf(chomp(line, end))
      const order = before ? compare(before, entry) : -1
      if (order > 0 || (options.unique && order === 0)) {
        await proc.stderr.line(`Check line ${count}`)
        return 1
      }
      before = entry
      count++
      const pause = proc.gate()
      if (pause) await pause
    }
  }
  return 0
}

async function openNamed(proc: Process, name: string): Promise<NamedInput> {
  try {
    return await openInput(proc, name)
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    throw new Failure(`${name}: ${error.message}`)
  }
}

async function redirect(proc: Process, name: string): Promise<void> {
  const fd = await proc.open(name, { write: true, create: true, truncate: true })
  proc.dup(fd, { onto: 1 })
  proc.close(fd)
}
