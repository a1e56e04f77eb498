// The convention of builtins: one declaration, as for applets (HOUSE: one file, one command).

import { type OptionTable, type OptionValues, parseOptions, UsageError } from '../../lib/options.ts'
import { plainNumber } from '../../lib/plain-number.ts'
import { ExpansionError } from '../expansion-error.ts'
import type { Completion } from '../run/completion.ts'
import type { Shell } from '../shell.ts'

export interface Invocation<Table extends OptionTable> {
  readonly shell: Shell
  readonly options: OptionValues<Table>
  readonly operands: readonly string[]
  readonly argv: readonly string[]
}

export interface Declaration<Table extends OptionTable> {
  readonly name: string
  readonly aliases?: readonly string[]
  /** POSIX XCU 2.15: found before functions, its errors end the shell, assignments before it stay. */
  readonly special?: boolean
  /** Never sleeps, and changes nothing outside the shell's copied state: it may run in a command substitution without a process. */
  readonly pure?: boolean
  readonly about: string
  readonly operands?: string
  readonly options?: Table
  /** Everything after the name is an operand: it parses its words itself. */
  readonly raw?: boolean
  /** What it prints, where printing it is all it does and the status is 0; undefined: it must run. */
  text?(shell: Shell, operands: readonly string[]): string | undefined
  /** Nothing returned: 0. */
  main(invocation: Invocation<Table>): Completion | undefined
}

export interface Builtin {
  readonly name: string
  readonly aliases: readonly string[]
  readonly isSpecial: boolean
  readonly isPure: boolean
  readonly about: string
  readonly operands: string
  readonly options: OptionTable
  readonly text: Declaration<OptionTable>['text']
  run(shell: Shell, argv: readonly string[]): Completion
}

export function builtin<Table extends OptionTable = Record<never, never>>(declared: Declaration<Table>): Builtin {
  // A builtin without options has the empty table, which fits every Table that was not given.
  const table = declared.options ?? ({} as Table)
  return {
    name: declared.name,
    aliases: declared.aliases ?? [],
    isSpecial: declared.special ?? false,
    isPure: declared.pure ?? false,
    about: declared.about,
    operands: declared.operands ?? '',
    options: table,
    text: declared.text,
    run: declared.raw
      ? (shell, argv) => runRaw(declared, shell, argv)
      : (shell, argv) => runParsed(declared, table, shell, argv),
  }
}

function runRaw<Table extends OptionTable>(
  declared: Declaration<Table>,
  shell: Shell,
  argv: readonly string[],
): Completion {
  const operands = argv.length === 1 ? NONE : argv.slice(1)
  // Without parsing there are no options to have values.
  return declared.main({ shell, argv, operands, options: NO_OPTIONS as OptionValues<Table> }) ?? 0
}

const NONE: readonly string[] = []
const NO_OPTIONS = {}

function runParsed<Table extends OptionTable>(
  declared: Declaration<Table>,
  table: Table,
  shell: Shell,
  argv: readonly string[],
): Completion {
  const { options, operands } = parse(table, argv)
  return declared.main({ shell, argv, operands, options }) ?? 0
}

/** What does not fit is said in ash's words, and is an error of status 2. */
function parse<Table extends OptionTable>(table: Table, argv: readonly string[]) {
  try {
    return parseOptions(table, argv.slice(1), { stopAtOperand: true })
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    const letter = /'(.)'$/u.exec(error.message)?.[1] ?? '-'
    const isArgument = error.message.includes('requires an argument')
    throw new ExpansionError(isArgument ? `no arg for -${letter} option` : `illegal option -${letter}`)
  }
}

/** differs: ash refuses a negative status, which other shells take modulo 256. */
export function parseStatus(text: string): number {
  return (text.startsWith('-') ? -parseCount(text.slice(1)) : parseCount(text)) & 255
}

/** A count or status operand: digits only. */
export function parseCount(text: string): number {
  const plain = plainNumber(text)
  if (plain !== undefined && plain >= 0 && plain <= 0x7fffffff) return plain
  if (!/^\d+$/.test(text) || Number(text) > 0x7fffffff) throw new ExpansionError(`Illegal number: ${text}`)
  return Number(text)
}
