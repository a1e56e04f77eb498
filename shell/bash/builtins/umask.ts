import { builtin } from '../../builtins/builtin.ts'
import { print } from '../../builtins/print.ts'
import plain from '../../builtins/umask.ts'
import { ExpansionError } from '../../expansion-error.ts'
import { readLetters } from './declaring.ts'

/** ash's, with -p; -S shows also what is set. */
export default builtin({
  name: 'umask',
  raw: true,
  about: plain.about,
  operands: '[-pS] [MODE]',
  main({ shell, operands: words }) {
    const letters = readLetters(words, 'pS', 'umask: usage: umask [-p] [-S] [mode]', shell)
    if (typeof letters === 'number') return letters
    const { on, operands } = letters
    const shown = on.has('S') ? ['-S'] : []
    const [mode] = operands
    if (mode === undefined) {
      const before = on.has('p') ? `umask ${on.has('S') ? '-S ' : ''}` : ''
      return before === '' ? plain.run(shell, ['umask', ...shown]) : printAfter(before)
    }
    if (/^\d/.test(mode) && !(/^[0-7]+$/.test(mode) && Number.parseInt(mode, 8) <= 0o777)) {
      throw new ExpansionError(`${mode}: octal number out of range`, 1)
    }
    const done = plain.run(shell, ['umask', mode])
    return shown.length === 0 ? done : plain.run(shell, ['umask', '-S'])

    function printAfter(before: string) {
      const sent = print(shell, before)
      const rest = () => plain.run(shell, ['umask', ...shown])
      return sent instanceof Promise ? sent.then(rest) : rest()
    }
  },
})
