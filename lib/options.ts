// Command-line options from one declaration: parsing, types, the synopsis, help and completion (getopt_long's rules).

/** How one option is written, what it means, and how its value is gathered. */
export interface Option<T> {
  /** As typed: `-n`, `--lines`; `-NUM` stands for digits after a dash. */
  readonly names: readonly string[]
  /** What its argument is called in help; none: it takes no argument. */
  readonly argument?: string
  /** The argument may be left out, and is then only taken when it is attached (`-iSUFFIX`, `--in-place=SUFFIX`). */
  readonly isOptional?: boolean
  readonly about: string
  readonly initial: T
  /** The value after one more occurrence. Throws UsageError for a bad argument. */
  take(previous: T, argument: string | undefined, name: string): T
}

export type OptionTable = Readonly<Record<string, Option<unknown>>>

export type OptionValues<Table> = { readonly [Key in keyof Table]: Table[Key] extends Option<infer T> ? T : never }

/** What was typed does not fit the declaration. `message` is getopt's, without the command's name. */
export class UsageError extends Error {
  /** A bad value is only named; anything else is answered with the usage too (busybox: xatoi and getopt). */
  readonly showsUsage: boolean

  constructor(message: string, how: { showsUsage: boolean } = { showsUsage: true }) {
    super(message)
    this.name = 'UsageError'
    this.showsUsage = how.showsUsage
  }
}

/** Names are given as one text: `-r -R --recursive`. */
export function flag(names: string, about: string): Option<boolean> {
  return { names: split(names), about, initial: false, take: () => true }
}

/** How often it was given. */
export function count(names: string, about: string): Option<number> {
  return { names: split(names), about, initial: 0, take: previous => previous + 1 }
}

export function text(names: string, argument: string, about: string): Option<string | undefined>
export function text(names: string, argument: string, about: string, initial: string): Option<string>
export function text(names: string, argument: string, about: string, initial?: string): Option<string | undefined> {
  return { names: split(names), argument, about, initial, take: (_, value) => value }
}

/** An argument that may be left out: `true` without one, `undefined` when the option was not given. */
export function optional(names: string, argument: string, about: string): Option<string | true | undefined> {
  return {
    names: split(names),
    argument,
    isOptional: true,
    about,
    initial: undefined,
    take: (_, value) => value ?? true,
  }
}

/** Every argument, in order. */
export function list(names: string, argument: string, about: string): Option<readonly string[]> {
  return { names: split(names), argument, about, initial: [], take: (before, value) => [...before, value ?? ''] }
}

/** A decimal integer, with the suffixes that busybox allows where sizes are meant (`k`, `M`, ...) when asked for. */
export function number(
  names: string,
  argument: string,
  about: string,
  initial: number,
  how?: NumberOptions,
): Option<number>
export function number(
  names: string,
  argument: string,
  about: string,
  initial?: undefined,
  how?: NumberOptions,
): Option<number | undefined>
export function number(
  names: string,
  argument: string,
  about: string,
  initial?: number,
  how: NumberOptions = {},
): Option<number | undefined> {
  return { names: split(names), argument, about, initial, take: (_, value) => parseNumber(value ?? '', how) }
}

export interface NumberOptions {
  readonly isSigned?: boolean
  readonly least?: number
  readonly most?: number
  /** Accept b k K m M g G (512, 1024, ...) and kB MB GB (1000, ...). */
  readonly hasSuffix?: boolean
}

const SUFFIXES: Readonly<Record<string, number>> = {
  b: 512,
  k: 1024,
  K: 1024,
  kB: 1000,
  KB: 1000,
  m: 1024 ** 2,
  M: 1024 ** 2,
  MB: 1000 ** 2,
  g: 1024 ** 3,
  G: 1024 ** 3,
  GB: 1000 ** 3,
  T: 1024 ** 4,
}

