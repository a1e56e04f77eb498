// Redirections (POSIX XCU 2.7): made from left to right, and undone in reverse.

import { SysError } from '../../kernel/errno.ts'
import { Replacement } from '../../kernel/process.ts'
import type { OpenFlags } from '../../kernel/vfs/inode.ts'
import type { Compiler, Redirect, TextOf, Undo } from '../compiler.ts'
import { ExpansionError } from '../expansion-error.ts'
import type { Shell } from '../shell.ts'
import type { Duplication, FileRedirection, Redirection, WordPart } from '../syntax.ts'
import { andThen, type Completion, type Finished, type Later } from './completion.ts'
import { flush } from './fork.ts'
import { HereText } from './here-text.ts'

/** A redirection that cannot be made; `message` is ash's, and empty when it has been told. */
export class RedirectionError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'RedirectionError'
  }
}

/** One redirection, which notes in `saved` what it changes. */
type Apply = (shell: Shell, saved: Saved) => Later<void>

/** What the fds were: a copy at 10 or above, or undefined when one was closed. */
type Saved = Map<number, number | undefined>

export function compileRedirections(compiler: Compiler, redirections: readonly Redirection[]): Redirect | undefined {
  if (redirections.length === 0) return undefined
  const applies = redirections.map(redirection => compileOne(compiler, redirection))
  return shell => {
    const saved: Saved = new Map()
    const undo: Undo = how =>
      andThen(flush(shell), () => (how === 'keep' ? closeSaved(shell, saved) : restore(shell, saved)))
    const done = andThen(flush(shell), () => applyFrom(shell, applies, { at: 0, saved }))
    return andThen(done, () => undo)
  }
}

/** Whether redirections expand anything, and whether that can be seen in the shell that does it. */
export function targetOf(redirections: readonly Redirection[]): 'plain' | 'expanded' | 'telling' {
  const names = redirections.flatMap(each => (each.kind === 'here-document' ? [] : each.target.parts))
  const bodies = redirections.flatMap(each => (each.kind === 'here-document' ? each.body.parts : []))
  if (names.some(isTelling) || bodies.some(isTelling)) return 'telling'
  return names.every(part => part.kind === 'literal') ? 'plain' : 'expanded'
}

function isTelling(part: WordPart): boolean {
  if (part.kind !== 'parameter') return part.kind === 'arithmetic'
  const { operation } = part
  if (operation?.kind === 'default')
    return operation.operator === '=' || operation.operator === '?' || operation.word.parts.some(isTelling)
  return operation?.kind === 'bad'
}

function applyFrom(shell: Shell, applies: readonly Apply[], from: { at: number; saved: Saved }): Later<void> {
  const fail = (error: unknown): never => {
    // Where stderr leads by then: `cat 2>/dev/null <missing` is silent.
    if (error instanceof RedirectionError && error.message !== '') shell.complain(error.message)
    restore(shell, from.saved)
    throw error instanceof RedirectionError ? new RedirectionError('') : error
  }
  try {
    for (let at = from.at; at < applies.length; at++) {
      const waiting = applies[at]!(shell, from.saved)
      if (waiting) return waiting.catch(fail).then(() => applyFrom(shell, applies, { at: at + 1, saved: from.saved }))
    }
  } catch (error) {
    return fail(error)
  }
}

function compileOne(compiler: Compiler, redirection: Redirection): Apply {
  const { fdVariable, ...rest } = redirection
  return fdVariable === undefined ? compileNumbered(compiler, redirection) : compileNamed(compiler, rest, fdVariable)
}

/** No script means it: where a redirection is made before it has its number. */
const PROVISIONAL = 255

/** bash: `{name}>file` takes a free file descriptor, which stays open; `{name}>&-` closes the one that name says. */
function compileNamed(compiler: Compiler, redirection: Redirection, name: string): Apply {
  const [only] = redirection.kind === 'duplicate' ? redirection.target.parts : []
  if (only?.kind === 'literal' && only.text === '-') {
    return shell => {
      const fd = Number(shell.variables.get(name) ?? Number.NaN)
      if (Number.isInteger(fd) && shell.proc.fds.has(fd)) shell.proc.close(fd)
    }
  }
  const apply = compileNumbered(compiler, { ...redirection, fd: PROVISIONAL })
  return shell => {
    const saved: Saved = new Map()
    return andThen(apply(shell, saved), () => {
      const fd = shell.proc.dup(PROVISIONAL, { least: 10 })
      restore(shell, saved)
      shell.assign(name, String(fd))
    })
  }
}

