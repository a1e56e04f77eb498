import { builtin } from '../../builtins/builtin.ts'
import { print } from '../../builtins/print.ts'
import { generate } from '../completion.ts'
import { readSpecification } from './specification.ts'

const USAGE =
  'compgen: usage: compgen [-abcdefgjksuv] [-o option] [-A action] [-G globpat] [-W wordlist] [-F function] [-C command] [-X filterpat] [-P prefix] [-S suffix] [word]'

/** What a word may be completed to: one a line, status 1 when there is nothing. */
export default builtin({
  name: 'compgen',
  raw: true,
  about: 'Print what a word may be completed to',
  operands:
    '[-abcdefgjksuv] [-o OPTION] [-A ACTION] [-G PATTERN] [-W WORDS] [-F FUNCTION] [-C COMMAND] [-X PATTERN] [-P PREFIX] [-S SUFFIX] [WORD]',
  async main({ shell, operands: words }) {
    const call = readSpecification(shell, words, { flags: '', usage: USAGE })
    if (typeof call === 'number') return call
    const { specification, isEmpty, operands } = call
    if (isEmpty) return 0
    if (specification.fn !== undefined) shell.complain('warning: -F option may not work as you expect')
    if (specification.command !== undefined) shell.complain('warning: -C option may not work as you expect')
    const word = operands[0] ?? ''
    const found = await generate(shell, specification, word, undefined)
    const isFile = specification.options.has('default') || specification.options.has('bashdefault')
    const more =
      found.length === 0 && isFile
        ? await generate(
            shell,
            {
              ...specification,
              actions: ['file'],
              fn: undefined,
              command: undefined,
              words: undefined,
              glob: undefined,
            },
            word,
            undefined,
          )
        : found
    return more.length === 0 ? 1 : print(shell, more.map(name => `${name}\n`).join(''))
  },
})
