import { compilePattern } from '../../../lib/pattern.ts'
import { type Builtin, builtin } from '../../builtins/builtin.ts'
import plain from '../../builtins/help.ts'
import { print } from '../../builtins/print.ts'
import type { Shell } from '../../shell.ts'
import { readLetters } from './declaring.ts'

/** Of those that a pattern names: how they are called (-s), what they are for (-d), or both. */
export default builtin({
  name: 'help',
  raw: true,
  about: 'List the builtins, or say how one is called',
  operands: '[-dms] [PATTERN]...',
  main({ shell, operands: words }) {
    const letters = readLetters(words, 'dms', 'help: usage: help [-dms] [pattern ...]', shell)
    if (typeof letters === 'number') return letters
    const { on, operands } = letters
    if (operands.length === 0) return plain.run(shell, ['help'])
    const found = operands.flatMap(pattern => matching(shell, pattern))
    if (found.length === 0) {
      const last = operands.at(-1)
      shell.complain(`no help topics match \`${last}'.  Try \`help' for the list of all builtins.`)
      return 1
    }
    return print(shell, found.map(each => text(each, on)).join(''))
  },
})

type Found = Builtin & { readonly shownAs: string }

/** bash: a pattern, or the beginning of names. */
function matching(shell: Shell, pattern: string): Found[] {
  const all = [...shell.language.builtins].map(([shownAs, each]) => ({ ...each, shownAs }))
  const exact = all.filter(({ shownAs }) => shownAs === pattern)
  if (exact.length > 0) return exact
  const compiled = compilePattern(`${pattern}*`)
  return all.filter(({ shownAs }) => compiled.matches(shownAs)).sort((a, b) => (a.shownAs < b.shownAs ? -1 : 1))
}

function text({ shownAs, about, operands, options }: Found, on: ReadonlySet<string>): string {
  if (on.has('d')) return `${shownAs} - ${about}\n`
  const letters = Object.values(options).map(option => `[${option.names.join('|')}]`)
  const call = [shownAs, ...letters, operands].filter(word => word !== '').join(' ')
  return on.has('s') ? `${shownAs}: ${call}\n` : `${shownAs}: ${call}\n    ${about}\n`
}
