// Another user's ids, for programs that run others under them.

import type { Process } from '../kernel/process.ts'
import type { Credentials } from '../kernel/vfs/credentials.ts'
import { Accounts } from './accounts.ts'
import { Failure } from './applet.ts'

/** `USER`, `USER:GROUP`, or numbers. Throws Failure `unknown user x`. */
export function becomeNamed(proc: Process, text: string): void {
  proc.setCredentials(idsOf(proc, text))
}

/** As becomeNamed, without becoming it. */
export function idsOf(proc: Process, text: string): Credentials {
  const [name = '', group, more] = text.split(':')
  if (name === '' || more !== undefined) throw new Failure(`unknown user/group ${text}`)
  const accounts = new Accounts(proc)
  const uid = idOf(name, () => accounts.uid(name))
  const user = accounts.users.find(entry => entry.name === name || entry.uid === uid)
  const gid = group === undefined || group === '' ? (user?.gid ?? uid) : idOf(group, () => accounts.gid(group))
  const groups = user && group === undefined ? accounts.groupsOf(user) : [gid]
  return { uid, gid, euid: uid, egid: gid, suid: uid, sgid: gid, groups }
}

function idOf(name: string, look: () => number): number {
  try {
    return look()
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    throw new Failure(`unknown user/group ${name}`)
  }
}
