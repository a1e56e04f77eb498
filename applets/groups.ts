import { Accounts } from './accounts.ts'
import { applet, Failure } from './applet.ts'

export default applet({
  name: 'groups',
  about: 'Print the groups one is in',
  operands: '[USER]',
  most: 1,
  async main({ proc, operands: [wanted] }) {
    const accounts = new Accounts(proc)
    const user = accounts.users.find(({ name }) => name === wanted)
    if (wanted !== undefined && !user) throw new Failure(`unknown user ${wanted}`)
    const own = proc.credentials.groups.length > 0 ? proc.credentials.groups : [proc.credentials.egid]
    const ids = user ? accounts.groupsOf(user) : own
    await proc.stdout.line(ids.map(id => accounts.groupName(id) ?? String(id)).join(' '))
  },
})
