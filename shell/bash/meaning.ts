// What a name means as a command, in the order in which bash looks: `type -a` shows all.

import type { Shell } from '../shell.ts'

export interface Meaning {
  readonly kind: 'alias' | 'keyword' | 'function' | 'builtin' | 'file'
  /** The alias's value, or the file's path. */
  readonly text: string
}

const KEYWORDS: ReadonlySet<string> = new Set(
  '! case coproc do done elif else esac fi for function if in select then time until while { } [[ ]]'.split(' '),
)

export function meaningsOf(
  shell: Shell,
  name: string,
  how: { skipsFunctions?: boolean; onlyFiles?: boolean } = {},
): readonly Meaning[] {
  const found: Meaning[] = []
  if (!how.onlyFiles) {
    const alias = shell.bash?.shopt.has('expand_aliases') ? shell.aliases.get(name) : undefined
    if (alias !== undefined) found.push({ kind: 'alias', text: alias })
    if (KEYWORDS.has(name)) found.push({ kind: 'keyword', text: name })
    if (!how.skipsFunctions && shell.functions.has(name)) found.push({ kind: 'function', text: name })
    if (hasBuiltin(shell, name)) found.push({ kind: 'builtin', text: name })
  }
  return [...found, ...filesOf(shell, name).map(text => ({ kind: 'file', text }) as const)]
}

export function hasBuiltin(shell: Shell, name: string): boolean {
  return shell.language.builtins.has(name) && shell.bash?.disabled.has(name) !== true
}

function filesOf(shell: Shell, name: string): string[] {
  if (name.includes('/')) return shell.isRunnable(name) ? [name] : []
  return (shell.variables.get('PATH') ?? '')
    .split(':')
    .map(directory => `${directory === '' ? '.' : directory}/${name}`)
    .filter(path => name !== '' && shell.isRunnable(path))
}
