// What the engine puts into a container's tree, as docker does: /proc, /dev, /sys, the files of /etc that it owns, and mounts.

import { SysError } from '../kernel/errno.ts'
import type { Kernel } from '../kernel/kernel.ts'
import { CowFileSystem } from '../kernel/vfs/cow.ts'
import { ROOT } from '../kernel/vfs/credentials.ts'
import { createDevFileSystem } from '../kernel/vfs/dev.ts'
import type { FileSystem, Inode } from '../kernel/vfs/inode.ts'
import { ProcFileSystem } from '../kernel/vfs/proc.ts'
import { walk } from '../kernel/vfs/walk.ts'
import { encode } from '../lib/bytes.ts'
import { fillVolume } from './fill-volume.ts'
import type { ContainerSpecification, MountSpecification } from './specification.ts'

export type OpenSource = (type: 'bind' | 'volume', source: string) => FileSystem

export interface Furnishing {
  readonly openSource: OpenSource
  /** A container that is new fills its empty volumes from the image. */
  readonly isNew: boolean
}

export function furnish(kernel: Kernel, specification: ContainerSpecification, how: Furnishing): void {
  kernel.mount(new ProcFileSystem(kernel), '/proc', { create: 'directory' })
  kernel.mount(createDevFileSystem({ now: kernel.nanoseconds }), '/dev', { create: 'directory' })
  kernel.mount(tmpfs(kernel, 64 * 1024 * 1024, 0o1777), '/dev/shm')
  kernel.mount(tmpfs(kernel, 0, 0o555), '/sys', { readOnly: true, create: 'directory' })
  for (const mount of specification.mounts) mountOne(kernel, mount, how)
  const files = tmpfs(kernel, 1024 * 1024, 0o755)
  for (const [name, text] of ownedFiles(specification)) {
    if (isMounted(specification, `/etc/${name}`)) continue
    kernel.mount(files, `/etc/${name}`, { root: addFile(files, name, text), create: 'file' })
  }
}

function ownedFiles(made: ContainerSpecification): [name: string, text: string][] {
  const hosts = ['127.0.0.1\tlocalhost', '::1\tlocalhost ip6-localhost ip6-loopback']
  for (const entry of made.extraHosts) {
    const colon = entry.indexOf(':')
    hosts.push(`${entry.slice(colon + 1)}\t${entry.slice(0, colon)}`)
  }
  hosts.push(`127.0.1.1\t${made.hostname}`)
  return [
    ['hostname', `${made.hostname}\n`],
    ['hosts', `${hosts.join('\n')}\n`],
    ['resolv.conf', '# This box has no network.\n'],
  ]
}

function mountOne(kernel: Kernel, mount: MountSpecification, { openSource, isNew }: Furnishing): void {
  const { readOnly } = mount
  if (mount.type === 'tmpfs') {
    kernel.mount(tmpfs(kernel, mount.size ?? kernel.limits.fileBytes, 0o1777), mount.target, {
      readOnly,
      create: 'directory',
    })
    return
  }
  const fs = openSource(mount.type, mount.source)
  if (mount.type === 'volume' && isNew && !mount.noCopy) fill(kernel, fs, mount.target)
  kernel.mount(fs, mount.target, { readOnly, create: fs.root.kind === 'directory' ? 'directory' : 'file' })
}

function fill(kernel: Kernel, fs: FileSystem, target: string): void {
  try {
    fillVolume(fs, walk(kernel.viewer(ROOT), target).inode)
  } catch (error) {
    // The image has nothing there.
    if (!(error instanceof SysError && (error.errno === 'ENOENT' || error.errno === 'ENOTDIR'))) throw error
  }
}

function isMounted(specification: ContainerSpecification, path: string): boolean {
  return specification.mounts.some(({ target }) => path === target || path.startsWith(`${target.replace(/\/$/, '')}/`))
}

function tmpfs(kernel: Kernel, size: number, mode: number): CowFileSystem {
  return CowFileSystem.tmpfs({ size, mode, now: kernel.nanoseconds })
}

function addFile(fs: CowFileSystem, name: string, text: string): Inode {
  const file = fs.root.create(name, { kind: 'file', mode: 0o644, uid: 0, gid: 0 })
  file.setContents(encode(text))
  return file
}
