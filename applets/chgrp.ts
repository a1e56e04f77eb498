import { Accounts } from './accounts.ts'
import { applet } from './applet.ts'
import { changeOwner, OWNER_OPTIONS } from './change-owner.ts'

export default applet({
  name: 'chgrp',
  about: 'Change the group of files',
  operands: 'GROUP FILE...',
  least: 2,
  options: OWNER_OPTIONS,
  async main({ proc, options, operands: [group = '', ...files], warn }) {
    const gid = new Accounts(proc).gid(group)
    let status = 0
    for (const file of files) if (!(await changeOwner(proc, file, { gid }, options, warn))) status = 1
    return status
  },
})
