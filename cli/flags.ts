// docker's command-line grammar (Go's pflag): `--name value`, `--name=value`, `-itd`, `-eA=b`, booleans with `=false`.

import { parseDuration } from '../lib/human.ts'

export interface Flag<T> {
  readonly long: string
  readonly short?: string
  /** What its value is called in help; none: a boolean. */
  readonly type?: string
  readonly about: string
  readonly initial: T
  /** It is only there to be refused by name. */
  readonly isRefused?: true
  take(previous: T, value: string, shown: string): T
}

export type FlagTable = Readonly<Record<string, Flag<unknown>>>
export type FlagValues<Table> = { readonly [Key in keyof Table]: Table[Key] extends Flag<infer T> ? T : never }

/** What was typed does not fit. `message` in pflag's words. */
export class FlagError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'FlagError'
  }
}

/** Names as `-t --tty`, or `--tty` alone. */
export function boolean(names: string, about: string, initial = false): Flag<boolean> {
  return {
    ...split(names),
    about,
    initial,
    take(_, value, shown) {
      if (['true', '1', 't', 'T', 'TRUE', 'True'].includes(value)) return true
      if (['false', '0', 'f', 'F', 'FALSE', 'False'].includes(value)) return false
      throw new FlagError(
        `invalid argument "${value}" for "${shown}" flag: strconv.ParseBool: parsing "${value}": invalid syntax`,
      )
    },
  }
}

export function string(names: string, about: string): Flag<string | undefined>
export function string(names: string, about: string, initial: string): Flag<string>
export function string(names: string, about: string, initial?: string): Flag<string | undefined> {
  return { ...split(names), type: 'string', about, initial, take: (_, value) => value }
}

/** Go's duration, in nanoseconds as docker's API has it. */
export function duration(names: string, about: string): Flag<number | undefined> {
  return {
    ...split(names),
    type: 'duration',
    about,
    initial: undefined,
    take(_, value, shown) {
      const found = /^\d+$/.test(value) && value !== '0' ? undefined : parseDuration(value)
      if (found !== undefined && found >= 0) return Math.round(found * 1_000_000)
      const why = found === undefined ? `invalid duration "${value}"` : `negative duration "${value}"`
      throw new FlagError(`invalid argument "${value}" for "${shown}" flag: time: ${why}`)
    },
  }
}

export function list(names: string, about: string, type = 'list'): Flag<readonly string[]> {
  return { ...split(names), type, about, initial: [], take: (before, value) => [...before, value] }
}

export function integer(names: string, about: string): Flag<number | undefined>
export function integer(names: string, about: string, initial: number): Flag<number>
export function integer(names: string, about: string, initial?: number): Flag<number | undefined> {
  return {
    ...split(names),
    type: 'int',
    about,
    initial,
    take(_, value, shown) {
      if (/^[+-]?\d+$/.test(value)) return Number(value)
      throw new FlagError(
        `invalid argument "${value}" for "${shown}" flag: strconv.ParseInt: parsing "${value}": invalid syntax`,
      )
    },
  }
}

/** A flag of the command that ours stands for, which has no meaning here: it is refused, with what to do instead. No `type`: a boolean. */
export function refused(name: string, advice: string, type?: string): Flag<undefined> {
  return {
    ...split(name),
    ...(type === undefined ? {} : { type }),
    about: '',
    initial: undefined,
    isRefused: true,
    take(_, value, shown) {
      if (type === undefined && value === 'false') return undefined
      throw new FlagError(`${shown} is not supported: ${advice}`)
    },
  }
}

export interface ParsedFlags<Table> {
  readonly flags: FlagValues<Table>
  readonly operands: readonly string[]
  /** Keys that were really given. */
  readonly given: ReadonlySet<string>
  readonly wantsHelp: boolean
}