function compileNumbered(compiler: Compiler, redirection: Redirection): Apply {
  switch (redirection.kind) {
    case 'file':
      return compileFile(compiler, redirection)
    case 'duplicate':
      return compileDuplication(compiler, redirection)
    case 'here-document':
      return hereText(compiler.text(redirection.body, { tilde: 'none' }), redirection.fd ?? 0, '')
    case 'here-string':
      return hereText(compiler.text(redirection.target, { tilde: 'none' }), redirection.fd ?? 0, '\n')
  }
}

function hereText(text: TextOf, fd: number, end: string): Apply {
  return (shell, saved) => {
    const put = (value: string) => {
      save(shell, saved, fd)
      shell.proc.fds.put(fd, new HereText(value + end))
    }
    const failed = (error: unknown): never => refuseDocument(shell, error)
    try {
      const value = text(shell)
      return typeof value === 'string' ? put(value) : value.then(put, failed)
    } catch (error) {
      return failed(error)
    }
  }
}

/** An error in a document's body is one of the redirection, as ash and dash have it: it does not end the shell. */
function refuseDocument(shell: Shell, error: unknown): never {
  if (!(error instanceof ExpansionError) || error.status === 130) throw error
  shell.report(error)
  throw new RedirectionError('')
}

function compileFile(compiler: Compiler, { fd, operator, target }: FileRedirection): Apply {
  const path = compiler.text(target)
  const isInput = operator === '<' || operator === '<>'
  const fds = operator.startsWith('&') ? [1, 2] : [fd ?? (isInput ? 0 : 1)]
  return (shell, saved) =>
    andThen(path(shell), file => andThen(open(shell, file, operator), opened => move(shell, saved, opened, fds)))
}

function open(shell: Shell, path: string, operator: FileRedirection['operator']): Later<number> {
  const refused = (error: unknown): never => refuse(error, path, operator)
  try {
    const isClobbering = (operator === '>' || operator === '&>') && shell.options.has('noclobber')
    if (isClobbering && isOrdinary(shell, path)) throw new SysError('EEXIST')
    const opened = shell.proc.open(path, {
      ...FLAGS[operator],
      ...(isClobbering && isMissing(shell, path) && { exclusive: true }),
    })
    return opened instanceof Promise ? opened.catch(refused) : opened
  } catch (error) {
    return refused(error)
  }
}

const FLAGS: Readonly<Record<FileRedirection['operator'], OpenFlags>> = {
  '<': { read: true },
  '<>': { read: true, write: true, create: true },
  '>': { write: true, create: true, truncate: true },
  '>|': { write: true, create: true, truncate: true },
  '&>': { write: true, create: true, truncate: true },
  '>>': { write: true, create: true, append: true },
  '&>>': { write: true, create: true, append: true },
}

function refuse(error: unknown, path: string, operator: string): never {
  if (!(error instanceof SysError)) throw error
  const isMissing = error.errno === 'ENOENT' || error.errno === 'ENOTDIR'
  if (operator === '<') throw new RedirectionError(`can't open ${path}: ${isMissing ? 'no such file' : error.message}`)
  throw new RedirectionError(`can't create ${path}: ${isMissing ? 'nonexistent directory' : error.message}`)
}

function isOrdinary(shell: Shell, path: string): boolean {
  try {
    return shell.proc.stat(path).kind === 'file'
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return false
  }
}

function isMissing(shell: Shell, path: string): boolean {
  try {
    shell.proc.lstat(path)
    return false
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return true
  }
}

/** The opened file becomes the fds, and its own number is free again unless it is one of them. */
function move(shell: Shell, saved: Saved, opened: number, fds: readonly number[]): void {
  for (const fd of fds) {
    if (fd === opened) {
      // It was closed, so opening has filled its place already.
      if (!saved.has(fd)) saved.set(fd, undefined)
      continue
    }
    save(shell, saved, fd)
    duplicate(shell, opened, fd)
  }
  if (!fds.includes(opened)) shell.proc.close(opened)
}

function compileDuplication(compiler: Compiler, { fd, operator, target }: Duplication): Apply {
  const text = compiler.text(target)
  const to = fd ?? (operator === '<&' ? 0 : 1)
  const toFile = compileFile(compiler, {
    kind: 'file',
    operator: '&>',
    target,
    line: target.line,
    offset: target.offset,
  })
  const isFileToo = operator === '>&' && fd === undefined
  return (shell, saved) =>
    andThen(text(shell), from => {
      if (from === '-') {
        save(shell, saved, to)
        if (shell.proc.fds.has(to)) shell.proc.close(to)
        return
      }
      if (/^\d+$/.test(from)) return copy(shell, saved, Number(from), to)
      // bash: `2>&1-` moves it.
      if (shell.bash && /^\d+-$/.test(from)) return moveAcross(shell, saved, Number.parseInt(from, 10), to)
      if (isFileToo && from !== '') return toFile(shell, saved)
      throw new ExpansionError('syntax error: bad fd number')
    })
}

