// The options of bash's command line that are words: --norc, --rcfile FILE, -O NAME.

import { ExpansionError } from '../expansion-error.ts'
import type { Shell } from '../shell.ts'
import { VERSION } from './begin.ts'
import { shoptNames } from './shopt-names.ts'

/** `words`: what follows, to take an argument from. A number: the shell ends with it; false: it is no such option. */
export function takeOption(shell: Shell, word: string, words: string[]): boolean | number {
  if (word === '-O' || word === '+O') return takeShopt(shell, words.shift(), word === '-O')
  if (!word.startsWith('--')) return false
  const bash = shell.bash!
  const name = word.slice(2)
  switch (name) {
    case 'norc':
    case 'noprofile':
      bash.skips = new Set([...bash.skips, name])
      return true
    case 'noediting':
    case 'debugger':
      return true
    case 'login':
      shell.options.fix('l')
      return true
    case 'posix':
    case 'verbose':
      shell.options.set(name, true)
      return true
    case 'rcfile':
    case 'init-file':
      bash.rcFile = words.shift()
      return true
    case 'version':
      shell.proc.stdout.write(VERSION_TEXT)
      return 0
    case 'help':
      shell.proc.stdout.write(HELP)
      return 0
  }
  throw new ExpansionError(`${word}: invalid option`, 2)
}

function takeShopt(shell: Shell, name: string | undefined, on: boolean): boolean {
  const bash = shell.bash!
  if (name === undefined || !shoptNames.includes(name)) {
    throw new ExpansionError(`${name ?? ''}: invalid shell option name`, 2)
  }
  const shopt = new Set(bash.shopt)
  if (on) shopt.add(name)
  else shopt.delete(name)
  bash.shopt = shopt
  return true
}

const VERSION_TEXT = `cowbox bash, as GNU bash, version ${VERSION} (x86_64-pc-linux-gnu)\n`

const HELP = `Usage: bash [OPTION]... [-c COMMAND | FILE] [ARG]...

  --help --init-file FILE --login --noediting --noprofile --norc --posix --rcfile FILE --verbose --version
  -O NAME, +O NAME   switch an option of shopt on or off
  -o NAME, and the letters of set

Run the commands of FILE, of COMMAND, or of stdin.
`
