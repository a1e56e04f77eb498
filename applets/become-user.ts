// Another user's ids, for programs that run others under them.

import type { Process } from '../kernel/process.ts'
import { Accounts } from './accounts.ts'

/** `USER`, `USER:GROUP`, or numbers. Throws Failure `unknown user x`. */
export function becomeNamed(proc: Process, text: string): void {
  const [name = '', group] = text.split(':')
  const accounts = new Accounts(proc)
  const uid = accounts.uid(name)
  const user = accounts.users.find(entry => entry.name === name || entry.uid === uid)
  const gid = group === undefined || group === '' ? (user?.gid ?? uid) : accounts.gid(group)
  const groups = user && group === undefined ? accounts.groupsOf(user) : [gid]
  proc.setCredentials({ uid, gid, euid: uid, egid: gid, suid: uid, sgid: gid, groups })
}
