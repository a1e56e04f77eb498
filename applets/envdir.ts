import { applet } from './applet.ts'
import { environmentOf } from './environment-folder.ts'
import { execOrFail } from './exec-or-fail.ts'

/** envdir, as in busybox: a file a variable, its first line the value. */
export default applet({
  name: 'envdir',
  about: 'Run PROG with variables from the files in DIR',
  operands: 'DIR PROG ARGS',
  least: 2,
  stopAtOperand: true,
  main({ proc, operands: [directory = '', ...argv] }) {
    proc.env = environmentOf(proc, directory)
    return execOrFail(proc, argv)
  },
})
