import { EXIT } from '../run/completion.ts'
import { warnsOfStopped } from '../run/job-news.ts'
import { builtin, parseCount } from './builtin.ts'

export default builtin({
  name: 'exit',
  special: true,
  pure: true,
  raw: true,
  about: 'End the shell',
  operands: '[STATUS]',
  main({ shell, operands: [status] }) {
    if (warnsOfStopped(shell)) return 0
    if (status !== undefined) shell.status = parseCount(status) & 255
    else if (shell.trapStatus !== undefined) shell.status = shell.trapStatus
    return EXIT
  },
})
