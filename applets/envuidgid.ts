import { Accounts } from './accounts.ts'
import { applet } from './applet.ts'
import { execOrFail } from './exec-or-fail.ts'

/** envuidgid, as in busybox. */
export default applet({
  name: 'envuidgid',
  about: "Run PROG with UID and GID set to the ids of USER's account",
  operands: 'USER PROG ARGS',
  least: 2,
  stopAtOperand: true,
  main({ proc, operands: [name = '', ...argv] }) {
    const accounts = new Accounts(proc)
    const uid = accounts.uid(name)
    const user = accounts.users.find(entry => entry.uid === uid)
    proc.env = new Map(proc.env).set('UID', String(uid)).set('GID', String(user?.gid ?? uid))
    return execOrFail(proc, argv)
  },
})
