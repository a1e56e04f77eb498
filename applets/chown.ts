import { Accounts } from './accounts.ts'
import { applet } from './applet.ts'
import { changeOwner, type Ids, OWNER_OPTIONS } from './change-owner.ts'

export default applet({
  name: 'chown',
  about: 'Change the owner and group of files',
  operands: 'USER[:[GRP]] FILE...',
  least: 2,
  options: OWNER_OPTIONS,
  async main({ proc, options, operands: [owner = '', ...files], warn }) {
    const ids = readOwner(new Accounts(proc), owner)
    let status = 0
    for (const file of files) if (!(await changeOwner(proc, file, ids, options, warn))) status = 1
    return status
  },
})

/** `user`, `user:group`, `:group`, and `user:` for the user's own group; a dot serves for the colon. */
function readOwner(accounts: Accounts, text: string): Ids {
  const isDotted = !text.includes(':') && accounts.users.every(({ name }) => name !== text)
  const match = (isDotted ? /^([^.]*)(?:\.(.*))?$/ : /^([^:]*)(?::(.*))?$/).exec(text)
  const [, user = '', group] = match ?? []
  const uid = user === '' ? undefined : accounts.uid(user)
  const own = group === '' ? accounts.users.find(entry => entry.uid === uid)?.gid : undefined
  const gid = group ? accounts.gid(group) : own
  return { ...(uid === undefined ? {} : { uid }), ...(gid === undefined ? {} : { gid }) }
}
