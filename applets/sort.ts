import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { decode } from '../lib/bytes.ts'
import { flag, list, text } from '../lib/options.ts'
import { applet, Failure, type Invocation } from './applet.ts'
import { mergeSort } from './merge-sort.ts'
import { openInput, untilRefused } from './operands.ts'
import { type Compare, compareKeys, type Entry, makeEntry, textOrder } from './sort-compare.ts'
import { type Key, type Ordering, PLAIN, parseKey, withLetter } from './sort-key.ts'

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
    const lines = await readLines(invocation, end)
    const plan = makePlan(lines, { keys, common, separator }, options)
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

async function readLines({ proc, operands }: Invocation<typeof options>, end: number): Promise<string[]> {
  const lines: string[] = []
  for (const name of operands.length === 0 ? ['-'] : operands) {
    try {
      const input = await openInput(proc, name)
      for await (const batch of untilRefused(input.batches(end))) {
        const more = decode(batch).split(String.fromCharCode(end))
        if (more.at(-1) === '') more.pop()
        proc.charge(batch.length + OVERHEAD * more.length)
        for (const line of more) lines.push(line)
        const pause = proc.gate()
        if (pause) await pause
      }
      if (input.fd !== 0) proc.close(input.fd)
    } catch (error) {
      if (!(error instanceof SysError)) throw error
      throw new Failure(`${name}: ${error.message}`)
    }
  }
  return lines
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
  const whole: Key = { ...common, field: 0, character: 0, endField: Number.POSITIVE_INFINITY, endCharacter: 0 }
  const keys = how.keys.length > 0 ? how.keys : [whole]
  const entries = lines.map(line => makeEntry(line, keys, separator))
  const byKeys = compareKeys(keys)
  // POSIX: lines with equal keys are ordered as whole lines, unless -s or -u.
  const compare: Compare = options.stable || options.unique ? byKeys : (a, b) => byKeys(a, b) || byLine(a, b)
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
