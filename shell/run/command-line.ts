// sh [-abCefilmnsuvx] [-o NAME] [-c COMMAND] [FILE] [ARG]... (POSIX XCU sh)

import { ExpansionError } from '../expansion-error.ts'
import type { Shell } from '../shell.ts'
import { optionOfLetter, optionOfName } from '../state/options.ts'

export interface CommandLine {
  readonly command: string | undefined
  readonly file: string | undefined
  readonly isLogin: boolean
  readonly isInteractive: boolean
}

/** A number: the shell ends with that status. */
export function parseCommandLine(shell: Shell, argv: readonly string[]): CommandLine | number {
  try {
    return parse(shell, argv)
  } catch (error) {
    if (!(error instanceof ExpansionError)) throw error
    shell.report(error)
    return error.status
  }
}

function parse(shell: Shell, argv: readonly string[]): CommandLine | number {
  const words = takeOptions(shell, argv.slice(1))
  if (typeof words === 'number') return words
  const { options, proc } = shell
  const isCommand = options.isFixed('c')
  if (isCommand && words.length === 0) throw new ExpansionError('-c requires an argument')
  const command = isCommand ? words.shift() : undefined
  const file = isCommand || options.isFixed('s') ? undefined : words.shift()
  const isTyped = command === undefined && file === undefined
  if (isTyped) options.fix('s')
  const isTerminal = proc.terminal(0) !== undefined && proc.terminal(2) !== undefined
  if (isTyped && isTerminal) options.fix('i')
  const given = isCommand ? words.shift() : undefined
  // ash: a name that is given is named in messages with a line, as a script's.
  if (given !== undefined) shell.commandName = shell.name = given
  if (file !== undefined) shell.name = file
  shell.positional = words
  const isLogin = options.isFixed('l') || argv[0]?.startsWith('-') === true
  return { command, file, isLogin, isInteractive: options.isFixed('i') && isTyped }
}

/** Options until the first word that is none; what remains. */
function takeOptions(shell: Shell, args: readonly string[]): string[] | number {
  const words = [...args]
  while (words[0] !== undefined && /^[-+]./.test(words[0])) {
    const word = words.shift() ?? ''
    if (word === '--') return words
    const taken = shell.language.extension?.takeOption(shell, word, words) ?? false
    if (typeof taken === 'number') return taken
    if (taken) continue
    if (word === '--login') {
      shell.options.fix('l')
      continue
    }
    for (const letter of word.slice(1)) takeLetter(shell, letter, word.startsWith('-'), words)
  }
  if (words[0] === '-') words.shift()
  return words
}

function takeLetter(shell: Shell, letter: string, on: boolean, words: string[]): void {
  if (on && (letter === 'c' || letter === 's' || letter === 'i' || letter === 'l')) {
    shell.options.fix(letter)
    return
  }
  // `+i`: not interactive, which it is not without -i.
  if (letter === 'i') return
  const mark = on ? '-' : '+'
  const text = letter === 'o' ? (words.shift() ?? '') : undefined
  const name =
    text === undefined ? optionOfLetter(letter, shell.language.dialect) : optionOfName(text, shell.language.dialect)
  if (!name) throw new ExpansionError(`illegal option ${mark}${letter}${text === undefined ? '' : ` ${text}`}`)
  shell.options.set(name, on)
}
