// The call stack: FUNCNAME, BASH_SOURCE, BASH_LINENO, `caller`.

import type { Compiler, Run } from '../compiler.ts'
import { andThen, type Completion, type Finished } from '../run/completion.ts'
import type { Shell } from '../shell.ts'
import type { BashState, CallFrame } from '../state/bash-state.ts'
import type { FunctionDefinition } from '../syntax.ts'
import { debugged, returned } from './debug-trap.ts'

/** Which file each function came from. */
const files = new WeakMap<FunctionDefinition, string>()

export function defineFunction(shell: Shell, definition: FunctionDefinition): number {
  files.set(definition, fileOf(shell))
  if (isReadOnlyFunction(shell, definition.name)) {
    shell.complain(`${definition.name}: readonly function`)
    return (shell.status = 1)
  }
  shell.define(definition)
  return (shell.status = 0)
}

function isReadOnlyFunction(shell: Shell, name: string): boolean {
  return shell.bash?.readonlyFunctions.has(name) === true
}

/** A function's body between its frame's coming and going. */
export function compileFunctionBody(compiler: Compiler, definition: FunctionDefinition): Run {
  const body = compiler.statement(definition.body)
  const { name } = definition
  return shell => {
    const source = files.get(definition) ?? fileOf(shell)
    const frame = { name, line: shell.line, source, positional: shell.positional }
    return inFrame(shell, frame, () => {
      const before = shell.traps.action('DEBUG') === undefined ? undefined : debugged(shell, definition.line, name)
      return before ? before.then(() => body(shell)) : body(shell)
    })
  }
}

export function sourceOf(shell: Shell, definition: FunctionDefinition): string {
  return files.get(definition) ?? fileOf(shell)
}

/** The file that runs now. */
export function fileOf(shell: Shell): string {
  const outer = shell.bash?.frames.at(-1)?.source
  if (outer !== undefined) return outer
  return shell.options.isFixed('c') || shell.options.isFixed('s')
    ? shell.options.isFixed('s')
      ? 'main'
      : 'environment'
    : shell.name
}

export function inFrame(shell: Shell, frame: CallFrame, run: () => Completion): Completion {
  const { bash } = shell
  if (!bash) return run()
  const { frames } = bash
  bash.frames = [...frames, frame]
  // The names of <(...) that it was given are there until it returns.
  const held = shell.substitutionFds.splice(0)
  if (held.length > 0)
    return andThen(framed(shell, bash, frames, run), done => {
      shell.substitutionFds.push(...held)
      return done
    })
  return framed(shell, bash, frames, run)
}

function framed(shell: Shell, bash: BashState, frames: readonly CallFrame[], run: () => Completion): Completion {
  let done: Completion
  try {
    done = run()
  } catch (error) {
    bash.frames = frames
    throw error
  }
  if (done instanceof Promise) return leaveLater(shell, frames, done)
  return leave(shell, frames, done)
}

function leave(shell: Shell, frames: readonly CallFrame[], done: Finished): Completion {
  const ended = shell.traps.action('RETURN') === undefined ? done : returned(shell, done)
  if (ended instanceof Promise) return leaveLater(shell, frames, ended)
  if (shell.bash) shell.bash.frames = frames
  return ended
}

async function leaveLater(shell: Shell, frames: readonly CallFrame[], pending: Promise<Finished>): Promise<Finished> {
  try {
    const done = await pending
    return shell.traps.action('RETURN') === undefined ? done : await returned(shell, done)
  } finally {
    if (shell.bash) shell.bash.frames = frames
  }
}
