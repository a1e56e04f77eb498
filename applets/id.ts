import { flag, UsageError } from '../lib/options.ts'
import { Accounts } from './accounts.ts'
import { applet, Failure } from './applet.ts'

export default applet({
  name: 'id',
  about: 'Print who one is',
  operands: '[USER]',
  most: 1,
  options: {
    user: flag('-u', 'The user id'),
    group: flag('-g', 'The group id'),
    groups: flag('-G', 'All group ids'),
    name: flag('-n', 'Names instead of numbers'),
    real: flag('-r', 'The real ids instead of the effective ones'),
  },
  async main({ proc, options, operands: [wanted] }) {
    // busybox: one of -u, -g and -G, and -n and -r only with one of them.
    const chosen = [options.user, options.group, options.groups].filter(Boolean).length
    if (chosen > 1 || (chosen === 0 && (options.name || options.real))) throw new UsageError('')
    const accounts = new Accounts(proc)
    const { uid, euid, gid, egid, groups } = subject()
    const named = (id: number, name: string | undefined) => (options.name ? (name ?? String(id)) : String(id))
    if (options.user) {
      const shown = options.real ? uid : euid
      return void (await proc.stdout.line(named(shown, accounts.userName(shown))))
    }
    if (options.group) {
      const shown = options.real ? gid : egid
      return void (await proc.stdout.line(named(shown, accounts.groupName(shown))))
    }
    if (options.groups)
      return void (await proc.stdout.line(groups.map(id => named(id, accounts.groupName(id))).join(' ')))
    const both = (id: number, name: string | undefined) => (name === undefined ? String(id) : `${id}(${name})`)
    const parts = [`uid=${both(uid, accounts.userName(uid))}`, `gid=${both(gid, accounts.groupName(gid))}`]
    if (euid !== uid) parts.push(`euid=${both(euid, accounts.userName(euid))}`)
    if (egid !== gid) parts.push(`egid=${both(egid, accounts.groupName(egid))}`)
    parts.push(`groups=${groups.map(id => both(id, accounts.groupName(id))).join(',')}`)
    await proc.stdout.line(parts.join(' '))

    function subject() {
      if (wanted === undefined) {
        const own = proc.credentials
        return { ...own, groups: own.groups.length > 0 ? own.groups : [own.egid] }
      }
      const user = accounts.users.find(({ name, uid }) => name === wanted || String(uid) === wanted)
      if (!user) throw new Failure(`unknown user ${wanted}`)
      return { uid: user.uid, euid: user.uid, gid: user.gid, egid: user.gid, groups: accounts.groupsOf(user) }
    }
  },
})
