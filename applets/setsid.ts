import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { flag } from '../lib/options.ts'
import { applet, Failure } from './applet.ts'
import { execOrFail } from './exec-or-fail.ts'

export default applet({
  name: 'setsid',
  about: 'Run a program in a new session, without a terminal',
  operands: 'PROG ARGS',
  least: 1,
  stopAtOperand: true,
  options: { takesTerminal: flag('-c', 'Its terminal is the one of stdin') },
  main({ proc, options, operands }) {
    if (proc.pgid !== proc.pid) return run(proc, operands, options.takesTerminal)
    // setsid(2): a group's leader cannot; a child can, and nobody waits for it.
    proc.fork(child => runInChild(child, operands, options.takesTerminal))
    return 0
  },
})

async function runInChild(child: Process, argv: readonly string[], takesTerminal: boolean): Promise<number> {
  try {
    return run(child, argv, takesTerminal)
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    await child.stderr.line(`setsid: ${error.message}`)
    return error.status ?? 1
  }
}

function run(proc: Process, argv: readonly string[], takesTerminal: boolean): number {
  try {
    proc.setSession()
    const terminal = takesTerminal ? proc.terminal(0) : undefined
    if (takesTerminal && !terminal) throw new SysError('ENOTTY')
    if (terminal) proc.takeTerminal(terminal)
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    throw new Failure(`setsid: ${error.message}`)
  }
  return execOrFail(proc, argv)
}
