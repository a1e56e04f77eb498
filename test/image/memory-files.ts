// A layout's files in memory, which can fail at any chosen write.

import type { LayoutFiles } from '../../image/layout-store.ts'

export class MemoryFiles implements LayoutFiles {
  readonly files = new Map<string, Uint8Array>()
  /** How many more changes succeed; the next one is as if the process were killed there. */
  changesLeft = Number.POSITIVE_INFINITY
  #last: Promise<unknown> = Promise.resolve()

  async read(path: string): Promise<Uint8Array | undefined> {
    return this.files.get(path)
  }

  async exists(path: string): Promise<boolean> {
    return this.files.has(path)
  }

  async writeAtomically(path: string, bytes: Uint8Array): Promise<void> {
    this.#change()
    this.files.set(path, bytes)
  }

  async remove(path: string): Promise<void> {
    this.#change()
    this.files.delete(path)
  }

  async list(path: string): Promise<readonly string[]> {
    return [...this.files.keys()].filter(name => name.startsWith(`${path}/`)).map(name => name.slice(path.length + 1))
  }

  exclusively<T>(piece: () => Promise<T>): Promise<T> {
    const result = this.#last.then(piece, piece)
    this.#last = result
    return result
  }

  #change(): void {
    if (--this.changesLeft < 0) throw new Error('killed')
  }
}
