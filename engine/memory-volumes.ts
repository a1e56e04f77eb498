// Volumes that live as long as the engine: the library's, and the tab's.

import { CowFileSystem } from '../kernel/vfs/cow.ts'
import type { FileSystem } from '../kernel/vfs/inode.ts'
import { Space } from '../kernel/vfs/space.ts'
import type { Volume, Volumes } from './volumes.ts'

export interface MemoryVolumesOptions {
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** What each of them may hold. */
  readonly bytes: number
}

export class MemoryVolumes implements Volumes {
  readonly #how: MemoryVolumesOptions
  readonly #all = new Map<string, Volume & { readonly fs: CowFileSystem }>()

  constructor(how: MemoryVolumesOptions) {
    this.#how = how
  }

  list(): readonly Volume[] {
    return [...this.#all.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
  }

  find(name: string): Volume | undefined {
    return this.#all.get(name)
  }

  create(name: string, labels: Readonly<Record<string, string>> = {}): Volume {
    return this.#make(name, labels)
  }

  open(name: string): FileSystem {
    return this.#make(name, {}).fs
  }

  remove(name: string): void {
    this.#all.delete(name)
  }

  #make(name: string, labels: Readonly<Record<string, string>>) {
    const known = this.#all.get(name)
    if (known) return known
    const { now, bytes } = this.#how
    const nanoseconds = () => BigInt(Math.round(now() * 1000)) * 1000n
    const fs = new CowFileSystem({ type: 'volume', source: name, now: nanoseconds, space: new Space(bytes) })
    const made = { name, created: now(), labels, mountpoint: '', fs }
    this.#all.set(name, made)
    return made
  }
}
