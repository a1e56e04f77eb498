// utmp(5): who is logged in, and who was. Nobody writes these files in a container, but images may bring them.

import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { decode } from '../lib/bytes.ts'

export interface LoginRecord {
  readonly type: number
  readonly pid: number
  readonly line: string
  readonly user: string
  readonly host: string
  /** Seconds since the epoch. */
  readonly time: number
}

export const RUN_LEVEL = 1
export const BOOT_TIME = 2
export const USER_PROCESS = 7
export const DEAD_PROCESS = 8

const SIZE = 384

/** Throws SysError. */
export function readLoginRecords(proc: Process, path: string): LoginRecord[] {
  const bytes = proc.contentsOf(path)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const records: LoginRecord[] = []
  for (let at = 0; at + SIZE <= bytes.length; at += SIZE) {
    const text = (from: number, size: number) =>
      decode(bytes.subarray(at + from, at + from + size)).replace(/\0.*$/s, '')
    records.push({
      type: view.getInt16(at, true),
      pid: view.getInt32(at + 4, true),
      line: text(8, 32),
      user: text(44, 32),
      host: text(76, 256),
      time: view.getUint32(at + 340, true),
    })
  }
  return records
}

/** None where there is no such file. */
export function loggedIn(proc: Process): LoginRecord[] {
  try {
    return readLoginRecords(proc, '/var/run/utmp').filter(({ type, user }) => type === USER_PROCESS && user !== '')
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return []
  }
}
