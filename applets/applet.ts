// The convention of all commands: one declaration gives parsing, types, help, completion and the program itself.

import { SysError } from '../kernel/errno.ts'
import { Input } from '../kernel/input.ts'
import type { Output } from '../kernel/output.ts'
import type { Process } from '../kernel/process.ts'
import type { Program } from '../kernel/program.ts'
import {
  type OptionTable,
  type OptionValues,
  optionHelp,
  type Parsed,
  type ParseOptions,
  parseOptions,
  synopsis,
  UsageError,
} from '../lib/options.ts'

export interface Invocation<Table extends OptionTable> {
  readonly proc: Process
  readonly options: OptionValues<Table>
  readonly operands: readonly string[]
  /** The keys of the options that were really given, in order. */
  readonly given: readonly string[]
  /** Prints `name: message` on stderr; the status becomes 1. */
  readonly warn: (message: string) => void
  /** Runs a piece that may be refused: a SysError is warned of as `name: [prefix: ]message`, and undefined is returned. */
  readonly attempt: <T>(piece: () => T, prefix?: string) => Awaited<T> | undefined | Promise<Awaited<T> | undefined>
}

export interface Declaration<Table extends OptionTable> extends ParseOptions {
  readonly name: string
  readonly aliases?: readonly string[]
  /** One sentence in our own words, without a full stop. */
  readonly about: string
  /** How operands are written: `[FILE]...`. */
  readonly operands?: string
  readonly options?: Table
  /** The fewest and the most operands; others get the usage. */
  readonly least?: number
  readonly most?: number
  /** Everything after the name is an operand: the command parses its words itself (test, expr, find, echo). */
  readonly raw?: boolean
  /** The status of a usage error or a Failure without one of its own (1): 2 for those whose 1 means something (sort, grep). */
  readonly usageStatus?: number
  /** What a message calls its output when the disk is full: `standard output`, or `write error` of those that do not use stdio. */
  readonly outputName?: string
  /** What was typed, as its options are to be read: for old forms like `tar xf FILE`. */
  rewrite?(args: readonly string[]): readonly string[]
  /** More help, a line each. */
  readonly notes?: readonly string[]
  /** The exit status; nothing returned is 0, or 1 after a warning. */
  main(invocation: Invocation<Table>): number | undefined | void | Promise<number | undefined | void>
}

/** A command: a program that knows its own help. */
export interface Applet extends Program {
  readonly aliases: readonly string[]
  readonly about: string
  readonly options: OptionTable
  usage(): string
  /** What its arguments mean to it. Throws UsageError. */
  parse(args: readonly string[]): Parsed<OptionTable>
}

/** Ends the command with `name: message` and a status. */
export class Failure extends Error {
  readonly status: number | undefined

  constructor(message: string, status?: number) {
    super(message)
    this.name = 'Failure'
    this.status = status
  }
}

export function applet<Table extends OptionTable = Record<never, never>>(declared: Declaration<Table>): Applet {
  // A command without options has the empty table, which fits every Table that was not given.
  const options = declared.options ?? ({} as Table)
  return {
    name: declared.name,
    aliases: declared.aliases ?? [],
    about: declared.about,
    options,
    usage: () => usageText(declared, options),
    parse: args => parseArguments(declared, options, args),
    main: proc => runApplet(declared, options, proc),
  }
}

async function runApplet<Table extends OptionTable>(
  declared: Declaration<Table>,
  table: Table,
  proc: Process,
): Promise<number> {
  const args = proc.argv.slice(1)
  if (args.length === 1 && args[0] === '--help' && !declared.raw) {
    await proc.stdout.write(usageText(declared, table))
    return 0
  }
  const { report, settled } = reporter(proc, calledAs(declared, proc))
  try {
    const parsed = parseArguments(declared, table, args)
    requireCount(declared, parsed.operands.length)
    const status = await invoke(declared, proc, parsed, report)
    await settled()
    return status
  } catch (error) {
    const status = declared.usageStatus ?? 1
    const showUsage = () => proc.stderr.write(usageText(declared, table))
    return await failed(error, { status, outputName: declared.outputName ?? 'standard output' }, report, showUsage)
  }
}

/** busybox: what was written goes out before a message does, so that they stand in order where both go to one place. */
function reporter(proc: Process, name: string): { report: (message: string) => void; settled: () => Promise<unknown> } {
  const pending: Promise<void>[] = []
  const keep = (sent: void | Promise<void>) => {
    if (!sent) return
    // A refusal is thrown by settled(), unless the command has ended for another reason by then.
    sent.catch(() => undefined)
    pending.push(sent)
  }
  const flush = (output: Output) => {
    try {
      keep(output.flush())
    } catch (error) {
      if (!(error instanceof SysError)) throw error
      keep(Promise.reject(error))
    }
  }
  const report = (message: string) => {
    flush(proc.stdout)
    proc.stderr.line(`${name}: ${message}`)
    flush(proc.stderr)
  }
  return { report, settled: () => Promise.all(pending) }
}

