import { builtin } from '../../builtins/builtin.ts'
import { print } from '../../builtins/print.ts'
import type { Shell } from '../../shell.ts'
import { functionText } from '../function-text.ts'
import { type Meaning, meaningsOf } from '../meaning.ts'
import { readLetters } from './declaring.ts'

export default builtin({
  name: 'type',
  pure: true,
  raw: true,
  about: 'Say what names mean as commands',
  operands: '[-afpPt] NAME...',
  main({ shell, operands: words }) {
    const letters = readLetters(words, 'afptP', 'type: usage: type [-afptP] name [name ...]', shell)
    if (typeof letters === 'number') return letters
    const { on, operands } = letters
    let text = ''
    let status = 0
    for (const name of operands) {
      const all = meaningsOf(shell, name, { skipsFunctions: on.has('f'), onlyFiles: on.has('P') })
      const meanings = on.has('a') ? all : all.slice(0, 1)
      if (meanings.length === 0) {
        status = 1
        if (!on.has('t') && !on.has('p') && !on.has('P')) shell.complainOf(`${name}: not found`)
      }
      text += meanings.map(meaning => describe(shell, name, meaning, on)).join('')
    }
    return print(shell, text, status)
  },
})

function describe(shell: Shell, name: string, { kind, text }: Meaning, on: ReadonlySet<string>): string {
  if (on.has('t')) return `${kind}\n`
  if (on.has('p') || on.has('P')) return kind === 'file' ? `${text}\n` : ''
  switch (kind) {
    case 'alias':
      return `${name} is aliased to \`${text}'\n`
    case 'keyword':
      return `${name} is a shell keyword\n`
    case 'function':
      return `${name} is a function\n${functionText(shell.functions.get(name)!.definition)}`
    case 'builtin':
      return `${name} is a shell builtin\n`
    case 'file':
      return `${name} is ${text}\n`
  }
}
