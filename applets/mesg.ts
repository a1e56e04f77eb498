import { UsageError } from '../lib/options.ts'
import { applet, Failure } from './applet.ts'

const GROUP_WRITE = 0o020

/** mesg, as in busybox. */
export default applet({
  name: 'mesg',
  about: 'Say, or set, whether others may write to this terminal',
  operands: '[y|n]',
  most: 1,
  async main({ proc, operands: [answer] }) {
    if (answer !== undefined && !/^[yn]/.test(answer)) throw new UsageError('')
    const terminal = proc.terminal(0) ?? proc.terminal(1) ?? proc.terminal(2)
    if (!terminal) throw new Failure('not a tty')
    const path = `/dev/${terminal.name}`
    const { mode } = proc.stat(path)
    if (answer === undefined) {
      await proc.stdout.line(mode & GROUP_WRITE ? 'is y' : 'is n')
      return 0
    }
    proc.chmod(path, answer.startsWith('y') ? mode | GROUP_WRITE : mode & ~0o022)
    return 0
  },
})
