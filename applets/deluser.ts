import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { flag } from '../lib/options.ts'
import { readRecords, requireRoot, writeRecords } from './accounts-file.ts'
import { applet, Failure } from './applet.ts'
import { membersOf, removeGroup, removeMember } from './group-members.ts'
import { joinPath } from './refused.ts'

/** deluser, as in busybox. */
export default applet({
  name: 'deluser',
  about: 'Delete a user',
  operands: 'USER',
  least: 1,
  most: 1,
  options: { removeHome: flag('--remove-home', 'And the home directory') },
  async main({ proc, options, operands, warn }) {
    requireRoot(proc)
    const [user = ''] = operands
    const users = readRecords(proc, '/etc/passwd') ?? []
    const record = users.find(([name]) => name === user)
    if (!record) throw new Failure(`unknown user ${user}`)
    if (options.removeHome && record[5]) await removeTree(proc, record[5], warn)
    await writeRecords(
      proc,
      '/etc/passwd',
      users.filter(([name]) => name !== user),
    )
    const shadow = readRecords(proc, '/etc/shadow')
    if (shadow)
      await writeRecords(
        proc,
        '/etc/shadow',
        shadow.filter(([name]) => name !== user),
      )
    if (!(await removeMember(proc, user))) warn(`can't find ${user} in /etc/group`)
    // The group of the user's own name goes too, unless others are in it.
    const group = (readRecords(proc, '/etc/group') ?? []).find(([name]) => name === user)
    const isUsed =
      group && (membersOf(group).length > 0 || users.some(([name, , , gid]) => name !== user && gid === group[2]))
    if (group && !isUsed) await removeGroup(proc, user)
    return 0
  },
})

async function removeTree(proc: Process, path: string, warn: (message: string) => void): Promise<void> {
  const pause = proc.gate()
  if (pause) await pause
  try {
    if (proc.lstat(path).kind !== 'directory') return proc.unlink(path)
    for (const { name } of proc.readDirectory(path)) await removeTree(proc, joinPath(path, name), warn)
    proc.rmdir(path)
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    warn(`can't remove '${path}': ${error.message}`)
  }
}
