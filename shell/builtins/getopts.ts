import { ExpansionError } from '../expansion-error.ts'
import type { Shell } from '../shell.ts'
import { builtin } from './builtin.ts'

/** POSIX XCU getopts. Messages are busybox's, which name no command. */
export default builtin({
  name: 'getopts',
  pure: true,
  raw: true,
  about: 'Take the next option from the positional parameters',
  operands: 'LETTERS NAME [ARG]...',
  main({ shell, operands: [letters, name, ...args] }) {
    if (letters === undefined || name === undefined) throw new ExpansionError('usage: getopts optstring var [arg]')
    const words = args.length > 0 ? args : shell.positional
    const next = takeOption(shell, letters, words)
    shell.assign('OPTIND', String(next.index))
    shell.getopts = { optindChanges: shell.variables.optindChanges, letter: next.letter }
    if (next.argument === undefined) shell.variables.unset('OPTARG')
    else shell.assign('OPTARG', next.argument)
    shell.assign(name, next.option)
    return next.isEnd ? 1 : 0
  },
})

interface Taken {
  readonly option: string
  readonly argument?: string
  /** OPTIND, and the place within that word where the next letter is; 0: none left. */
  readonly index: number
  readonly letter: number
  readonly isEnd?: true
}

function takeOption(shell: Shell, letters: string, words: readonly string[]): Taken {
  const isSame = shell.getopts.optindChanges === shell.variables.optindChanges
  let index = Number(shell.variables.get('OPTIND') ?? 1) || 1
  let at = isSame ? shell.getopts.letter : 0
  if (at === 0) {
    const word = words[index - 1]
    if (word === undefined || !/^-./.test(word)) return { option: '?', index, letter: 0, isEnd: true }
    if (word === '--') return { option: '?', index: index + 1, letter: 0, isEnd: true }
    at = 1
  }
  const word = words[index - 1] ?? ''
  const letter = String.fromCodePoint(word.codePointAt(at) ?? 63)
  at += letter.length
  const isLast = at >= word.length
  if (isLast) index++
  const rest = { index, letter: isLast ? 0 : at }
  const isSilent = letters.startsWith(':')
  const place = letter === ':' ? -1 : letters.indexOf(letter)
  if (place === -1) return unknown(shell, letter, rest, isSilent)
  if (letters[place + letter.length] !== ':') return { option: letter, ...rest }
  if (!isLast) return { option: letter, argument: word.slice(at), index: index + 1, letter: 0 }
  const argument = words[index - 1]
  if (argument !== undefined) return { option: letter, argument, index: index + 1, letter: 0 }
  if (isSilent) return { option: ':', argument: letter, index, letter: 0 }
  shell.say(`No arg for -${letter} option\n`)
  return { option: '?', index, letter: 0 }
}

function unknown(shell: Shell, letter: string, rest: { index: number; letter: number }, isSilent: boolean): Taken {
  if (isSilent) return { option: '?', argument: letter, ...rest }
  shell.say(`Illegal option -${letter}\n`)
  return { option: '?', ...rest }
}
