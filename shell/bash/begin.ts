// What a bash finds when it begins: its variables, its options, and functions from the environment.

import { Parser } from '../parser.ts'
import { parserOptions } from '../run/parser-options.ts'
import type { Shell } from '../shell.ts'
import { optionOfName } from '../state/options.ts'
import { Traits } from '../state/traits.ts'
import { ShellSyntaxError } from '../syntax-error.ts'
import { assignValues } from './arrays.ts'
import { shoptNames } from './shopt-names.ts'

export const VERSION = '5.2.15(1)-release'

export function beginShell(shell: Shell): void {
  const { variables, options, proc } = shell
  options.set('braceexpand', true)
  options.set('hashall', true)
  options.set('interactive-comments', true)
  const { uid, euid } = proc.credentials
  const settings: readonly (readonly [string, string])[] = [
    ['BASH', '/bin/bash'],
    ['BASH_VERSION', VERSION],
    ['HOSTNAME', proc.kernel.hostname],
    ['HOSTTYPE', 'x86_64'],
    ['MACHTYPE', 'x86_64-pc-linux-gnu'],
    ['OSTYPE', 'linux-gnu'],
    ['UID', String(uid)],
    ['EUID', String(euid)],
    ['OPTERR', '1'],
    ['PS4', variables.get('PS4') ?? '+ '],
  ]
  for (const [name, value] of settings) variables.set(name, value)
  variables.set('SHLVL', String((Number.parseInt(variables.get('SHLVL') ?? '0', 10) || 0) + 1))
  variables.mark('SHLVL', { isExported: true })
  variables.set('_', variables.get('_') ?? '/bin/bash')
  assignValues(shell, 'BASH_VERSINFO', ['5', '2', '15', '1', 'release', 'x86_64-pc-linux-gnu'])
  for (const name of ['BASH_VERSINFO', 'UID', 'EUID', 'PPID']) variables.mark(name, { isReadOnly: true })
  variables.unset('PS2')
  variables.set('PS2', '> ')
  if (variables.lookup('OLDPWD') === undefined) variables.mark('OLDPWD', { isExported: true })
  for (const name of SETTINGS) importOptions(shell, name)
  importFunctions(shell)
}

const SETTINGS = ['SHELLOPTS', 'BASHOPTS'] as const

/** Their values are made when asked for; what the environment brings is switched on. */
function importOptions(shell: Shell, name: (typeof SETTINGS)[number]): void {
  const given = shell.proc.env.get(name)?.split(':') ?? []
  const bash = shell.bash!
  if (name === 'BASHOPTS') bash.shopt = new Set([...bash.shopt, ...given.filter(each => shoptNames.includes(each))])
  for (const each of name === 'SHELLOPTS' ? given : []) {
    const option = optionOfName(each, 'bash')
    if (option) shell.options.set(option, true)
  }
  shell.variables.change(name, variable => {
    variable.setText(undefined)
    variable.traits ??= new Traits()
    variable.traits.isMade = true
  })
  shell.variables.mark(name, { isReadOnly: true })
}

/** `export -f`: BASH_FUNC_name%%=() { ...; } */
function importFunctions(shell: Shell): void {
  for (const [name, value] of shell.proc.env) {
    const found = /^BASH_FUNC_(.+)%%$/.exec(name)
    if (!found || !value.startsWith('()')) continue
    try {
      const command = new Parser(`${found[1]} ${value}`, parserOptions(shell)).next()?.items[0]?.command
      if (command?.kind === 'function') shell.define(command)
    } catch (error) {
      if (!(error instanceof ShellSyntaxError)) throw error
    }
  }
}
