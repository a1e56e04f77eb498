// Simple commands (POSIX XCU 2.9.1): expand, then find out what the name means.

import { SysError } from '../../kernel/errno.ts'
import type { Builtin } from '../builtins/builtin.ts'
import type { Compiler, FieldsOf, Redirect, Run } from '../compiler.ts'
import { ExpansionError } from '../expansion-error.ts'
import { jobText } from '../printer/job-text.ts'
import type { Shell, ShellFunction } from '../shell.ts'
import type { Scope } from '../state/variables.ts'
import type { Simple } from '../syntax.ts'
import { type Assign, assignAll, compileAssignments } from './assignment.ts'
import { compileBracketWords, isDoubleBracket } from './brackets.ts'
import { type Comparison, compileComparison } from './comparison.ts'
import type { Completion, Finished } from './completion.ts'
import { notFound, replaceByExternal, runExternal } from './external.ts'
import { callFunction } from './function.ts'
import { closeSubstitutions } from './process-substitution.ts'
import { compileQuickWords, fillQuickWords, type QuickWords } from './quick-words.ts'
import { runRedirected, targetOf } from './redirection.ts'
import { traceCommand } from './trace.ts'
import { failed, interrupted } from './trap.ts'

/** A simple command, compiled. */
export interface Command {
  readonly words: readonly FieldsOf[]
  readonly quick: QuickWords | undefined
  readonly comparison: Comparison | undefined
  readonly assignments: readonly Assign[]
  readonly redirect: Redirect | undefined
  readonly target: 'plain' | 'expanded' | 'telling'
  readonly line: number
  readonly isLast: boolean
  /** What `jobs` calls it. */
  readonly texts: () => readonly string[]
}

export function compileSimple(compiler: Compiler, node: Simple, isLast: boolean): Run {
  const command = compileCommand(compiler, node, isLast)
  if (command.words.length === 0 && !command.redirect) return shell => assignOnly(shell, command)
  return shell => run(shell, command)
}

export function compileCommand(compiler: Compiler, node: Simple, isLast: boolean): Command {
  return {
    words: isDoubleBracket(node)
      ? compileBracketWords(compiler, node.words)
      : node.words.map((word, index) => compiler.fields(word, index > 0 && isDeclaration(node))),
    quick: compileQuick(compiler, node),
    comparison: compileComparison(node),
    assignments: compileAssignments(compiler, node.assignments),
    redirect: compiler.redirections(node.redirections),
    target: targetOf(node.redirections),
    line: node.line,
    isLast,
    texts: () => [jobText(node)],
  }
}

/** bash's declarations may have lists for values. */
function compileQuick(compiler: Compiler, node: Simple): QuickWords | undefined {
  const isDeclared = isDeclaration(node)
  if (isDoubleBracket(node) || (isDeclared && compiler.dialect !== 'ash')) return undefined
  return compileQuickWords(compiler, node.words, isDeclared)
}

/** `export x=~:$y`: what looks like an assignment is expanded like one (POSIX XCU 2.9.1.1, declaration utilities). */
function isDeclaration({ words }: Simple): boolean {
  const names = words.slice(0, 2).map(({ parts }) => {
    const [part] = parts
    return parts.length === 1 && part?.kind === 'literal' && !part.quoted ? part.text : ''
  })
  return DECLARATIONS.has(names[0] === 'command' ? (names[1] ?? '') : (names[0] ?? ''))
}

const DECLARATIONS: ReadonlySet<string> = new Set(['export', 'readonly', 'local', 'declare', 'typeset'])

function run(shell: Shell, command: Command): Completion {
  shell.line = command.line
  shell.substitutionStatus = 0
  const answer = command.comparison?.(shell)
  if (answer !== undefined) return finish(shell, answer ? 0 : 1)
  const filled = command.quick && fillQuickWords(shell, command.quick)
  if (filled) return invoke(shell, command, filled)
  const argv: string[] = []
  const { words } = command
  for (let at = 0; at < words.length; at++) {
    const waiting = words[at]!(shell, argv)
    if (waiting) return expandLater(shell, command, argv, { next: at + 1, waiting })
  }
  return invoke(shell, command, argv)
}

async function expandLater(
  shell: Shell,
  command: Command,
  argv: string[],
  from: { next: number; waiting: Promise<void> },
): Promise<Finished> {
  await from.waiting
  for (const fields of command.words.slice(from.next)) await fields(shell, argv)
  return invoke(shell, command, argv)
}

export function invoke(shell: Shell, command: Command, argv: readonly string[]): Completion {
  const name = argv[0]
  if (name === undefined) return withoutName(shell, command)
  const builtin = shell.language.builtins.get(name)
  if (shell.options.xtrace && command.assignments.length === 0) {
    const traced = traceCommand(shell, command.assignments, argv)
    if (traced) return dispatchLater(shell, command, argv, traced)
  }
  return dispatch(shell, command, argv, builtin)
}

