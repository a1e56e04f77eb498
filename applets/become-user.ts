// Another user's ids, for programs that run others under them.

import type { Process } from '../kernel/process.ts'
import { Accounts } from './accounts.ts'
import { Failure } from './applet.ts'

/** `USER`, `USER:GROUP`, or numbers. Throws Failure `unknown user x`. */
export function becomeNamed(proc: Process, text: string): void {
  const [name = '', group] = text.split(':')
  const accounts = new Accounts(proc)
  const uid = idOf(name, () => accounts.uid(name))
  const user = accounts.users.find(entry => entry.name === name || entry.uid === uid)
  const gid = group === undefined || group === '' ? (user?.gid ?? uid) : idOf(group, () => accounts.gid(group))
  const groups = user && group === undefined ? accounts.groupsOf(user) : [gid]
  proc.setCredentials({ uid, gid, euid: uid, egid: gid, suid: uid, sgid: gid, groups })
}

function idOf(name: string, look: () => number): number {
  try {
    return look()
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    throw new Failure(`unknown user/group ${name}`)
  }
}
