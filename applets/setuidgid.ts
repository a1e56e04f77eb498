import { applet } from './applet.ts'
import { becomeNamed } from './become-user.ts'
import { execOrFail } from './exec-or-fail.ts'

/** setuidgid, as in busybox. */
export default applet({
  name: 'setuidgid',
  about: "Run PROG as USER, with the ids of USER's account",
  operands: 'USER PROG ARGS',
  least: 2,
  stopAtOperand: true,
  main({ proc, operands: [user = '', ...argv] }) {
    becomeNamed(proc, user)
    return execOrFail(proc, argv)
  },
})
