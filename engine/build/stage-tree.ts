// The files of a stage, opened when somebody looks: a step from the cache only notes its layer, so that a build in which
// everything is cached unpacks nothing.

import { applyLayer } from '../../image/apply.ts'
import { CowFileSystem } from '../../kernel/vfs/cow.ts'
import type { ByteSource } from '../../lib/byte-source.ts'

type Nanoseconds = () => bigint

export class StageTree {
  readonly now: Nanoseconds
  #tree: CowFileSystem | undefined
  readonly #open: () => Promise<CowFileSystem>
  readonly #pending: (() => Promise<ByteSource>)[] = []
  #busy: Promise<void> = Promise.resolve()

  /** `open` gives a tree that nobody else writes. */
  constructor(now: Nanoseconds, open: () => Promise<CowFileSystem>) {
    this.now = now
    this.#open = open
  }

  static empty(now: Nanoseconds): StageTree {
    return new StageTree(now, async () => new CowFileSystem({ now }))
  }

  /** A layer from the cache on top: its archive is read when the tree is opened. */
  add(readTar: () => Promise<ByteSource>): void {
    this.#pending.push(readTar)
  }

  /** Goes on from another tree, which nobody else writes. */
  reset(tree: CowFileSystem): void {
    this.#tree = tree
  }

  /** All layers laid over one another, the last frozen. */
  async open(): Promise<CowFileSystem> {
    this.#busy = this.#busy.then(() => this.#apply())
    await this.#busy
    return this.#tree!
  }

  /** A tree of its own over this one as it is when it is first looked at: this stage is built by then. */
  fork(): StageTree {
    return new StageTree(this.now, async () => (await this.open()).fork({ now: this.now }))
  }

  async #apply(): Promise<void> {
    this.#tree ??= await this.#open()
    this.#tree.freeze()
    for (let readTar = this.#pending[0]; readTar; readTar = this.#pending[0]) {
      applyLayer(this.#tree, await readTar())
      this.#tree.freeze({ always: true })
      this.#pending.shift()
    }
  }
}
