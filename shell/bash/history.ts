// The history as bash keeps it: what HISTCONTROL and HISTIGNORE let in, commands of several lines as one, and its file.

import { SysError } from '../../kernel/errno.ts'
import { decode, encode } from '../../lib/bytes.ts'
import { compilePattern } from '../../lib/pattern.ts'
import { History } from '../interactive/history.ts'
import type { Shell } from '../shell.ts'
import { expandHistory } from './history-expansion.ts'
import { isOn } from './patterns.ts'

/** Without HISTSIZE. */
const SIZE = '500'

export function historyOf(shell: Shell): History {
  shell.history ??= new History(() => limitOf(shell.variables.get('HISTSIZE')))
  return shell.history
}

/** bash: a number below 0, or what is none, means no limit. */
function limitOf(text: string | undefined): number {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : Number.POSITIVE_INFINITY
}

/** An interactive shell's, with what its file holds. */
export function bashHistory(shell: Shell): History {
  const { options, variables } = shell
  options.set('history', true)
  options.set('histexpand', true)
  const home = variables.get('HOME')
  const defaults = [
    ['HISTSIZE', SIZE],
    ['HISTFILESIZE', variables.get('HISTSIZE') ?? SIZE],
  ] as const
  for (const [name, value] of defaults) if (variables.get(name) === undefined) variables.set(name, value)
  if (variables.lookup('HISTFILE') === undefined && home !== undefined)
    variables.set('HISTFILE', `${home}/.bash_history`)
  const history = historyOf(shell)
  const file = variables.get('HISTFILE') ?? ''
  if (file !== '') readHistory(shell, file)
  return history
}

/** bash: with histappend what is new is added to the file, and otherwise the file becomes what there is. */
export function saveHistory(shell: Shell): void {
  const { bash, variables } = shell
  const file = variables.get('HISTFILE') ?? ''
  if (!bash || file === '' || bash.historyAdded === 0) return
  const { lines } = historyOf(shell)
  const isWhole = !isOn(shell, 'histappend') || bash.historyAdded > lines.length
  writeHistory(shell, file, isWhole ? lines.length : bash.historyAdded, !isWhole)
  truncateFile(shell, file)
}

function truncateFile(shell: Shell, file: string): void {
  const limit = limitOf(shell.variables.get('HISTFILESIZE'))
  const lines = linesOfFile(shell, file)
  if (lines === undefined || lines.length <= limit) return
  writeFile(
    shell,
    file,
    lines
      .slice(lines.length - limit)
      .map(line => `${line}\n`)
      .join(''),
    false,
  )
}

/** A line as it is read, with its newline: expanded and remembered; undefined: its expansion has failed, or was only to be shown. */
export function takeLine(shell: Shell, line: string, isContinued: boolean): string | undefined {
  const { options } = shell
  const remembers = options.has('history')
  if (!remembers) return line
  const text = line.replace(/\n$/, '')
  const expanded = options.has('histexpand') ? expandHistory(shell, historyOf(shell), text) : { text }
  if ('error' in expanded) {
    shell.complainOf(expanded.error)
    return undefined
  }
  const isChanged = expanded.text !== text
  if (isChanged || expanded.isShownOnly) shell.say(`${expanded.text}\n`)
  remember(shell, expanded.text, isContinued)
  return expanded.isShownOnly ? undefined : `${expanded.text}${line.endsWith('\n') ? '\n' : ''}`
}

function remember(shell: Shell, line: string, isContinued: boolean): void {
  const { bash } = shell
  const history = historyOf(shell)
  if (!bash) return
  if (isContinued && bash.isLineKept && isOn(shell, 'cmdhist')) {
    const before = history.lines.at(-1) ?? ''
    history.extendLast(`${isOn(shell, 'lithist') ? '\n' : joint(before)}${line}`)
    return
  }
  bash.isLineKept = isKept(shell, history, line)
  if (bash.isLineKept) add(shell, line)
}

