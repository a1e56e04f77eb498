import { builtin } from './builtin.ts'
import { print } from './print.ts'

export default builtin({
  name: 'help',
  pure: true,
  raw: true,
  about: 'List the builtins',
  main({ shell }) {
    const names = [...shell.language.builtins.keys()].sort()
    return print(shell, `Built-in commands:\n------------------\n${wrap(names)}`)
  },
})

function wrap(names: readonly string[]): string {
  const lines: string[] = []
  let line = ''
  for (const name of names) {
    if (line.length + name.length > 66) {
      lines.push(line)
      line = ''
    }
    line += line === '' ? `\t${name}` : ` ${name}`
  }
  return [...lines, line].map(each => `${each}\n`).join('')
}