function parseArguments<Table extends OptionTable>(
  declared: Declaration<Table>,
  table: Table,
  args: readonly string[],
): Parsed<Table> {
  if (declared.raw) return { options: initialValues(table), operands: args, given: [] }
  return parseOptions(table, declared.rewrite?.(args) ?? args, declared)
}

async function invoke<Table extends OptionTable>(
  declared: Declaration<Table>,
  proc: Process,
  parsed: Pick<Invocation<Table>, 'options' | 'operands' | 'given'>,
  report: (message: string) => void,
): Promise<number> {
  let hasWarned = false
  const warn = (message: string) => {
    hasWarned = true
    report(message)
  }
  const attempt: Invocation<Table>['attempt'] = (piece, prefix) => attemptPiece(piece, warn, prefix)
  const status = await declared.main({ proc, ...parsed, warn, attempt })
  await proc.stdout.flush()
  return status ?? (hasWarned ? 1 : 0)
}

async function failed(
  error: unknown,
  { status, outputName }: { readonly status: number; readonly outputName: string },
  report: (message: string) => void,
  showUsage: () => void,
): Promise<number> {
  if (error instanceof UsageError) {
    if (error.message !== '') report(error.message)
    if (error.showsUsage) showUsage()
    return status
  }
  if (error instanceof Failure) {
    report(error.message)
    return error.status ?? status
  }
  if (!(error instanceof SysError)) throw error
  report(`${prefixOf(error, outputName)}${error.message}`)
  return status
}

/**
 * Nothing but writing is refused for want of room.
 * differs: a full disk is told of and fails; busybox 1.35 exits with 0 there, and some of its commands say nothing.
 */
function prefixOf(error: SysError, outputName: string): string {
  if (error.errno === 'EPIPE') return 'write error: '
  return error.errno === 'ENOSPC' ? `${outputName}: ` : ''
}

function attemptPiece<T>(
  piece: () => T,
  warn: (message: string) => void,
  prefix?: string,
): Awaited<T> | undefined | Promise<Awaited<T> | undefined> {
  const refused = (error: unknown): undefined => {
    if (!(error instanceof SysError)) throw error
    warn(prefix === undefined ? error.message : `${prefix}: ${error.message}`)
  }
  try {
    const result = piece()
    // A thenable piece is awaited, so that a refusal that comes later is warned of too.
    return result instanceof Promise ? result.catch(refused) : (result as Awaited<T>)
  } catch (error) {
    return refused(error)
  }
}

/** The name it was called by, as busybox says it: `[` for test, `egrep` for grep. */
function calledAs(declared: { name: string; aliases?: readonly string[] }, proc: Process): string {
  const name = (proc.argv[0] ?? '').replace(/.*\//, '')
  return declared.aliases?.includes(name) ? name : declared.name
}

function requireCount(declared: { least?: number; most?: number }, count: number): void {
  if (count < (declared.least ?? 0) || count > (declared.most ?? Number.POSITIVE_INFINITY)) throw new UsageError('')
}

function initialValues<Table extends OptionTable>(table: Table): OptionValues<Table> {
  const entries = Object.entries(table).map(([key, option]) => [key, option.initial])
  // Object.fromEntries forgets the keys' types; they are the table's own.
  return Object.fromEntries(entries) as OptionValues<Table>
}

function usageText<Table extends OptionTable>(declared: Declaration<Table>, table: Table): string {
  const parts = ['Usage:', declared.name, synopsis(table), declared.operands ?? ''].filter(part => part !== '')
  const lines = [parts.join(' '), '', declared.about, ...(declared.notes ?? [])]
  const help = optionHelp(table)
  if (help.length > 0) lines.push('', ...help)
  return `${lines.join('\n')}\n`
}

/** An operand that was opened for reading, or stdin. */
export class NamedInput extends Input {
  readonly name: string
  readonly fd: number

  constructor(proc: Process, name: string, fd: number) {
    super({
      read: max => proc.read(fd, max),
      readInto: into => proc.readInto(fd, into),
      charge: bytes => proc.charge(bytes),
    })
    this.name = name
    this.fd = fd
  }
}

/**
 * Opens each operand in turn; `-`, or none at all, is stdin, called `standard input`.
 * One that cannot be opened is warned of (`can't open 'x': No such file or directory`) and passed over.
 */
export async function* inputs(
  { proc, warn }: Pick<Invocation<OptionTable>, 'proc' | 'warn'>,
  operands: readonly string[],
): AsyncGenerator<NamedInput> {
  if (operands.length === 0) yield new NamedInput(proc, 'standard input', 0)
  for (const name of operands) {
    if (name === '-') {
      yield new NamedInput(proc, 'standard input', 0)
      continue
    }
    const fd = await openOperand(proc, name, warn)
    if (fd === undefined) continue
    try {
      yield new NamedInput(proc, name, fd)
    } finally {
      proc.close(fd)
    }
  }
}

async function openOperand(proc: Process, name: string, warn: (message: string) => void): Promise<number | undefined> {
  try {
    const fd = await proc.open(name)
    return fd
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    warn(`can't open '${name}': ${error.message}`)
    return undefined
  }
}
