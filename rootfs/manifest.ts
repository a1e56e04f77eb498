// Directories, links, modes and owners of the base image.

export interface BaseDirectory {
  readonly path: string
  readonly mode: number
  readonly uid: number
  readonly gid: number
}

function directory(path: string, mode = 0o755, uid = 0, gid = 0): BaseDirectory {
  return { path, mode, uid, gid }
}

export const DIRECTORIES: readonly BaseDirectory[] = [
  directory('bin'),
  directory('dev'),
  directory('etc'),
  directory('etc/network'),
  directory('home', 0o755, 65534, 65534),
  directory('lib'),
  directory('proc', 0o555),
  directory('root', 0o700),
  directory('sbin'),
  directory('sys', 0o555),
  directory('tmp', 0o1777),
  directory('usr'),
  directory('usr/bin'),
  directory('usr/lib'),
  directory('usr/sbin'),
  directory('var'),
  directory('var/spool'),
  directory('var/spool/mail', 0o755, 8, 8),
  directory('var/tmp', 0o1777),
  directory('var/www'),
]

/** Files that are not rw-r--r--. */
export const FILE_MODES: ReadonlyMap<string, number> = new Map([['etc/shadow', 0o640]])

/** Programs that another image has. */
export const NOT_IN_BASE: ReadonlySet<string> = new Set(['bash'])

export const SYMLINKS: readonly { readonly path: string; readonly target: string }[] = [
  { path: 'etc/mtab', target: '/proc/mounts' },
  { path: 'usr/bin/env', target: '/bin/env' },
]
