// Programmable completion: what `complete` remembers, and what a specification makes of a word.

import { SysError } from '../../kernel/errno.ts'
import { allSignals, signalName } from '../../kernel/signal.ts'
import { decode } from '../../lib/bytes.ts'
import { compilePattern } from '../../lib/pattern.ts'
import { expandPathname } from '../expand/glob.ts'
import { reservedWords } from '../parser/lexer.ts'
import { promptText } from '../run/prompt-text.ts'
import { runText } from '../run/text.ts'
import type { Shell } from '../shell.ts'
import type { CompletionSpecification } from '../state/bash-state.ts'
import { arrayOf, assignValues, valuesOf } from './arrays.ts'
import { trimOptions } from './patterns.ts'
import { quoteAlways } from './quoting.ts'
import { shoptNames } from './shopt-names.ts'

export const COMPLETION_OPTIONS: readonly string[] = [
  'bashdefault',
  'default',
  'dirnames',
  'filenames',
  'noquote',
  'nosort',
  'nospace',
  'plusdirs',
]

/** Where a word stands: of `compgen`, nowhere. */
export interface Place {
  readonly command: string
  readonly before: string
  readonly line: string
  readonly point: number
  readonly words: readonly string[]
  readonly index: number
}

/** All that the specification makes of the word, in bash's order. */
export async function generate(
  shell: Shell,
  specification: CompletionSpecification,
  word: string,
  place: Place | undefined,
): Promise<string[]> {
  const { actions, glob, words, fn, command, filter, prefix, suffix, options } = specification
  let found = actions.flatMap(action => (ACTIONS[action]?.(shell, word) ?? []).filter(name => name.startsWith(word)))
  if (glob !== undefined) found.push(...expandPathname(shell.proc, glob).filter(path => path.startsWith(word)))
  if (words !== undefined) found.push(...(await wordsOf(shell, words)).filter(each => each.startsWith(word)))
  if (fn !== undefined) found.push(...(await callFunction(shell, fn, word, place)))
  if (command !== undefined) found.push(...(await runCommand(shell, command, word, place)))
  if (filter !== undefined) found = filtered(shell, found, filter, word)
  if (prefix !== '' || suffix !== '') found = found.map(name => prefix + name + suffix)
  if (options.has('plusdirs')) found.push(...directories(shell, word))
  if (found.length === 0 && options.has('dirnames')) found = directories(shell, word)
  return found
}

type Action = (shell: Shell, word: string) => readonly string[]

export const ACTIONS: Readonly<Record<string, Action>> = {
  alias: shell => [...shell.aliases.keys()].sort(),
  arrayvar: shell => shell.variables.sorted().flatMap(([name]) => (arrayOf(shell, name) ? [name] : [])),
  binding: () => [],
  builtin: shell => [...shell.language.builtins.keys()].sort(),
  command: commandsOf,
  directory: directories,
  disabled: shell => [...(shell.bash?.disabled ?? [])].sort(),
  enabled: shell => [...shell.language.builtins.keys()].filter(name => !shell.bash?.disabled.has(name)).sort(),
  export: shell => [...shell.environment().keys()].sort(),
  file: (shell, word) => pathsOf(shell, word),
  function: shell => [...shell.functions.keys()].sort(),
  group: shell => accounts(shell, '/etc/group'),
  helptopic: shell => [...shell.language.builtins.keys()].sort(),
  hostname: shell => [shell.proc.kernel.hostname],
  job: shell => shell.jobs.list.map(job => job.text),
  keyword: () => [...reservedWords.bash],
  running: shell => shell.jobs.list.filter(job => job.state === 'running').map(job => job.text),
  service: () => [],
  setopt: () => SET_OPTIONS,
  shopt: () => shoptNames,
  signal: () => [...allSignals().map(signal => `SIG${signalName(signal)}`), 'DEBUG', 'ERR', 'EXIT', 'RETURN'],
  stopped: shell => shell.jobs.list.filter(job => job.state === 'stopped').map(job => job.text),
  user: shell => accounts(shell, '/etc/passwd'),
  variable: shell => shell.variables.sorted().map(([name]) => name),
}

const SET_OPTIONS: readonly string[] =
  'allexport braceexpand emacs errexit errtrace functrace hashall histexpand history ignoreeof interactive-comments keyword monitor noclobber noexec noglob nolog notify nounset onecmd physical pipefail posix privileged verbose vi xtrace'.split(
    ' ',
  )

