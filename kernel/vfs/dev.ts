// The tree of /dev, as a container has it.

import { CowFileSystem } from './cow.ts'
import { FULL, NULL, RANDOM, URANDOM, ZERO } from './device.ts'
import type { Inode } from './inode.ts'
import { makeDevice, type Nanoseconds } from './stat.ts'

const DEVICES: readonly [name: string, rdev: number][] = [
  ['null', NULL],
  ['zero', ZERO],
  ['full', FULL],
  ['random', RANDOM],
  ['urandom', URANDOM],
  ['tty', makeDevice(5, 0)],
  ['console', makeDevice(5, 1)],
]

const LINKS: readonly [name: string, target: string][] = [
  ['fd', '/proc/self/fd'],
  ['stdin', '/proc/self/fd/0'],
  ['stdout', '/proc/self/fd/1'],
  ['stderr', '/proc/self/fd/2'],
  ['ptmx', 'pts/ptmx'],
]

const OWNER = { uid: 0, gid: 0 }

export function createDevFileSystem(how: { readonly now: () => Nanoseconds }): CowFileSystem {
  const fs = CowFileSystem.tmpfs({ size: 64 * 1024 * 1024, mode: 0o755, ...how })
  for (const [name, rdev] of DEVICES) fs.root.create(name, { kind: 'character', mode: 0o666, rdev, ...OWNER })
  for (const [name, target] of LINKS) fs.root.create(name, { kind: 'symlink', mode: 0o777, target, ...OWNER })
  for (const name of ['pts', 'shm', 'mqueue']) fs.root.create(name, { kind: 'directory', mode: 0o755, ...OWNER })
  return fs
}

/** A terminal shows in /dev/pts while it is there. */
export function addTerminalNode(fs: CowFileSystem, number: number, uid = 0): void {
  const pts: Inode | undefined = fs.root.lookup('pts')
  pts?.create(String(number), { kind: 'character', mode: 0o620, rdev: makeDevice(136, number), uid, gid: 5 })
}

export function removeTerminalNode(fs: CowFileSystem, number: number): void {
  const pts: Inode | undefined = fs.root.lookup('pts')
  if (pts?.lookup(String(number))) pts.unlink(String(number))
}
