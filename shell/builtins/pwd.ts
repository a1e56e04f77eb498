import { flag } from '../../lib/options.ts'
import { builtin } from './builtin.ts'
import { print } from './print.ts'

export default builtin({
  name: 'pwd',
  pure: true,
  about: 'Show the current directory',
  options: { logical: flag('-L', 'As cd was given it (the default)'), physical: flag('-P', 'Without symlinks') },
  text: (shell, operands) => (operands.length === 0 ? `${shell.directory}\n` : undefined),
  main: ({ shell, options }) => print(shell, `${options.physical ? shell.proc.cwd : shell.directory}\n`),
})
