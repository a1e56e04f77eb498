// RUN --mount=type=cache: directories that outlive a build, kept in the store as layers.

import { applyLayer } from '../../image/apply.ts'
import { layerTar } from '../../image/diff.ts'
import { MEDIA } from '../../image/manifest.ts'
import { openLayer } from '../../image/read.ts'
import type { Store } from '../../image/store.ts'
import { CowFileSystem } from '../../kernel/vfs/cow.ts'
import { hashKey } from './stage.ts'

export type Sharing = 'shared' | 'private' | 'locked'

export interface CacheMountOptions {
  readonly sharing: Sharing
  readonly mode: number
  readonly uid: number
  readonly gid: number
  /** What a new one begins with. */
  readonly fill?: (tree: CowFileSystem) => void
}

interface Entry {
  readonly tree: CowFileSystem
  /** The layers of it that the store has. */
  saved: number
  users: number
  /** When all who were here before have gone. */
  free: Promise<void>
}

export interface TakenMount {
  readonly tree: CowFileSystem
  release(): void
}

export class CacheMounts {
  readonly #store: Store
  readonly #now: () => bigint
  readonly #entries = new Map<string, Promise<Entry>>()

  constructor(store: Store, now: () => bigint) {
    this.#store = store
    this.#now = now
  }

  /** `locked` waits for its turn; `private` gets one of its own while another build step has it. */
  async take(id: string, how: CacheMountOptions): Promise<TakenMount> {
    const entry = await this.#entry(id, how)
    if (how.sharing === 'private' && entry.users > 0) return this.take(`${id} `, how)
    const before = entry.free
    let leave = () => {}
    if (how.sharing === 'locked') {
      entry.free = new Promise(resolve => {
        leave = resolve
      })
      await before
    }
    entry.users++
    return {
      tree: entry.tree,
      release() {
        entry.users--
        leave()
      },
    }
  }

  /** What the build's steps have written stays for the next build. */
  async save(): Promise<void> {
    for (const [id, opening] of this.#entries) {
      const { tree, saved } = await opening
      tree.freeze()
      if (tree.layers === saved) continue
      const tar = layerTar(new CowFileSystem({ now: this.#now }), tree)
      const digest = await this.#store.put(tar)
      const layer = { mediaType: MEDIA.layer, digest, size: tar.length }
      await this.#store.remember(keyOf(id), { layer, diffId: digest })
    }
  }

  #entry(id: string, how: CacheMountOptions): Promise<Entry> {
    const known = this.#entries.get(id)
    if (known) return known
    const opening = this.#open(id, how)
    this.#entries.set(id, opening)
    return opening
  }

  async #open(id: string, { mode, uid, gid, fill }: CacheMountOptions): Promise<Entry> {
    const tree = new CowFileSystem({ now: this.#now, mode })
    const record = await this.#store.remembered(keyOf(id))
    if (record?.layer) applyLayer(tree, await openLayer(this.#store, record.layer, record.diffId))
    else {
      tree.root.setAttributes({ uid, gid })
      fill?.(tree)
    }
    tree.freeze()
    return { tree, saved: tree.layers, users: 0, free: Promise.resolve() }
  }
}

function keyOf(id: string): string {
  return hashKey('cache mount', id)
}
