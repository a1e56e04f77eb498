import { builtin } from '../../builtins/builtin.ts'
import { print } from '../../builtins/print.ts'
import { readLetters } from './declaring.ts'

export default builtin({
  name: 'enable',
  pure: true,
  raw: true,
  about: 'Switch builtins on and off, or list them',
  operands: '[-anps] [NAME]...',
  main({ shell, operands: words }) {
    const letters = readLetters(words, 'adnpsf', 'enable: usage: enable [-a] [-dnps] [-f filename] [name ...]', shell)
    if (typeof letters === 'number') return letters
    const { on, operands } = letters
    if (on.has('f') || on.has('d')) {
      shell.complain('builtins from a file are not supported')
      return 1
    }
    const bash = shell.bash!
    if (operands.length === 0) {
      const names = [...shell.language.builtins.keys()].sort()
      const kind = names.filter(name => !on.has('s') || SPECIAL.has(name))
      const shown = kind.filter(name => on.has('a') || bash.disabled.has(name) === on.has('n'))
      return print(shell, shown.map(name => `enable ${bash.disabled.has(name) ? '-n ' : ''}${name}\n`).join(''))
    }
    let status = 0
    const disabled = new Set(bash.disabled)
    for (const name of operands) {
      if (!shell.language.builtins.has(name)) {
        shell.complain(`${name}: not a shell builtin`)
        status = 1
      } else if (on.has('n')) disabled.add(name)
      else disabled.delete(name)
    }
    bash.disabled = disabled
    return status
  },
})

/** POSIX's special builtins, as bash lists them. */
const SPECIAL: ReadonlySet<string> = new Set(
  '. : break continue eval exec exit export readonly return set shift source times trap unset'.split(' '),
)
