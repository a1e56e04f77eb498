// Who a process acts as (POSIX XBD 3.133 and following): real, effective and saved ids, and supplementary groups.

export interface Credentials {
  readonly uid: number
  readonly gid: number
  /** The ids that file permissions and signals are checked against. */
  readonly euid: number
  readonly egid: number
  readonly suid: number
  readonly sgid: number
  readonly groups: readonly number[]
}

export const ROOT: Credentials = { uid: 0, gid: 0, euid: 0, egid: 0, suid: 0, sgid: 0, groups: [] }

/** Whether `gid` is the effective group or a supplementary one. */
export function isMember(credentials: Credentials, gid: number): boolean {
  return credentials.egid === gid || credentials.groups.includes(gid)
}
