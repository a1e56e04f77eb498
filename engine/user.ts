// Who a container's process is: docker's `--user` and the Dockerfile's USER, looked up in the image's own files.

import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import type { Credentials } from '../kernel/vfs/credentials.ts'
import { decode } from '../lib/bytes.ts'
import { EngineError } from './errors.ts'

export interface User {
  readonly credentials: Credentials
  /** For HOME: `/` when the image does not know the user. */
  readonly home: string
}

/** `user`, `uid`, `user:group`, `uid:gid`; '' is root. Throws EngineError `invalid-option` in docker's words. */
export function findUser(proc: Process, text: string): User {
  const [userText = '', groupText] = text.split(':')
  const users = readTable(proc, '/etc/passwd')
  const groups = readTable(proc, '/etc/group')
  const entry = findEntry(users, userText === '' ? '0' : userText)
  const uid = entry ? Number(entry[2]) : numeric(userText === '' ? '0' : userText)
  if (uid === undefined) throw unknown('user', userText, 'passwd')
  const gid = groupText ? findGroup(groups, groupText) : Number(entry?.[3] ?? 0)
  const name = entry?.[0]
  const extra = groupText ? [] : groups.filter(group => name && group[3]?.split(',').includes(name))
  const all = new Set([gid, ...extra.map(group => Number(group[2]))])
  const ids = { uid, euid: uid, suid: uid, gid, egid: gid, sgid: gid }
  return { credentials: { ...ids, groups: [...all] }, home: entry?.[5] || '/' }
}

function findGroup(groups: string[][], text: string): number {
  const entry = findEntry(groups, text)
  const gid = entry ? Number(entry[2]) : numeric(text)
  if (gid === undefined) throw unknown('group', text, 'group')
  return gid
}

function findEntry(table: string[][], text: string): string[] | undefined {
  return table.find(entry => entry[0] === text) ?? table.find(entry => entry[2] === text)
}

function numeric(text: string): number | undefined {
  return /^\d{1,10}$/.test(text) ? Number(text) : undefined
}

function unknown(what: string, text: string, file: string): EngineError {
  return new EngineError('invalid-option', `unable to find ${what} ${text}: no matching entries in ${file} file`)
}

function readTable(proc: Process, path: string): string[][] {
  try {
    return decode(proc.contentsOf(path))
      .split('\n')
      .filter(line => line.includes(':'))
      .map(line => line.split(':'))
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return []
  }
}