/** `stopAtOperand`: what follows the first operand belongs to somebody else (`run`, `exec`, `create`). Throws FlagError. */
export function parseFlags<Table extends FlagTable>(
  table: Table,
  args: readonly string[],
  how: { readonly stopAtOperand?: boolean } = {},
): ParsedFlags<Table> {
  const values: Record<string, unknown> = {}
  for (const [key, flag] of Object.entries(table)) values[key] = flag.initial
  const given = new Set<string>()
  const operands: string[] = []
  let wantsHelp = false
  let at = 0
  const give = (key: string, value: string) => {
    const flag = table[key]!
    values[key] = flag.take(values[key], value, shownName(flag))
    given.add(key)
  }
  while (at < args.length) {
    const arg = args[at++]!
    if (arg === '--') {
      operands.push(...args.slice(at))
      break
    }
    if (arg === '--help') wantsHelp = true
    else if (arg.startsWith('--')) at = takeLong(table, arg, args, at, give)
    else if (arg.startsWith('-') && arg.length > 1) at = takeShort(table, arg, args, at, give)
    else {
      operands.push(arg)
      if (!how.stopAtOperand) continue
      operands.push(...args.slice(at))
      break
    }
  }
  // Each value went through the `take` of its own flag, so it has that flag's type.
  return { flags: values as FlagValues<Table>, operands, given, wantsHelp }
}

type Give = (key: string, value: string) => void

function takeLong(table: FlagTable, arg: string, args: readonly string[], at: number, give: Give): number {
  const equals = arg.indexOf('=')
  const name = arg.slice(2, equals === -1 ? undefined : equals)
  const found = Object.entries(table).find(([, flag]) => flag.long === name)
  if (!found) throw new FlagError(`unknown flag: --${name}`)
  const [key, flag] = found
  if (equals !== -1) give(key, arg.slice(equals + 1))
  else if (flag.type === undefined) give(key, 'true')
  else if (at >= args.length) throw new FlagError(`flag needs an argument: --${name}`)
  else give(key, args[at++]!)
  return at
}

function takeShort(table: FlagTable, arg: string, args: readonly string[], at: number, give: Give): number {
  for (let i = 1; i < arg.length; i++) {
    const letter = arg[i]!
    const found = Object.entries(table).find(([, flag]) => flag.short === letter)
    if (!found) throw new FlagError(`unknown shorthand flag: '${letter}' in ${arg}`)
    const [key, flag] = found
    const rest = arg.slice(i + 1)
    if (flag.type === undefined) {
      if (!rest.startsWith('=')) {
        give(key, 'true')
        continue
      }
      give(key, rest.slice(1))
      return at
    }
    if (rest !== '') give(key, rest.replace(/^=/, ''))
    else if (at >= args.length) throw new FlagError(`flag needs an argument: '${letter}' in ${arg}`)
    else give(key, args[at++]!)
    return at
  }
  return at
}

/** `-t, --tty`. */
function shownName(flag: Flag<unknown>): string {
  return flag.short ? `-${flag.short}, --${flag.long}` : `--${flag.long}`
}

/** The Options block of a command's help, as docker lays it out. */
export function flagHelp(table: FlagTable): string[] {
  const rows = Object.values(table)
    .filter(flag => !flag.isRefused)
    .sort((a, b) => (a.long < b.long ? -1 : 1))
    .map(flag => {
      const short = flag.short ? `-${flag.short}, ` : '    '
      return [`  ${short}--${flag.long}${flag.type ? ` ${flag.type}` : ''}`, flag.about] as const
    })
  const width = Math.max(...rows.map(([left]) => left.length)) + 3
  return rows.map(([left, about]) => left.padEnd(width) + about)
}

function split(names: string): { long: string; short?: string } {
  const parts = names.split(' ')
  const long = (parts.find(name => name.startsWith('--')) ?? '').slice(2)
  const short = parts.find(name => /^-[^-]$/.test(name))?.slice(1)
  return short ? { long, short } : { long }
}