async function dispatchLater(
  shell: Shell,
  command: Command,
  argv: readonly string[],
  traced: Promise<void>,
): Promise<Finished> {
  await traced
  return dispatch(shell, command, argv, shell.language.builtins.get(argv[0]!))
}

/** POSIX XCU 2.9.1.4: special builtins, then functions, then the other builtins, then PATH. */
function dispatch(shell: Shell, command: Command, argv: readonly string[], builtin: Builtin | undefined): Completion {
  const name = argv[0]!
  if (builtin?.isSpecial) return runSpecial(shell, command, argv, builtin)
  const definition = shell.functions.size > 0 ? shell.functions.get(name) : undefined
  const isBare = command.assignments.length === 0 && !command.redirect
  if (definition) {
    return isBare
      ? finish(shell, callFunction(shell, definition, argv))
      : functionInScope(shell, command, argv, definition)
  }
  if (builtin) {
    return isBare ? finish(shell, runRegular(shell, argv, builtin)) : regularInScope(shell, command, argv, builtin)
  }
  return external(shell, command, argv)
}

/** `command exec >file`: the redirections stay. */
function isBareExec(argv: readonly string[]): boolean {
  const words = argv.filter(word => word !== '--' && word !== 'command' && word !== 'builtin')
  return words.length === 1 && words[0] === 'exec'
}

/** Its assignments stay, and its errors end the shell (POSIX XCU 2.15). */
function runSpecial(shell: Shell, command: Command, argv: readonly string[], builtin: Builtin): Completion {
  if (command.assignments.length === 0 && !command.redirect) return finish(shell, callBuiltin(shell, argv, builtin))
  const piece = (): Completion => {
    const waiting = assignAll(shell, command.assignments)
    // What exec starts is given them.
    if (builtin.name === 'exec' && argv.length > 1)
      for (const { name } of command.assignments) shell.variables.mark(name, { isExported: true })
    const call = () => traced(shell, command, argv, () => callBuiltin(shell, argv, builtin))
    return waiting ? waiting.then(call) : call()
  }
  if (!command.redirect) return finish(shell, piece())
  const isKept = builtin.name === 'exec'
  return finish(shell, runRedirected(shell, command.redirect, piece, { isKept, isSpecial: true }))
}

/** Its errors are its failure, and not the shell's. */
function runRegular(shell: Shell, argv: readonly string[], builtin: Builtin): Completion {
  const { commandName, isTested } = shell
  shell.outerName = commandName
  shell.commandName = builtin.name
  try {
    const done = builtin.run(shell, argv)
    if (typeof done === 'number') {
      shell.commandName = commandName
      return done
    }
    if (done instanceof Promise) return endLater(shell, done, { name: builtin.name, commandName, isTested })
    shell.commandName = commandName
    return done
  } catch (error) {
    return recover(shell, error, { name: builtin.name, commandName, isTested })
  }
}

interface Called {
  readonly name: string
  readonly commandName: string | undefined
  readonly isTested: boolean
}

async function endLater(shell: Shell, pending: Promise<Finished>, called: Called): Promise<Finished> {
  try {
    const done = await pending
    shell.commandName = called.commandName
    return done
  } catch (error) {
    return recover(shell, error, called)
  }
}

function recover(shell: Shell, error: unknown, { name, commandName, isTested }: Called): number {
  shell.commandName = name
  if (error instanceof ExpansionError) shell.report(error)
  shell.commandName = commandName
  // ^C at what waits for a full terminal.
  if (error instanceof SysError && error.errno === 'EINTR' && shell.isInterrupted) throw interrupted(shell)
  if (error instanceof SysError) return writeError(shell, error)
  if (!(error instanceof ExpansionError) || error.status === 130) throw error
  const { extension } = shell.language
  if (extension && error.endsShell) throw error
  shell.isTested = isTested
  return extension?.statusOf(error) ?? error.status
}

/** What was printed could not be written: ash says so at the command that meets it. */
function writeError(shell: Shell, error: SysError): number {
  shell.complainBriefly(`write error: ${error.message}`)
  return 1
}

/** Messages name the builtin while it runs. */
function callBuiltin(shell: Shell, argv: readonly string[], builtin: Builtin): Completion {
  const { commandName } = shell
  shell.outerName = commandName
  shell.commandName = builtin.name
  try {
    const done = builtin.run(shell, argv)
    if (done instanceof Promise) return endSpecialLater(shell, done, builtin.name, commandName)
    shell.commandName = commandName
    return done
  } catch (error) {
    return reportAs(shell, builtin.name, commandName, error)
  }
}

async function endSpecialLater(
  shell: Shell,
  pending: Promise<Finished>,
  name: string,
  commandName: string | undefined,
): Promise<Finished> {
  try {
    const done = await pending
    shell.commandName = commandName
    return done
  } catch (error) {
    return reportAs(shell, name, commandName, error)
  }
}

