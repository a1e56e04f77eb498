import { SysError } from '../kernel/errno.ts'
import { decode } from '../lib/bytes.ts'
import { applet, Failure } from './applet.ts'
import { execOrFail } from './exec-or-fail.ts'
import { joinPath } from './refused.ts'

/** envdir, as in busybox: a file a variable, its first line the value. */
export default applet({
  name: 'envdir',
  about: 'Run PROG with variables from the files in DIR',
  operands: 'DIR PROG ARGS',
  least: 2,
  stopAtOperand: true,
  main({ proc, operands: [directory = '', ...argv] }) {
    const env = new Map(proc.env)
    try {
      for (const { name } of proc.readDirectory(directory)) {
        if (name.startsWith('.') || name.includes('=')) continue
        const text = decode(proc.contentsOf(joinPath(directory, name)))
        // An empty file takes the variable away; a NUL stands for a newline.
        if (text === '') env.delete(name)
        else env.set(name, (text.split('\n')[0] ?? '').replace(/[ \t]+$/, '').replaceAll('\0', '\n'))
      }
    } catch (error) {
      if (!(error instanceof SysError)) throw error
      throw new Failure(`can't change directory to '${directory}': ${error.message}`)
    }
    proc.env = env
    return execOrFail(proc, argv)
  },
})
