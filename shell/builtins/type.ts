import { builtin } from './builtin.ts'
import { describe } from './describe.ts'
import { print } from './print.ts'

export default builtin({
  name: 'type',
  pure: true,
  raw: true,
  about: 'Say what names mean as commands',
  operands: 'NAME...',
  main({ shell, operands }) {
    const meanings = operands.map(name => ({ name, words: describe(shell, name)?.words }))
    const text = meanings.map(({ name, words }) => `${words ?? `${name}: not found`}\n`).join('')
    return print(shell, text, meanings.every(({ words }) => words) ? 0 : 127)
  },
})
