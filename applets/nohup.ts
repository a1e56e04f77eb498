import { SysError } from '../kernel/errno.ts'
import { SIGHUP } from '../kernel/signal.ts'
import { applet, Failure } from './applet.ts'
import { execCommand } from './run-command.ts'

export default applet({
  name: 'nohup',
  about: 'Run a program that a hang-up does not end',
  operands: 'PROG ARGS',
  least: 1,
  stopAtOperand: true,
  async main({ proc, operands }) {
    if (proc.terminal(1)) {
      const fd = await proc.open('nohup.out', { write: true, create: true, append: true }, 0o600)
      proc.dup(fd, { onto: 1 })
      if (proc.terminal(2)) {
        await proc.stderr.line('nohup: appending output to nohup.out')
        await proc.stderr.flush()
        proc.dup(fd, { onto: 2 })
      }
    }
    proc.onSignal(SIGHUP, 'ignore')
    try {
      execCommand(proc, operands)
    } catch (error) {
      if (!(error instanceof SysError)) throw error
      throw new Failure(`can't execute '${operands[0]}': ${error.message}`, error.errno === 'ENOENT' ? 127 : 126)
    }
  },
})