function accounts(shell: Shell, file: string): string[] {
  try {
    const lines = decode(shell.proc.contentsOf(file)).split('\n')
    return lines.flatMap(line => /^([^:#]+):/.exec(line)?.[1] ?? [])
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return []
  }
}

/** All that may stand where a command does, each once. */
function commandsOf(shell: Shell): string[] {
  const { aliases, functions, language } = shell
  const names = [...aliases.keys(), ...reservedWords.bash, ...functions.keys(), ...language.builtins.keys()]
  return [...new Set([...names, ...executablesOf(shell)])]
}

function executablesOf(shell: Shell): string[] {
  const folders = (shell.variables.get('PATH') ?? '').split(':')
  const paths = folders.flatMap(folder => pathsOf(shell, `${folder || '.'}/`))
  return paths.filter(path => shell.isRunnable(path)).map(path => path.slice(path.lastIndexOf('/') + 1))
}

function directories(shell: Shell, word: string): string[] {
  return pathsOf(shell, word).filter(path => shell.proc.stat(path).kind === 'directory')
}

function pathsOf(shell: Shell, word: string): string[] {
  return expandPathname(shell.proc, `${word.replace(/[*?[\\]/g, '\\$&')}*`)
}

/** -W: split by IFS, of which each is expanded; quotes hold a word together. */
async function wordsOf(shell: Shell, text: string): Promise<string[]> {
  const expanded = await promptText(shell, text)
  const separators = new Set(shell.variables.get('IFS') ?? ' \t\n')
  const words: string[] = []
  let word: string | undefined
  let quote = ''
  for (let at = 0; at < expanded.length; at++) {
    const character = expanded[at]!
    if (quote !== '') {
      if (character === quote) quote = ''
      else word = (word ?? '') + character
    } else if (character === '"' || character === "'") {
      quote = character
      word ??= ''
    } else if (character === '\\') word = (word ?? '') + (expanded[++at] ?? '')
    else if (separators.has(character)) {
      if (word !== undefined) words.push(word)
      word = undefined
    } else word = (word ?? '') + character
  }
  if (word !== undefined) words.push(word)
  return words
}

/** -X: what matches is left out; with a `!` what does not. & is the word. */
function filtered(shell: Shell, names: readonly string[], filter: string, word: string): string[] {
  const isTurned = filter.startsWith('!')
  const text = (isTurned ? filter.slice(1) : filter).replace(/\\&|&/g, piece => (piece === '&' ? word : '&'))
  const pattern = compilePattern(text, trimOptions(shell))
  return names.filter(name => pattern.matches(name) === isTurned)
}

/** -F: what it leaves in COMPREPLY. 124 means: look again, for it has changed the specification. */
async function callFunction(shell: Shell, name: string, word: string, place: Place | undefined): Promise<string[]> {
  setPlace(shell, place)
  shell.variables.unset('COMPREPLY')
  const { status } = shell
  const call = [name, place?.command ?? 'compgen', word, place?.before ?? ''].map(quoteAlways).join(' ')
  const done = await runText(shell, call)
  const isAgain = done === 124
  shell.status = status
  const found = [...valuesOf(shell, 'COMPREPLY')]
  for (const each of [...NAMES, 'COMPREPLY']) shell.variables.unset(each)
  if (isAgain && place) throw new AgainError()
  return found
}

/** A completion function has loaded another specification. */
export class AgainError extends Error {}

const NAMES = ['COMP_WORDS', 'COMP_CWORD', 'COMP_LINE', 'COMP_POINT', 'COMP_TYPE', 'COMP_KEY']
const TAB = '9'

function setPlace(shell: Shell, place: Place | undefined): void {
  assignValues(shell, 'COMP_WORDS', place?.words ?? [])
  const values = [
    ['COMP_CWORD', String(place?.index ?? -1)],
    ['COMP_LINE', place?.line ?? ''],
    ['COMP_POINT', String(place?.point ?? 0)],
    ['COMP_TYPE', TAB],
    ['COMP_KEY', TAB],
  ] as const
  for (const [name, value] of values) shell.variables.set(name, value)
}

/** -C: a command's output, a line each. */
async function runCommand(shell: Shell, command: string, word: string, place: Place | undefined): Promise<string[]> {
  const { status } = shell
  const call = `${command} ${[place?.command ?? 'compgen', word, place?.before ?? ''].map(quoteAlways).join(' ')}`
  const line = quoteAlways(place?.line ?? '')
  const text = await promptText(
    shell,
    `$(COMP_LINE=${line} COMP_POINT=${place?.point ?? 0}; export COMP_LINE COMP_POINT; ${call}\n)`,
  )
  shell.status = status
  return text.split('\n').filter(each => each !== '')
}
