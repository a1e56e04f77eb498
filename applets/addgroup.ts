import { flag, number } from '../lib/options.ts'
import { freeId, requireRoot } from './accounts-file.ts'
import { applet } from './applet.ts'
import { addGroup, addMember } from './group-members.ts'

/** addgroup, as in busybox. */
export default applet({
  name: 'addgroup',
  about: 'Add a group, or add a user to a group',
  operands: '[USER] GROUP',
  least: 1,
  most: 2,
  options: {
    gid: number('-g --gid', 'GID', 'Its id', undefined, { least: 0, most: 2 ** 32 - 1 }),
    system: flag('-S --system', 'With an id of system groups'),
  },
  async main({ proc, options, operands }) {
    requireRoot(proc)
    const [name = '', group] = operands
    if (group !== undefined) return addMember(proc, name, group).then(() => 0)
    await addGroup(proc, name, options.gid ?? freeId(proc, '/etc/group', options.system))
  },
})
