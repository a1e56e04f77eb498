import { readRecords, requireRoot } from './accounts-file.ts'
import { applet, Failure } from './applet.ts'
import { removeGroup, removeMember } from './group-members.ts'

/** delgroup, as in busybox. */
export default applet({
  name: 'delgroup',
  about: 'Delete a group, or take a user out of a group',
  operands: '[USER] GROUP',
  least: 1,
  most: 2,
  async main({ proc, operands, warn }) {
    requireRoot(proc)
    const [group = '', user] = [...operands].reverse()
    const users = readRecords(proc, '/etc/passwd') ?? []
    const record = (readRecords(proc, '/etc/group') ?? []).find(([name]) => name === group)
    if (user !== undefined && !users.some(([name]) => name === user)) throw new Failure(`unknown user ${user}`)
    if (!record) throw new Failure(`unknown group ${group}`)
    if (user !== undefined) {
      // busybox: it is said, and is no failure.
      if (!(await removeMember(proc, user, group))) warn(`can't find ${user} in /etc/group`)
      return 0
    }
    const owner = users.find(fields => fields[3] === record[2])
    if (owner) throw new Failure(`'${owner[0]}' still has '${group}' as their primary group!`)
    await removeGroup(proc, group)
  },
})
