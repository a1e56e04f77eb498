// Users in groups: what addgroup, adduser, delgroup and deluser change.

import type { Process } from '../kernel/process.ts'
import { addRecord, readRecords, requireName, writeRecords } from './accounts-file.ts'
import { Failure } from './applet.ts'

/** Throws Failure `unknown user x` or `unknown group x`. */
export async function addMember(proc: Process, user: string, group: string): Promise<void> {
  if (!(readRecords(proc, '/etc/passwd') ?? []).some(([name]) => name === user))
    throw new Failure(`unknown user ${user}`)
  const groups = readRecords(proc, '/etc/group') ?? []
  const record = groups.find(([name]) => name === group)
  if (!record) throw new Failure(`unknown group ${group}`)
  const members = membersOf(record)
  if (members.includes(user)) return
  record[3] = [...members, user].join(',')
  await writeRecords(proc, '/etc/group', groups)
}

/** Whether any group had the user. */
export async function removeMember(proc: Process, user: string, group?: string): Promise<boolean> {
  const groups = readRecords(proc, '/etc/group') ?? []
  let hasChanged = false
  for (const record of groups) {
    const members = membersOf(record)
    if ((group !== undefined && record[0] !== group) || !members.includes(user)) continue
    record[3] = members.filter(member => member !== user).join(',')
    hasChanged = true
  }
  if (hasChanged) await writeRecords(proc, '/etc/group', groups)
  return hasChanged
}

/** Throws Failure when the name or the id is in use. */
export async function addGroup(proc: Process, name: string, gid: number): Promise<void> {
  requireName(name)
  const groups = readRecords(proc, '/etc/group') ?? []
  if (groups.some(([other]) => other === name)) throw new Failure(`group '${name}' in use`)
  if (groups.some(fields => Number(fields[2]) === gid)) throw new Failure(`gid '${gid}' in use`)
  await addRecord(proc, '/etc/group', [name, 'x', String(gid), ''])
  if (readRecords(proc, '/etc/gshadow')) await addRecord(proc, '/etc/gshadow', [name, '!', '', ''])
}

export async function removeGroup(proc: Process, name: string): Promise<void> {
  for (const file of ['/etc/group', '/etc/gshadow'] as const) {
    const groups = readRecords(proc, file)
    if (groups)
      await writeRecords(
        proc,
        file,
        groups.filter(([other]) => other !== name),
      )
  }
}

export function membersOf(record: readonly string[]): string[] {
  return (record[3] ?? '').split(',').filter(member => member !== '')
}
