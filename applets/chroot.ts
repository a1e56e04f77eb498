import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { applet, Failure } from './applet.ts'
import { execOrFail } from './exec-or-fail.ts'

export default applet({
  name: 'chroot',
  about: 'Run a program (by default the shell) with another root directory',
  operands: 'NEWROOT [PROG ARGS]',
  least: 1,
  stopAtOperand: true,
  main({ proc, operands: [root = '', ...argv] }) {
    changeRoot(proc, root)
    return execOrFail(proc, argv.length > 0 ? argv : [proc.env.get('SHELL') || '/bin/sh', '-i'])
  },
})

function changeRoot(proc: Process, root: string): void {
  try {
    proc.chroot(root)
    proc.chdir('/')
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    throw new Failure(`can't change root directory to '${root}': ${error.message}`)
  }
}
