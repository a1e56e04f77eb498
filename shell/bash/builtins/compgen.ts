import { builtin } from '../../builtins/builtin.ts'
import { print } from '../../builtins/print.ts'
import { expandPathname } from '../../expand/glob.ts'
import { ExpansionError } from '../../expansion-error.ts'
import { reservedWords } from '../../parser/lexer.ts'
import type { Shell } from '../../shell.ts'

/** What a word may be completed to: one a line, status 1 when there is nothing. */
export default builtin({
  name: 'compgen',
  raw: true,
  about: 'Print what a word may be completed to',
  operands: '[-abcdefkv] [-A ACTION] [-W WORDS] [-P PREFIX] [-S SUFFIX] [WORD]',
  main({ shell, operands }) {
    const asked = readAsked(shell, operands)
    if (typeof asked === 'number') return asked
    const { actions, words, prefix, suffix, word } = asked
    const names = [...actions.flatMap(action => ACTIONS[action]!(shell, word)), ...words]
    const found = names.filter(name => name.startsWith(word))
    return found.length === 0 ? 1 : print(shell, found.map(name => `${prefix}${name}${suffix}\n`).join(''))
  },
})

interface Asked {
  readonly actions: readonly string[]
  readonly words: readonly string[]
  readonly prefix: string
  readonly suffix: string
  readonly word: string
}

const LETTERS: Readonly<Record<string, string>> = {
  a: 'alias',
  b: 'builtin',
  c: 'command',
  d: 'directory',
  e: 'export',
  f: 'file',
  k: 'keyword',
  v: 'variable',
}

const ACTIONS: Readonly<Record<string, (shell: Shell, word: string) => readonly string[]>> = {
  alias: shell => [...shell.aliases.keys()].sort(),
  builtin: shell => [...shell.language.builtins.keys()].sort(),
  command: commandsOf,
  directory: (shell, word) => pathsOf(shell, word).filter(path => shell.proc.stat(path).kind === 'directory'),
  export: shell => [...shell.environment().keys()].sort(),
  file: (shell, word) => pathsOf(shell, word),
  function: shell => [...shell.functions.keys()].sort(),
  keyword: () => [...reservedWords.bash],
  variable: shell => shell.variables.sorted().map(([name]) => name),
}

/** -F, -C, -G, -X and -o are refused by name: there is no programmable completion that they could serve. */
function readAsked(shell: Shell, operands: readonly string[]): Asked | number {
  const actions: string[] = []
  const words: string[] = []
  const asked = { actions, words, prefix: '', suffix: '' }
  let at = 0
  for (; at < operands.length && /^-./.test(operands[at]!); at++) {
    const option = operands[at]!
    if (option === '--') {
      at++
      break
    }
    if (/^-[APSW]$/.test(option)) {
      const value = operands[++at]
      if (value === undefined) throw new ExpansionError(`${option}: option requires an argument`, 1)
      if (option === '-W') words.push(...splitWords(shell, value))
      else if (option === '-P') asked.prefix = value
      else if (option === '-S') asked.suffix = value
      else if (value in ACTIONS) actions.push(value)
      else throw new ExpansionError(`${value}: invalid action name`, 1)
      continue
    }
    for (const letter of option.slice(1)) {
      const action = LETTERS[letter]
      if (action === undefined) throw new ExpansionError(`-${letter}: not supported`, 1)
      actions.push(action)
    }
  }
  return { ...asked, word: operands[at] ?? '' }
}

function splitWords(shell: Shell, text: string): string[] {
  const separators = new Set(shell.variables.get('IFS') ?? ' \t\n')
  const words = ['']
  for (const character of text) {
    if (separators.has(character)) words.push('')
    else words[words.length - 1] += character
  }
  return words.filter(word => word !== '')
}

/** All that may stand where a command does, each once. */
function commandsOf(shell: Shell): string[] {
  const { aliases, functions, language } = shell
  return [
    ...new Set([
      ...aliases.keys(),
      ...reservedWords.bash,
      ...functions.keys(),
      ...language.builtins.keys(),
      ...executablesOf(shell),
    ]),
  ]
}

function executablesOf(shell: Shell): string[] {
  const directories = (shell.variables.get('PATH') ?? '').split(':')
  const paths = directories.flatMap(directory => pathsOf(shell, `${directory || '.'}/`))
  return paths.filter(path => shell.isRunnable(path)).map(path => path.slice(path.lastIndexOf('/') + 1))
}

function pathsOf(shell: Shell, word: string): string[] {
  return expandPathname(shell.proc, `${word.replace(/[*?[\\]/g, '\\$&')}*`)
}
