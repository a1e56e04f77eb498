import { EXIT, RETURN } from '../run/completion.ts'
import { builtin, parseStatus } from './builtin.ts'

/** Outside of a function or a sourced file it ends the shell (ash). */
export default builtin({
  name: 'return',
  special: true,
  pure: true,
  raw: true,
  about: 'Leave a function or sourced file',
  operands: '[STATUS]',
  main({ shell, operands: [status] }) {
    if (status !== undefined) shell.status = parseStatus(status)
    else if (shell.trapStatus !== undefined) shell.status = shell.trapStatus
    return shell.returns > 0 ? RETURN : EXIT
  },
})
