// Who has which id, by the files of the container.

import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { type Group, parseGroups, parseUsers, type User } from '../lib/accounts.ts'
import { decode } from '../lib/bytes.ts'
import { Failure } from './applet.ts'

export class Accounts {
  readonly users: readonly User[]
  readonly groups: readonly Group[]

  constructor(proc: Process) {
    this.users = parseUsers(textOf(proc, '/etc/passwd'))
    this.groups = parseGroups(textOf(proc, '/etc/group'))
  }

  userName(uid: number): string | undefined {
    return this.users.find(user => user.uid === uid)?.name
  }

  groupName(gid: number): string | undefined {
    return this.groups.find(group => group.gid === gid)?.name
  }

  /** By name, or by number. Throws Failure `unknown user x`. */
  uid(text: string): number {
    const user = this.users.find(({ name }) => name === text)
    if (user) return user.uid
    if (/^\d+$/.test(text)) return Number(text)
    throw new Failure(`unknown user ${text}`)
  }

  gid(text: string): number {
    const group = this.groups.find(({ name }) => name === text)
    if (group) return group.gid
    if (/^\d+$/.test(text)) return Number(text)
    throw new Failure(`unknown group ${text}`)
  }

  /** All groups a user is in, the primary one first. */
  groupsOf(user: User): number[] {
    const others = this.groups.filter(({ members }) => members.includes(user.name)).map(({ gid }) => gid)
    return [...new Set([user.gid, ...others])]
  }
}

function textOf(proc: Process, path: string): string {
  try {
    return decode(proc.contentsOf(path))
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return ''
  }
}
