import { Accounts } from './accounts.ts'
import { applet, Failure } from './applet.ts'

export default applet({
  name: 'whoami',
  about: "Print the effective user's name",
  most: 0,
  async main({ proc }) {
    const { euid } = proc.credentials
    const name = new Accounts(proc).userName(euid)
    if (name === undefined) throw new Failure(`unknown uid ${euid}`)
    await proc.stdout.line(name)
  },
})