export function add(shell: Shell, line: string): void {
  const history = historyOf(shell)
  const controls = (shell.variables.get('HISTCONTROL') ?? '').split(':')
  if (controls.includes('erasedups')) {
    for (let at = history.lines.length - 1; at >= 0; at--) if (history.lines[at] === line) history.remove(at, 1)
  }
  history.push(line, Math.floor(shell.proc.kernel.clock.now() / 1000))
  if (shell.bash) shell.bash.historyAdded++
}

function isKept(shell: Shell, { lines }: History, line: string): boolean {
  if (line.trim() === '') return false
  const controls = new Set((shell.variables.get('HISTCONTROL') ?? '').split(':'))
  const ignores = (name: string) => controls.has(name) || controls.has('ignoreboth')
  if (ignores('ignorespace') && line.startsWith(' ')) return false
  const last = lines.at(-1)
  if (ignores('ignoredups') && last === line) return false
  const patterns = (shell.variables.get('HISTIGNORE') ?? '').split(':').filter(pattern => pattern !== '')
  // An unescaped & is the line before.
  const before = (last ?? '').replace(/[*?[\]\\]/g, '\\$&')
  return !patterns.some(pattern => compilePattern(pattern.replace(/(?<!\\)&/g, before)).matches(line))
}

/** What joins the lines of a command so that they can be read again. */
function joint(before: string): string {
  if (isQuoteOpen(before)) return '\n'
  if (/<<-?\s*\S/.test(before)) return '\n'
  if (/(?:^|[\s;&|(){}])(?:do|then|else|elif|if|while|until|in)\s*$|[;&|({]\s*$/.test(before)) return ' '
  return '; '
}

function isQuoteOpen(text: string): boolean {
  const rest = text.replace(/\\[\s\S]|'[^']*'|"(?:\\[\s\S]|[^"\\])*"|#.*$/g, '')
  return /['"]/.test(rest)
}

// --- its file ----------------------------------------------------------------------------------------------------------

/** false: it cannot be read. `from`: how many of its lines are known already. */
export function readHistory(shell: Shell, file: string, from = 0): boolean {
  const lines = linesOfFile(shell, file)
  if (lines === undefined) return false
  const history = historyOf(shell)
  let time: number | undefined
  for (const line of lines.slice(from)) {
    if (/^#\d+$/.test(line)) {
      time = Number(line.slice(1))
      continue
    }
    if (line !== '') history.push(line, time)
    time = undefined
  }
  if (shell.bash) shell.bash.historyRead = lines.length
  return true
}

/** The last of the lines, with their times when HISTTIMEFORMAT is set. */
export function writeHistory(shell: Shell, file: string, count: number, isAppended: boolean): boolean {
  const history = historyOf(shell)
  const { length } = history.lines
  const hasTimes = shell.variables.get('HISTTIMEFORMAT') !== undefined
  let text = ''
  for (let at = Math.max(0, length - count); at < length; at++) {
    const time = history.timeOf(at)
    if (hasTimes && time !== undefined) text += `#${time}\n`
    text += `${history.lines[at]}\n`
  }
  return writeFile(shell, file, text, isAppended)
}

function linesOfFile(shell: Shell, file: string): string[] | undefined {
  try {
    const lines = decode(shell.proc.contentsOf(file)).split('\n')
    if (lines.at(-1) === '') lines.pop()
    return lines
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return undefined
  }
}

/** A regular file neither waits to be opened nor to be written. */
function writeFile({ proc }: Shell, file: string, text: string, isAppended: boolean): boolean {
  try {
    const how = { write: true, create: true, truncate: !isAppended, append: isAppended, nonBlocking: true }
    const fd = proc.open(file, how, 0o600)
    if (fd instanceof Promise) return false
    if (!proc.write(fd, encode(text))) proc.close(fd)
    return true
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return false
  }
}