function moveAcross(shell: Shell, saved: Saved, from: number, to: number): void {
  copy(shell, saved, from, to)
  if (from === to) return
  save(shell, saved, from)
  shell.proc.close(from)
}

function copy(shell: Shell, saved: Saved, from: number, to: number): void {
  // ash: a copy of itself is none, and not looked at.
  if (from === to) return
  if (!shell.proc.fds.has(from)) throw new RedirectionError(`${from}: Bad file descriptor`)
  save(shell, saved, to)
  duplicate(shell, from, to)
}

function duplicate(shell: Shell, from: number, to: number): void {
  try {
    shell.proc.dup(from, { onto: to })
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    throw new RedirectionError(`${to}: ${error.message}`)
  }
}

function save(shell: Shell, saved: Saved, fd: number): void {
  if (saved.has(fd)) return
  const { proc } = shell
  saved.set(fd, proc.fds.has(fd) ? proc.dup(fd, { least: 10, closeOnExec: true }) : undefined)
}

function restore(shell: Shell, saved: Saved): void {
  const { proc } = shell
  for (const [fd, copy] of [...saved].reverse()) {
    if (copy === undefined) {
      if (proc.fds.has(fd)) proc.close(fd)
      continue
    }
    proc.dup(copy, { onto: fd })
    proc.close(copy)
  }
  saved.clear()
}

function closeSaved(shell: Shell, saved: Saved): void {
  for (const copy of saved.values()) if (copy !== undefined) shell.proc.close(copy)
  saved.clear()
}

export interface RedirectedOptions {
  /** `exec`: the redirections stay. */
  readonly isKept?: boolean
  /** A refusal ends the shell (POSIX XCU 2.8.1). */
  readonly isSpecial?: boolean
  /** ash: they are a subshell's, which ends with 2 when one is refused; where others have 1. */
  readonly isSubshell?: boolean
}

/** Runs a piece with redirections. A refusal is reported, and the piece is not run: status 1. */
export function runRedirected(
  shell: Shell,
  redirect: Redirect,
  piece: () => Completion,
  how: RedirectedOptions = {},
): Completion {
  const refused = (error: unknown): number => {
    if (!(error instanceof RedirectionError)) throw error
    if (how.isSpecial) throw reported(error)
    return (shell.status = how.isSubshell && !shell.bash ? 2 : 1)
  }
  let undo: Later<Undo>
  try {
    undo = redirect(shell)
  } catch (error) {
    return refused(error)
  }
  if (undo instanceof Promise) {
    return undo.then(later => runBetween(shell, piece, how.isKept ? () => later('keep') : later), refused)
  }
  const now = undo
  return runBetween(shell, piece, how.isKept ? () => now('keep') : now)
}

function reported(error: RedirectionError): ExpansionError {
  const fatal = new ExpansionError(error.message, 1)
  fatal.isReported = true
  return fatal
}

function runBetween(shell: Shell, piece: () => Completion, undo: () => Later<void>): Completion {
  let done: Completion
  const failed = (error: unknown): never => {
    // `exec` takes them along.
    if (error instanceof Replacement) throw error
    // What ends the shell is told where stderr leads at that moment: `f 2>/dev/null` is silent.
    if (error instanceof ExpansionError) shell.report(error)
    undoAnyway(undo)
    throw error
  }
  try {
    done = piece()
  } catch (error) {
    return failed(error)
  }
  if (done instanceof Promise) return done.then(finished => undone(shell, finished, undo), failed)
  return undone(shell, done, undo)
}

/** What is left to print may be refused: that is the command's failure. */
function undone(shell: Shell, done: Finished, undo: () => Later<void>): Completion {
  const refused = (error: unknown): Finished => {
    if (!(error instanceof SysError)) throw error
    undoAnyway(undo)
    shell.complainBriefly(`write error: ${error.message}`)
    return typeof done === 'number' ? (shell.status = 1) : done
  }
  try {
    const waiting = undo()
    return waiting ? waiting.then(() => done, refused) : done
  } catch (error) {
    return refused(error)
  }
}

function undoAnyway(undo: () => Later<void>): void {
  try {
    const waiting = undo()
    if (waiting) waiting.catch(ignoreRefusal)
  } catch (error) {
    ignoreRefusal(error)
  }
}

function ignoreRefusal(error: unknown): void {
  if (!(error instanceof SysError)) throw error
}
