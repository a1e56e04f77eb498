// A file of the host as bytes that are read when they are asked for. It stays what it was when it was opened, also when its
// name is removed.

import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import type { ByteSource } from '../../lib/byte-source.ts'

/** Headers of an archive lie near one another: what is read of one is mostly the next one too. */
const WINDOW = 16 * 1024

/** Nobody tells when the last tree over it is gone. */
const registry = new FinalizationRegistry<number>(fd => closeSync(fd))

export class FileBytes implements ByteSource {
  readonly length: number
  readonly #fd: number
  #window: Uint8Array = new Uint8Array(0)
  #windowAt = 0

  constructor(path: string) {
    this.#fd = openSync(path, 'r')
    this.length = fstatSync(this.#fd).size
    registry.register(this, this.#fd)
  }

  subarray(from = 0, to = this.length): Uint8Array {
    const end = Math.min(to, this.length)
    if (end <= from) return new Uint8Array(0)
    if (end - from > WINDOW / 4) return this.#read(from, end)
    if (from < this.#windowAt || end > this.#windowAt + this.#window.length) {
      this.#window = this.#read(from, Math.min(from + WINDOW, this.length))
      this.#windowAt = from
    }
    // A copy: a name in a tree must not keep the window in memory.
    return this.#window.slice(from - this.#windowAt, end - this.#windowAt)
  }

  /** Throws the host's error, and Error for a file that was cut off since it was opened. */
  #read(from: number, end: number): Uint8Array {
    const bytes = new Uint8Array(end - from)
    for (let done = 0; done < bytes.length; ) {
      const count = readSync(this.#fd, bytes, done, bytes.length - done, from + done)
      if (count === 0) throw new Error(`the layer's file ends at byte ${from + done}, but had ${this.length}`)
      done += count
    }
    return bytes
  }
}
