import { builtin } from './builtin.ts'
import { print } from './print.ts'

/** Only an interactive shell has a history. */
export default builtin({
  name: 'history',
  raw: true,
  about: 'List the lines that were typed',
  main({ shell }) {
    const lines = shell.history?.lines ?? []
    return print(shell, lines.map((line, index) => `${String(index).padStart(4)} ${line}\n`).join(''))
  },
})
