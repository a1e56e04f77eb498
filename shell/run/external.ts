// Commands that are files: a child is forked, and replaces itself by the program (POSIX XCU 2.9.1.6).

import { SysError } from '../../kernel/errno.ts'
import type { Process } from '../../kernel/process.ts'
import { decode } from '../../lib/bytes.ts'
import type { Redirect } from '../compiler.ts'
import { ExpansionError } from '../expansion-error.ts'
import type { Shell } from '../shell.ts'
import { findUnexecutable } from '../state/command-hash.ts'
import { andThen, type Completion, type Later } from './completion.ts'
import { waitForeground } from './foreground.ts'
import { flushAnyway, forkChild, forkShell } from './fork.ts'
import { RedirectionError } from './redirection.ts'

export interface ExternalCall {
  readonly path: string
  readonly argv: readonly string[]
  readonly env: ReadonlyMap<string, string>
  readonly redirect: Redirect | undefined
  /** What `jobs` calls it. */
  readonly texts?: () => readonly string[]
}

export function runExternal(shell: Shell, call: ExternalCall): Completion {
  return andThen(flushAnyway(shell), () => {
    const child = call.redirect ? forkRedirected(shell, call, call.redirect) : forkPlain(shell, call)
    return waitForeground(shell, {
      pids: [child.pid],
      pgid: child.pgid,
      texts: call.texts ?? (() => [call.argv.join(' ')]),
    })
  })
}

/** In a shell that has nothing left to do. */
export function replaceByExternal(shell: Shell, call: ExternalCall): Completion {
  const piece = () => exec(shell.proc, call, () => shell)
  return andThen(flushAnyway(shell), () => (call.redirect ? redirected(shell, call.redirect, piece) : piece()))
}

function forkRedirected(shell: Shell, call: ExternalCall, redirect: Redirect): Process {
  const body = (inner: Shell) =>
    reported(inner, () => redirected(inner, redirect, () => exec(inner.proc, call, () => inner)))
  return forkShell(shell, body, { isForeground: true })
}

/** What is expanded in the child, and fails there, ends the child. */
function reported(shell: Shell, piece: () => Later<number>): Later<number> {
  const refused = (error: unknown): number => {
    if (!(error instanceof ExpansionError)) throw error
    shell.report(error)
    return 1
  }
  try {
    const done = piece()
    return done instanceof Promise ? done.catch(refused) : done
  } catch (error) {
    return refused(error)
  }
}

/** No copy of the shell is needed, unless there is something to complain of. */
function forkPlain(shell: Shell, call: ExternalCall): Process {
  const body = (child: Process) => {
    shell.traps.releaseOwn(child)
    return exec(child, call, () => shell.fork(child))
  }
  return forkChild(shell, body, { isForeground: true })
}

function redirected(shell: Shell, redirect: Redirect, piece: () => Later<number>): Later<number> {
  const refused = (error: unknown): number => {
    if (!(error instanceof RedirectionError)) return refusedName(shell, error)
    if (error.message !== '') shell.complain(error.message)
    return 1
  }
  try {
    const ready = redirect(shell)
    return ready instanceof Promise ? ready.then(piece).catch(refused) : piece()
  } catch (error) {
    return refused(error)
  }
}

function refusedName(shell: Shell, error: unknown): number {
  if (!(error instanceof ExpansionError)) throw error
  shell.report(error)
  return error.status
}

/** Replaces the process's program; returns only when that fails, which the shell of that process reports. */
export function exec(
  proc: Process,
  call: Omit<ExternalCall, 'redirect' | 'texts'>,
  shellOf: () => Shell,
): Later<number> {
  try {
    proc.exec(call.path, call.argv, call.env)
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    if (error.errno === 'ENOEXEC') return runAsScript(shellOf(), call)
    return cannotExecute(shellOf(), call.argv[0] ?? call.path, error)
  }
}

/** 127 when it is not there, 126 when it is but cannot be run (POSIX XCU 2.8.2). */
function cannotExecute(shell: Shell, name: string, error: SysError): number {
  const isMissing = error.errno === 'ENOENT' || error.errno === 'ENOTDIR'
  shell.complain(`${name}: ${isMissing ? 'not found' : error.message}`)
  return isMissing ? 127 : 126
}

/** A file that no format knows is a script, unless its first line holds a NUL: then it is some other machine's. */
function runAsScript(shell: Shell, script: Omit<ExternalCall, 'redirect' | 'texts'>): Later<number> {
  const head = decode(shell.proc.contentsOf(script.path, 256))
  if (/^[^\n]*\0/.test(head)) return cannotExecute(shell, script.argv[0] ?? script.path, new SysError('ENOEXEC'))
  return shell.language.runScript(shell.proc, script)
}

export function notFound(shell: Shell, name: string, path = shell.variables.get('PATH') ?? ''): number {
  // ash: a name that is empty finds the directories of PATH themselves.
  if (name === '' && path !== '') {
    shell.complain(': Permission denied')
    return 127
  }
  const isThere = findUnexecutable(shell.proc, name, path)
  shell.complain(`${name}: ${isThere ? 'Permission denied' : 'not found'}`)
  return isThere ? 126 : 127
}
