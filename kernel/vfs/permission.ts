// File access permissions (POSIX XBD 4.7), with root as Linux's CAP_DAC_OVERRIDE.

import { SysError } from '../errno.ts'
import { type Credentials, isMember } from './credentials.ts'
import { S_ISGID, S_ISUID, type Stat } from './stat.ts'

export const READ = 4
export const WRITE = 2
/** Search in a directory, execute a file. */
export const EXECUTE = 1

type Permissions = Pick<Stat, 'kind' | 'mode' | 'uid' | 'gid'>

/** `bits` is a sum of READ, WRITE and EXECUTE; all of them must be granted. */
export function isAllowed(stat: Permissions, credentials: Credentials, bits: number): boolean {
  if (credentials.euid === 0) return isAllowedToRoot(stat, bits)
  return (classBits(stat, credentials) & bits) === bits
}

/** Throws EACCES. */
export function requireAccess(stat: Permissions, credentials: Credentials, bits: number): void {
  if (!isAllowed(stat, credentials, bits)) throw new SysError('EACCES')
}

/**
 * The bits a file loses when it is given away: setuid, and setgid unless that is not for executing and one's own
 * (Linux, setattr_should_drop_sgid).
 */
export function setIdBits(stat: Permissions, credentials: Credentials): number {
  const isOwnGroup = credentials.euid === 0 || isMember(credentials, stat.gid)
  return isOwnGroup && (stat.mode & 0o010) === 0 ? S_ISUID : S_ISUID | S_ISGID
}

/** Those it loses when it is written or truncated: none for root (CAP_FSETID). */
export function bitsLostByWriting(stat: Permissions, credentials: Credentials): number {
  return credentials.euid === 0 ? 0 : setIdBits(stat, credentials)
}

/** The first class that matches decides, even when a later one would grant more. */
function classBits(stat: Permissions, credentials: Credentials): number {
  if (stat.uid === credentials.euid) return stat.mode >> 6
  if (isMember(credentials, stat.gid)) return stat.mode >> 3
  return stat.mode
}

/** capabilities(7), CAP_DAC_OVERRIDE: everything, but a file nobody may execute is not executed. */
function isAllowedToRoot(stat: Permissions, bits: number): boolean {
  return (bits & EXECUTE) === 0 || stat.kind === 'directory' || (stat.mode & 0o111) !== 0
}
