// Volumes as folders of the host: NAME/_data holds the files, as docker's local driver has it, and NAME/volume.json the rest.

import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Volume, Volumes } from '../../engine/volumes.ts'
import { HostDirectory } from './host-directory.ts'
import { hasCode } from './host-error.ts'
import { parseJsonFile, writeWhole } from './whole-files.ts'

type Kept = Pick<Volume, 'created' | 'labels'>

export class VolumeFolders implements Volumes {
  readonly #root: string
  readonly #now: () => number

  constructor(root: string, now: () => number) {
    this.#root = root
    this.#now = now
  }

  list(): readonly Volume[] {
    return this.#names().flatMap(name => this.find(name) ?? [])
  }

  find(name: string): Volume | undefined {
    const kept = parseJsonFile<Kept>(this.#description(name))
    return kept && { name, ...kept, mountpoint: this.#data(name) }
  }

  /** The description is written last: a volume is there once it is. */
  create(name: string, labels: Readonly<Record<string, string>> = {}): Volume {
    const known = this.find(name)
    if (known) return known
    mkdirSync(this.#data(name), { recursive: true })
    const kept: Kept = { created: this.#now(), labels }
    writeWhole(this.#description(name), JSON.stringify(kept))
    return { name, ...kept, mountpoint: this.#data(name) }
  }

  open(name: string): HostDirectory {
    return new HostDirectory(this.create(name).mountpoint)
  }

  remove(name: string): void {
    rmSync(this.#description(name), { force: true })
    rmSync(join(this.#root, name), { recursive: true, force: true })
  }

  #names(): readonly string[] {
    try {
      return readdirSync(this.#root).sort()
    } catch (error) {
      if (!hasCode(error, 'ENOENT')) throw error
      return []
    }
  }

  #data(name: string): string {
    return join(this.#root, name, '_data')
  }

  #description(name: string): string {
    return join(this.#root, name, 'volume.json')
  }
}