/** A size as C writes numbers, also 0x10 and 010, with suffixes (busybox: xstrtoul of base 0). */
export function parseBasedNumber(value: string): number {
  const match = /^(0[xX][0-9a-fA-F]+|0[0-7]+)(k|M|G|b)?$/.exec(value)
  if (!match) return parseNumber(value, { hasSuffix: true })
  const digits = match[1]!
  return Number(/^0[xX]/.test(digits) ? digits : `0o${digits.slice(1)}`) * (SUFFIXES[match[2] ?? ''] ?? 1)
}

/** Throws UsageError: `invalid number 'x'`, `number N is not in A..B range`. */
export function parseNumber(value: string, how: NumberOptions = {}): number {
  const match = /^([+-]?)(\d+)([A-Za-z]*)$/.exec(value)
  const factor = match?.[3] ? (how.hasSuffix ? SUFFIXES[match[3]] : undefined) : 1
  const size = Number(match?.[2]) * (factor ?? 1)
  const isWrong = !match || factor === undefined || (match[1] && !how.isSigned) || size >= LARGEST
  if (isWrong) throw badValue(`invalid number '${value}'`)
  const result = match[1] === '-' ? -size : size
  const { least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY } = how
  if (result < least || result > most) {
    const end = most === Number.POSITIVE_INFINITY ? UNSIGNED_MOST : most
    throw badValue(`number ${value} is not in ${least}..${end} range`)
  }
  return result
}

/** What a file's offset cannot be. */
const LARGEST = 2 ** 63

/** busybox: numbers without another end are an unsigned int. */
const UNSIGNED_MOST = 0xffffffff

function badValue(message: string): UsageError {
  return new UsageError(message, { showsUsage: false })
}

export interface ParseOptions {
  /** Stop at the first operand (POSIX; `env`, `xargs`, `docker run`). By default options may follow operands (getopt_long). */
  readonly stopAtOperand?: boolean
}

export interface Parsed<Table> {
  readonly options: OptionValues<Table>
  readonly operands: readonly string[]
  /** The keys that were really given, in order. */
  readonly given: readonly string[]
}

/** `args` without the command's name. Throws UsageError in getopt's words. */
export function parseOptions<Table extends OptionTable>(
  table: Table,
  args: readonly string[],
  how: ParseOptions = {},
): Parsed<Table> {
  const parser = new OptionParser(table)
  const operands = parser.parse(args, how)
  // Each value went through the `take` of its own option, so it has that option's type.
  return { options: parser.values as OptionValues<Table>, operands, given: parser.given }
}

type OptionNames = ReadonlyMap<string, readonly [key: string, option: Option<unknown>]>

/** Tables are constants, and a command may run thousands of times. */
const known = new WeakMap<OptionTable, OptionNames>()

function namesOf(table: OptionTable): OptionNames {
  const found = known.get(table)
  if (found) return found
  const names = new Map<string, readonly [key: string, option: Option<unknown>]>()
  for (const [key, option] of Object.entries(table)) for (const name of option.names) names.set(name, [key, option])
  known.set(table, names)
  return names
}

class OptionParser {
  readonly values: Record<string, unknown> = {}
  readonly given: string[] = []
  readonly #byName: OptionNames
  #args: readonly string[] = []
  #next = 0

  constructor(table: OptionTable) {
    for (const key in table) this.values[key] = table[key]!.initial
    this.#byName = namesOf(table)
  }

