// The walk that chown and chgrp share.

import type { Process } from '../kernel/process.ts'
import type { Stat } from '../kernel/vfs/stat.ts'
import { flag } from '../lib/options.ts'
import { joinPath, succeeds } from './refused.ts'

export const OWNER_OPTIONS = {
  noDereference: flag('-h --no-dereference', 'Change symlinks themselves'),
  followAll: flag('-L', 'Follow all symlinks to directories'),
  followFirst: flag('-H', 'Follow symlinks that are operands'),
  followNone: flag('-P', 'Follow no symlinks (default)'),
  recursive: flag('-R --recursive', 'Also what is in directories'),
  changed: flag('-c', 'Tell of files that changed'),
  verbose: flag('-v', 'Tell of every file'),
  quiet: flag('-f', 'Say nothing of errors'),
}

export interface OwnerOptions {
  readonly noDereference: boolean
  readonly followAll: boolean
  readonly followFirst: boolean
  readonly recursive: boolean
  readonly changed: boolean
  readonly verbose: boolean
  readonly quiet: boolean
}

export interface Ids {
  readonly uid?: number
  readonly gid?: number
}

/** Whether all went well. */
export async function changeOwner(
  proc: Process,
  path: string,
  ids: Ids,
  options: OwnerOptions,
  warn: (message: string) => void,
  depth = 0,
): Promise<boolean> {
  const pause = proc.gate()
  if (pause) await pause
  // busybox: -H changes what any link leads to, but walks only through links that are operands.
  const follow = !options.noDereference && (!options.recursive || options.followAll || options.followFirst)
  let stat: Stat | undefined
  // busybox: what is not there is told of, -f or not.
  let isWell = succeeds(warn, path, () => {
    stat = follow ? proc.stat(path) : proc.lstat(path)
  })
  if (!stat) return false
  // A directory's turn comes after what is in it.
  const isWalked = depth === 0 || options.followAll || !follow || proc.lstat(path).kind === 'directory'
  if (stat.kind === 'directory' && options.recursive && isWalked)
    for (const { name } of proc.readDirectory(path))
      if (!(await changeOwner(proc, joinPath(path, name), ids, options, warn, depth + 1))) isWell = false
  return changeOne(proc, path, stat, ids, follow, options, warn) && isWell
}

function changeOne(
  proc: Process,
  path: string,
  stat: Stat,
  ids: Ids,
  follow: boolean,
  options: OwnerOptions,
  warn: (message: string) => void,
): boolean {
  return succeeds(options.quiet ? () => undefined : warn, path, () => {
    proc.chown(path, ids, { follow })
    const isChanged = (ids.uid ?? stat.uid) !== stat.uid || (ids.gid ?? stat.gid) !== stat.gid
    if (options.verbose || (options.changed && isChanged)) {
      void proc.stdout.line(`changed ownership of '${path}' to ${ids.uid ?? stat.uid}:${ids.gid ?? stat.gid}`)
    }
  })
}
