// Variables whose values are made when they are asked for, beside those of ash.

import { print } from '../printer.ts'
import type { Shell } from '../shell.ts'
import type { Statement } from '../syntax.ts'
import { MADE } from './made-arrays.ts'
import { shoptNames } from './shopt-names.ts'

export const COMPUTED: ReadonlyMap<string, (shell: Shell) => string | undefined> = new Map([
  ...[...MADE].map(([name, make]) => [name, (shell: Shell) => make(shell)[0]] as const),
  ['SECONDS', shell => String(Math.floor((shell.proc.kernel.clock.now() - (shell.bash?.begun ?? 0)) / 1000))],
  ['BASHPID', shell => String(shell.proc.pid)],
  ['BASH_SUBSHELL', shell => String(shell.bash?.subshells ?? 0)],
  ['BASH_COMMAND', shell => commandText(shell.bash?.command ?? '')],
  ['SRANDOM', shell => String((shell.random() << 15) | shell.random())],
  ['SHELLOPTS', shell => shell.options.names.join(':')],
  ['BASHOPTS', shell => shoptNames.filter(name => shell.bash?.shopt.has(name)).join(':')],
] as const)

function commandText(command: string | Statement): string {
  return typeof command === 'string' ? command : print(command)
}
