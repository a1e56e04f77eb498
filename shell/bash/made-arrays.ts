// Arrays that are made when somebody asks for them: the call stack, PIPESTATUS, BASH_REMATCH, DIRSTACK.

import type { Shell } from '../shell.ts'
import { type BashArray, IndexedArray } from '../state/arrays.ts'

export function madeArray(shell: Shell, name: string): BashArray | undefined {
  const values = shell.variables.lookup(name) ? undefined : MADE.get(name)?.(shell)
  return values && IndexedArray.of(values)
}

export const MADE: ReadonlyMap<string, (shell: Shell) => readonly string[]> = new Map([
  ['FUNCNAME', functionNames],
  ['BASH_LINENO', callLines],
  ['BASH_SOURCE', sources],
  ['PIPESTATUS', shell => (shell.bash?.pipeStatus ?? [shell.status]).map(String)],
  ['BASH_REMATCH', shell => shell.bash?.matched ?? []],
  ['DIRSTACK', shell => [shell.directory, ...(shell.bash?.directories ?? [])]],
  ['GROUPS', shell => [shell.proc.credentials.gid, ...shell.proc.credentials.groups].map(String)],
])

function framesOf(shell: Shell) {
  return [...(shell.bash?.frames ?? [])].reverse()
}

function callLines(shell: Shell): string[] {
  const lines = framesOf(shell).map(({ line }) => String(line))
  return shell.options.isFixed('c') || shell.options.isFixed('s') ? lines : [...lines, '0']
}

/** `main` is there only while a function runs, and where there is a script. */
function functionNames(shell: Shell): string[] {
  const names = framesOf(shell).map(({ name }) => name)
  const isFile = !shell.options.isFixed('c') && !shell.options.isFixed('s')
  if (names.every(name => name === 'source')) return []
  return isFile ? [...names, 'main'] : names
}

function sources(shell: Shell): string[] {
  const files = framesOf(shell).map(({ source }) => source)
  return shell.options.isFixed('c') || shell.options.isFixed('s') ? files : [...files, shell.name]
}
