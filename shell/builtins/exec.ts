import { ExpansionError } from '../expansion-error.ts'
import { andThen } from '../run/completion.ts'
import { exec, notFound } from '../run/external.ts'
import { flushAnyway } from '../run/fork.ts'
import { builtin } from './builtin.ts'

/** Without a command, its redirections stay; the executor sees to that. One that cannot be run ends the shell. */
export default builtin({
  name: 'exec',
  special: true,
  raw: true,
  about: 'Replace the shell by a command',
  operands: '[COMMAND [ARG]...]',
  main({ shell, operands }) {
    const argv = operands[0] === '--' ? operands.slice(1) : operands
    const [name] = argv
    if (name === undefined) return 0
    const path = shell.lookupCommand(name)
    if (path === undefined) throw failed(notFound(shell, name))
    const call = { path, argv, env: shell.environment() }
    return andThen(flushAnyway(shell), () => {
      shell.traps.releaseOwn(shell.proc)
      return andThen(
        exec(shell.proc, call, () => shell),
        status => {
          throw failed(status)
        },
      )
    })
  },
})

function failed(status: number): ExpansionError {
  const error = new ExpansionError('exec failed', status)
  error.isReported = true
  return error
}
