// What stat(2) answers, and the bits of a mode.

export type Kind = 'file' | 'directory' | 'symlink' | 'fifo' | 'character' | 'block' | 'socket'

/** Nanoseconds since the epoch. */
export type Nanoseconds = bigint

export interface Stat {
  /** Which file system: equal for all its inodes, different from every other's. */
  readonly dev: number
  readonly ino: number
  readonly kind: Kind
  /** Permission bits with setuid, setgid and sticky: 0 to 0o7777. */
  readonly mode: number
  readonly nlink: number
  readonly uid: number
  readonly gid: number
  /** Device number of a device node: major * 256 + minor; else 0. */
  readonly rdev: number
  /** Bytes. */
  readonly size: number
  /** 512-byte blocks that are really there: a hole costs none. */
  readonly blocks: number
  readonly atime: Nanoseconds
  readonly mtime: Nanoseconds
  readonly ctime: Nanoseconds
}

export const S_ISUID = 0o4000
export const S_ISGID = 0o2000
export const S_ISVTX = 0o1000

const TYPE_BITS: Record<Kind, number> = {
  fifo: 0o010000,
  character: 0o020000,
  directory: 0o040000,
  block: 0o060000,
  file: 0o100000,
  symlink: 0o120000,
  socket: 0o140000,
}

/** st_mode as C has it: the type's bits and the permission bits. */
export function fullMode(stat: { kind: Kind; mode: number }): number {
  return TYPE_BITS[stat.kind] | stat.mode
}

export function makeDevice(major: number, minor: number): number {
  return major * 256 + minor
}
