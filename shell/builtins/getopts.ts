import { ExpansionError } from '../expansion-error.ts'
import type { Shell } from '../shell.ts'
import { isName } from '../state/variables.ts'
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
    const before = shell.variables.optindChanges
    shell.assign('OPTIND', String(next.index))
    shell.optindAssigned += shell.variables.optindChanges - before
    shell.getopts = { ...next, optindChanges: changes(shell), words: shell.positional }
    // busybox: an option without an argument empties OPTARG; an unknown one and the end unset it.
    if (next.argument === undefined && (next.isEnd || next.option === '?')) shell.variables.unset('OPTARG')
    else shell.assign('OPTARG', next.argument ?? '')
    if (!isName(name)) throw new ExpansionError(`${name}: bad variable name`)
    shell.assign(name, next.option)
    return next.isEnd ? 1 : 0
  },
})

interface Taken {
  readonly option: string
  readonly argument?: string
  /** OPTIND: the word after the one that is being read (busybox: also within a cluster). */
  readonly index: number
  /** The place within the word before it where the next letter is; 0: none left. */
  readonly letter: number
  readonly isEnd?: true
}

/** How often OPTIND was changed by others: then it says where to go on, and else what was read last does. */
function changes(shell: Shell): number {
  return shell.variables.optindChanges - shell.optindAssigned
}

function takeOption(shell: Shell, letters: string, words: readonly string[]): Taken {
  const { getopts } = shell
  const isSame = getopts.optindChanges === changes(shell)
  // busybox: new positional parameters (set, shift, a function's) are read from the first, whatever OPTIND says.
  const isAnew = getopts.optindChanges !== -1 && isSame && getopts.words !== shell.positional
  let at = isSame && !isAnew ? getopts.letter : 0
  let index = isAnew ? 1 : isSame ? getopts.index : Number(shell.variables.get('OPTIND') ?? 1) || 1
  if (at === 0 || at >= (words[index - 2] ?? '').length) {
    const word = words[index - 1]
    if (word === undefined || !/^-./.test(word)) return { option: '?', index, letter: 0, isEnd: true }
    index++
    if (word === '--') return { option: '?', index, letter: 0, isEnd: true }
    at = 1
  }
  const word = words[index - 2] ?? ''
  const letter = String.fromCodePoint(word.codePointAt(at) ?? 63)
  at += letter.length
  const isLast = at >= word.length
  const rest = { index, letter: isLast ? 0 : at }
  const isSilent = letters.startsWith(':')
  const place = letter === ':' ? -1 : letters.indexOf(letter)
  if (place === -1) return unknown(shell, letter, rest, isSilent)
  if (letters[place + letter.length] !== ':') return { option: letter, ...rest }
  if (!isLast) return { option: letter, argument: word.slice(at), index, letter: 0 }
  const argument = words[index - 1]
  if (argument !== undefined) return { option: letter, argument, index: index + 1, letter: 0 }
  if (isSilent) return { option: ':', argument: letter, index, letter: 0 }
  complain(shell, `No arg for -${letter} option`)
  return { option: '?', index, letter: 0 }
}

function unknown(shell: Shell, letter: string, rest: { index: number; letter: number }, isSilent: boolean): Taken {
  if (isSilent) return { option: '?', argument: letter, ...rest }
  complain(shell, `Illegal option -${letter}`)
  return { option: '?', ...rest }
}

function complain(shell: Shell, message: string): void {
  if (shell.variables.get('OPTERR') !== '0') shell.say(`${message}\n`)
}