function reportAs(shell: Shell, name: string, before: string | undefined, error: unknown): never {
  if (error instanceof ExpansionError) {
    shell.commandName = name
    shell.report(error)
  }
  shell.commandName = before
  throw error
}

function functionInScope(
  shell: Shell,
  command: Command,
  argv: readonly string[],
  definition: ShellFunction,
): Completion {
  return inScope(shell, command, argv, () => callFunction(shell, definition, argv))
}

function regularInScope(shell: Shell, command: Command, argv: readonly string[], builtin: Builtin): Completion {
  return inScope(shell, command, argv, () => runRegular(shell, argv, builtin))
}

/** Prefix assignments hold for a function or a builtin only while it runs. */
function inScope(shell: Shell, command: Command, argv: readonly string[], piece: () => Completion): Completion {
  const { assignments, redirect } = command
  const shown = () => traced(shell, command, argv, piece)
  const scoped = () => (assignments.length === 0 ? piece() : runInScope(shell, assignments, shown))
  if (!redirect) return finish(shell, scoped())
  return finish(shell, runRedirected(shell, redirect, scoped, { isKept: isBareExec(argv) }))
}

/** set -x: what has assignments before it is shown once they are made, with their values. */
function traced(shell: Shell, command: Command, argv: readonly string[], piece: () => Completion): Completion {
  if (!shell.options.xtrace || command.assignments.length === 0) return piece()
  const waiting = traceCommand(shell, command.assignments, argv)
  return waiting ? waiting.then(piece) : piece()
}

function runInScope(shell: Shell, assignments: readonly Assign[], piece: () => Completion): Completion {
  const scope: Scope = []
  const leave = () => shell.variables.leave(scope)
  const begin = (): Completion => {
    const waiting = assignAll(shell, assignments, scope)
    return waiting ? waiting.then(piece) : piece()
  }
  let done: Completion
  try {
    done = begin()
  } catch (error) {
    leave()
    throw error
  }
  if (done instanceof Promise) return done.finally(leave)
  leave()
  return done
}

export function external(shell: Shell, command: Command, argv: readonly string[]): Completion {
  const start = (): Completion => {
    const path = shell.lookupCommand(argv[0]!)
    if (path === undefined) return reportNotFound(shell, command, argv[0]!)
    const call = { path, argv, env: shell.environment(), redirect: command.redirect, texts: command.texts }
    // What runs on the way out needs this process still.
    const mayReplace = command.isLast && !shell.traps.hasActions && shell.substitutionFds.length === 0
    if (mayReplace) return replaceByExternal(shell, call)
    if (!command.redirect || !isExpandedHere(shell, command)) return runExternal(shell, call)
    return runRedirected(shell, command.redirect, () => runExternal(shell, { ...call, redirect: undefined }))
  }
  if (command.assignments.length === 0) return finish(shell, start())
  const shown = () => traced(shell, command, argv, start)
  return finish(shell, runInScope(shell, command.assignments, shown))
}

/** What redirections expand is expanded in this shell: it may assign, and an error in a name ends this shell. The rest is the child's. */
function isExpandedHere(shell: Shell, { target }: Command): boolean {
  return target === 'telling' || (target === 'expanded' && shell.options.nounset)
}

function reportNotFound(shell: Shell, command: Command, name: string): Completion {
  return command.redirect ? runRedirected(shell, command.redirect, () => notFound(shell, name)) : notFound(shell, name)
}

/** Only redirections: they are made and undone, in this shell as ash has it. */
function withoutName(shell: Shell, command: Command): Completion {
  if (!command.redirect) return assign(shell, command)
  return finish(
    shell,
    runRedirected(shell, command.redirect, () => assign(shell, command)),
  )
}

export function assignOnly(shell: Shell, command: Command): Completion {
  shell.line = command.line
  shell.substitutionStatus = 0
  return assign(shell, command)
}

/** The status is that of the last substitution, also of one in a redirection or of words that came to nothing. */
function assign(shell: Shell, command: Command): Completion {
  const waiting = assignAll(shell, command.assignments)
  if (waiting || shell.options.xtrace) return assignedLater(shell, command, waiting)
  return finish(shell, shell.substitutionStatus)
}

async function assignedLater(shell: Shell, command: Command, waiting: Promise<void> | undefined): Promise<Finished> {
  await waiting
  if (shell.options.xtrace) await traceCommand(shell, command.assignments, [])
  return finish(shell, shell.substitutionStatus)
}

export function finish(shell: Shell, done: Completion): Completion {
  if (typeof done === 'number') {
    if (shell.substitutionFds.length > 0) closeSubstitutions(shell)
    shell.status = done
    return done === 0 || shell.isTested ? done : failed(shell, done)
  }
  return done instanceof Promise ? finishLater(shell, done) : done
}

/** Apart from `finish`, in which a closure would cost every command its context. */
async function finishLater(shell: Shell, pending: Promise<Finished>): Promise<Finished> {
  return finish(shell, await pending)
}