  parse(args: readonly string[], how: ParseOptions): string[] {
    const operands: string[] = []
    this.#args = args
    while (this.#next < args.length) {
      const arg = args[this.#next++]!
      if (arg === '--') {
        operands.push(...args.slice(this.#next))
        break
      }
      if (arg.startsWith('--')) this.#long(arg)
      else if (arg.length > 1 && arg.startsWith('-')) this.#cluster(arg)
      else {
        operands.push(arg)
        if (!how.stopAtOperand) continue
        operands.push(...args.slice(this.#next))
        break
      }
    }
    return operands
  }

  #long(arg: string): void {
    const equals = arg.indexOf('=')
    const typed = equals === -1 ? arg : arg.slice(0, equals)
    const attached = equals === -1 ? undefined : arg.slice(equals + 1)
    const [key, option, name] = this.#findLong(typed, arg)
    if (option.argument === undefined) {
      if (attached !== undefined) throw new UsageError(`option '${name}' doesn't allow an argument`)
      return this.#give(key, option, undefined, name)
    }
    if (attached !== undefined || option.isOptional) return this.#give(key, option, attached, name)
    if (this.#next >= this.#args.length) throw new UsageError(`option '${name}' requires an argument`)
    this.#give(key, option, this.#args[this.#next++], name)
  }

  /** A long option may be shortened as long as it is clear which is meant. */
  #findLong(typed: string, arg: string): readonly [string, Option<unknown>, string] {
    const exact = this.#byName.get(typed)
    if (exact) return [...exact, typed]
    const near = [...this.#byName].filter(([name]) => name.startsWith(typed) && name.startsWith('--'))
    const options = new Set(near.map(([, [key]]) => key))
    if (options.size > 1) throw new UsageError(`option '${typed}' is ambiguous`)
    const [found] = near
    if (!found) throw new UsageError(`unrecognized option '${arg}'`)
    return [...found[1], found[0]]
  }

  #cluster(arg: string): void {
    const digits = this.#byName.get('-NUM')
    const number = /^-\d+$/.exec(arg)
    if (digits && number) return this.#give(...digits, arg.slice(1), '-NUM')
    for (let i = 1; i < arg.length; ) {
      const letter = String.fromCodePoint(arg.codePointAt(i)!)
      i += letter.length
      const found = this.#byName.get(`-${letter}`)
      if (!found) throw new UsageError(`invalid option -- '${letter}'`)
      const [key, option] = found
      if (option.argument === undefined) {
        this.#give(key, option, undefined, `-${letter}`)
        continue
      }
      const attached = i < arg.length ? arg.slice(i) : undefined
      if (attached === undefined && !option.isOptional && this.#next >= this.#args.length)
        throw new UsageError(`option requires an argument -- '${letter}'`)
      const argument = attached ?? (option.isOptional ? undefined : this.#args[this.#next++])
      return this.#give(key, option, argument, `-${letter}`)
    }
  }

  #give(key: string, option: Option<unknown>, argument: string | undefined, name: string): void {
    this.values[key] = option.take(this.values[key], argument, name)
    this.given.push(key)
  }
}

/** `[-qv] [-n N] [-c N]`: flags together, then those with arguments. */
export function synopsis(table: OptionTable): string {
  const options = Object.values(table)
  const letters = options.filter(option => option.argument === undefined).map(shortest)
  const flags = letters.filter(name => name.length === 2).map(name => name.slice(1))
  const parts = flags.length > 0 ? [`[-${flags.join('')}]`] : []
  parts.push(...letters.filter(name => name.length > 2).map(name => `[${name}]`))
  for (const option of options) {
    if (option.argument === undefined) continue
    const name = shortest(option)
    const argument = option.isOptional ? `[${option.argument}]` : ` ${option.argument}`
    parts.push(name === '-NUM' ? '[-NUM]' : `[${name}${argument}]`)
  }
  return parts.join(' ')
}

/** Two columns: the option as typed, and what it means. */
export function optionHelp(table: OptionTable): string[] {
  const rows = Object.values(table).map(option => [optionText(option), option.about] as const)
  const width = Math.min(24, Math.max(0, ...rows.map(([left]) => left.length)))
  return rows.map(([left, about]) => `\t${left.padEnd(width)}  ${about}`)
}

function optionText(option: Option<unknown>): string {
  const names = option.names.join(',')
  if (option.argument === undefined) return names
  const isLong = option.names.at(-1)?.startsWith('--')
  if (option.isOptional) return `${names}[${isLong ? '=' : ''}${option.argument}]`
  return `${names} ${option.argument}`
}

function shortest(option: Option<unknown>): string {
  return option.names.reduce((best, name) => (name.length < best.length ? name : best))
}

function split(names: string): string[] {
  return names.split(' ')
}
