import { SIGSTOP } from '../../../kernel/signal.ts'
import { builtin } from '../../builtins/builtin.ts'
import exit from '../../builtins/exit.ts'
import type { Shell } from '../../shell.ts'

export const logout = builtin({
  name: 'logout',
  raw: true,
  about: 'End a login shell',
  operands: '[STATUS]',
  main({ shell, operands }) {
    if (isLogin(shell)) return exit.run(shell, ['exit', ...operands])
    shell.complain("not login shell: use `exit'")
    return 1
  },
})

export const suspend = builtin({
  name: 'suspend',
  raw: true,
  about: 'Stop this shell until it is continued',
  operands: '[-f]',
  main({ shell, operands: [force] }) {
    if (force !== '-f' && isLogin(shell)) {
      shell.complain('cannot suspend a login shell')
      return 1
    }
    if (force !== '-f' && !shell.options.monitor) {
      shell.complain('cannot suspend: no job control')
      return 1
    }
    shell.proc.kill(shell.proc.pid, SIGSTOP)
    return 0
  },
})

function isLogin({ options, proc }: Shell): boolean {
  return options.isFixed('l') || proc.argv[0]?.startsWith('-') === true
}
