// PS1 and its like as bash expands them: the escapes first, then the text as if in double quotes.

import { strftime } from '../../lib/strftime.ts'
import { parseTimeZone } from '../../lib/time-zone.ts'
import { ExpansionError } from '../expansion-error.ts'
import { andThen, type Later } from '../run/completion.ts'
import { userName } from '../run/prompt.ts'
import { promptText } from '../run/prompt-text.ts'
import { runText } from '../run/text.ts'
import type { PromptNumbers, Shell } from '../shell.ts'
import { arrayOf } from './arrays.ts'
import { VERSION } from './begin.ts'
import { isOn } from './patterns.ts'

const USUAL = '\\s-\\v\\$ '

/** \[ and \] become \x01 and \x02, which tell the editor what takes no columns. */
export function bashPrompt(shell: Shell, text: string | undefined, numbers: PromptNumbers): Later<string> {
  const escapes = /\\(D\{[^}]*\}|[0-7]{3}|[\s\S])/g
  const isExpanded = isOn(shell, 'promptvars')
  const decoded = (text ?? USUAL).replace(escapes, (whole, sequence: string) => {
    const found = escapeOf(shell, sequence, numbers)
    // bash: an escape that is none keeps its backslash. What an escape stands for is not expanded.
    if (found === undefined) return whole
    return isExpanded ? found.replace(/[$`\\]/g, '\\$&') : found
  })
  return isExpanded ? promptText(shell, decoded) : decoded
}

function escapeOf(shell: Shell, sequence: string, numbers: PromptNumbers): string | undefined {
  const [first = ''] = sequence
  if (first === 'D' && sequence.length > 1) return timeOf(shell, sequence.slice(2, -1) || '%H:%M:%S')
  if (/^[0-7]{3}/.test(sequence)) return String.fromCharCode(Number.parseInt(sequence, 8) & 255)
  const format = TIMES.get(first)
  if (format !== undefined) return timeOf(shell, format)
  const { kernel } = shell.proc
  switch (first) {
    case '!':
      return String(shell.history?.nextNumber ?? numbers.history)
    case '#':
      return String(numbers.command)
    case '$':
      return shell.proc.credentials.euid === 0 ? '#' : '$'
    case 'u':
      return userName(shell)
    case 'h':
      return kernel.hostname.replace(/\..*/, '')
    case 'H':
      return kernel.hostname
    case 's':
      return (shell.proc.argv[0] ?? 'bash').replace(/^.*\//, '')
    case 'v':
      return /^\d+\.\d+/.exec(VERSION)?.[0]
    case 'V':
      return /^\d+\.\d+\.\d+/.exec(VERSION)?.[0]
    case 'j':
      return String(shell.jobs.list.length)
    case 'l':
      return String(shell.proc.terminal(0)?.number ?? 'tty')
    case 'w':
      return trimmed(shell, directoryOf(shell))
    case 'W':
      return lastComponent(directoryOf(shell))
  }
  return PLAIN.get(first)
}

const TIMES: ReadonlyMap<string, string> = new Map([
  ['t', '%H:%M:%S'],
  ['T', '%I:%M:%S'],
  ['@', '%I:%M %p'],
  ['A', '%H:%M'],
  ['d', '%a %b %d'],
])

const PLAIN: ReadonlyMap<string, string> = new Map([
  ['a', '\x07'],
  ['e', '\x1b'],
  ['n', '\n'],
  ['r', '\r'],
  ['\\', '\\'],
  ['[', '\x01'],
  [']', '\x02'],
])

function timeOf({ proc, variables }: Shell, format: string): string {
  return strftime(format, proc.kernel.nanoseconds(), parseTimeZone(variables.get('TZ')))
}

function directoryOf({ directory, variables }: Shell): string {
  const home = variables.get('HOME') ?? ''
  if (home === '' || home === '/') return directory
  if (directory === home) return '~'
  return directory.startsWith(`${home}/`) ? `~${directory.slice(home.length)}` : directory
}

/** PROMPT_DIRTRIM: so many directories at the end, when there are more. */
function trimmed({ variables }: Shell, directory: string): string {
  const count = Number(variables.get('PROMPT_DIRTRIM') ?? 0)
  if (!(count > 0)) return directory
  const [root, rest] = directory.startsWith('~/') ? ['~/', directory.slice(2)] : ['', directory.replace(/^\//, '')]
  const names = rest.split('/')
  return names.length > count ? `${root}.../${names.slice(-count).join('/')}` : directory
}

function lastComponent(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1) || path
}

/** PROMPT_COMMAND: one text, or each of an array. `$?` is what it was. */
export async function beforePrompt(shell: Shell): Promise<void> {
  const array = arrayOf(shell, 'PROMPT_COMMAND')
  const texts = array ? array.values() : [shell.variables.get('PROMPT_COMMAND') ?? '']
  for (const text of texts) {
    if (text === '') continue
    const { status } = shell
    const mark = shell.mark()
    try {
      await runText(shell, text)
    } catch (error) {
      shell.rewind(mark)
      if (!(error instanceof ExpansionError)) throw error
      shell.report(error)
    }
    shell.status = status
  }
}

export function beforeCommand(shell: Shell, numbers: PromptNumbers): Later<void> {
  const text = shell.variables.get('PS0') ?? ''
  if (text === '') return undefined
  return andThen(bashPrompt(shell, text, numbers), shown => shell.say(shown.replace(/[\x01\x02]/g, '')))
}
