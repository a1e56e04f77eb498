// The bytes of a file, by page: holes cost nothing, and what is shared is copied page by page when it is first written.

import type { ByteSource } from '../../lib/byte-source.ts'
import { EMPTY } from '../../lib/bytes.ts'
import { SysError } from '../errno.ts'
import type { Space } from './space.ts'
import { isFull, SpilledPage } from './spill.ts'

export const PAGE = 65536

/** As ext4 with blocks of 4 KiB; more is EFBIG, and an offset beyond it EINVAL. */
export const MAX_FILE_SIZE = 2 ** 44

/** Where a host lends a file for it, what lies beyond so many pages of a file is kept there. */
const IN_MEMORY = 16

/** And when a container holds so many bytes, all but the first pages of small files. */
const MOST_IN_MEMORY = 2 << 20

/** Small pages grow by doubling from here, so that a small file does not cost a whole page. */
const SMALLEST = 64

/** What has become of a file's bytes since an earlier state of them: its first `keep` bytes are as they were, but for `pages`. */
export interface Difference {
  readonly size: number
  readonly keep: number
  readonly pages: readonly (readonly [index: number, bytes: Uint8Array])[]
}

export class Contents {
  #size: number
  /** Bytes that are there from the beginning and never change: a file in a layer's archive. */
  readonly #source: ByteSource
  /** By index: a file may be large and almost all hole. */
  readonly #pages: Map<number, Page>
  /** The pages that only this has; others are copied before they are written. */
  readonly #own = new Set<number>()
  /** How much of the source is still part of the file: what was cut off does not come back. */
  #sourceSize: number
  /** Since `track`: the pages that were written, and the smallest size it had. undefined: nobody asked. */
  #unsaved: Set<number> | undefined
  #smallest = 0

  private constructor(size: number, source: ByteSource, sourceSize: number, pages: Map<number, Page>) {
    this.#size = size
    this.#source = source
    this.#sourceSize = sourceSize
    this.#pages = pages
  }

  static of(source: ByteSource = EMPTY): Contents {
    return new Contents(source.length, source, source.length, new Map())
  }

  /** The same bytes; neither sees what is written to the other from now on. This one must not be written any more. */
  clone(): Contents {
    for (const page of this.#pages.values()) if (page instanceof SpilledPage) page.isShared = true
    return new Contents(this.#size, this.#source, this.#sourceSize, new Map(this.#pages))
  }

  get size(): number {
    return this.#size
  }

  /** Bytes that are really there: a hole has none. */
  get allocated(): number {
    let sum = this.#sourceSize
    for (const [index, page] of this.#pages) {
      const ofSource = Math.max(0, Math.min(PAGE, this.#sourceSize - index * PAGE))
      sum += Math.min(page.length, this.#size - index * PAGE) - ofSource
    }
    return sum
  }

  /** At most `max` bytes from `at`, and at most to the end of a page; empty at the end. The reader's own to keep. */
  read(at: number, max: number): Uint8Array {
    const index = Math.floor(at / PAGE)
    const from = at - index * PAGE
    const length = Math.min(max, this.#size - at, PAGE - from)
    if (length <= 0) return EMPTY
    const page = this.#page(index)
    if (!page) return new Uint8Array(length)
    if (page instanceof SpilledPage) {
      const bytes = new Uint8Array(length)
      page.readInto(from, bytes)
      return bytes
    }
    const found = page.subarray(from, from + length)
    // A copy also of what no writer of ours changes: who reads may, and a layer is shared. Not slice: a Buffer's is a view.
    if (found.length === length) return new Uint8Array(found)
    const padded = new Uint8Array(length)
    padded.set(found)
    return padded
  }

  /** As read, into memory of the reader's; how many bytes, over the ends of pages too. */
  readInto(at: number, into: Uint8Array): number {
    const length = Math.min(into.length, this.#size - at)
    for (let done = 0; done < length; ) {
      const index = Math.floor((at + done) / PAGE)
      const from = at + done - index * PAGE
      const count = Math.min(length - done, PAGE - from)
      copyInto(this.#page(index), from, into.subarray(done, done + count))
      done += count
    }
    return Math.max(0, length)
  }

  /** All bytes: a view of the source where nothing was written over it. */
  all(): Uint8Array {
    if (this.#pages.size === 0 && this.#sourceSize === this.#size) return this.#source.subarray(0, this.#size)
    const whole = new Uint8Array(this.#size)
    whole.set(this.#source.subarray(0, this.#sourceSize))
    for (const [index, page] of this.#pages) {
      copyInto(page, 0, whole.subarray(index * PAGE, index * PAGE + page.length))
    }
    return whole
  }

  /** Up to and with the delimiter, as `read` otherwise. */
  readThrough(at: number, delimiter: number, max: number): Uint8Array {
    const chunk = this.read(at, Math.min(max, 256))
    const end = chunk.indexOf(delimiter)
    if (end !== -1) return chunk.subarray(0, end + 1)
    if (chunk.length < 256 || max <= 256) return chunk
    const rest = this.read(at, max)
    const later = rest.indexOf(delimiter)
    return later === -1 ? rest : rest.subarray(0, later + 1)
  }

  /** From now on `difference` tells what changed. */
  track(): void {
    this.#unsaved = new Set()
    this.#smallest = this.#size
  }

  /** Since `track`, which ends with it; all bytes when nobody tracked. */
  difference(): Difference {
    const unsaved = this.#unsaved
    this.#unsaved = undefined
    if (!unsaved) return this.over(undefined)
    return { size: this.#size, keep: this.#smallest, pages: this.#parts(unsaved) }
  }

  /** Over a file of a lower layer that this one may have been cloned from. */
  over(below: Contents | undefined): Difference {
    if (below && below.#source === this.#source) {
      return { size: this.#size, keep: this.#sourceSize, pages: this.#parts(this.#pages.keys()) }
    }
    const all = Array.from({ length: Math.ceil(this.#sourceSize / PAGE) }, (_, index) => index)
    return { size: this.#size, keep: 0, pages: this.#parts(new Set([...all, ...this.#pages.keys()])) }
  }

  /** Makes the change that `difference` told of. False: no space. */
  apply({ size, keep, pages }: Difference, space: Space): boolean {
    if (keep < this.#size) this.truncate(keep, space)
    for (const [index, bytes] of pages) if (this.write(index * PAGE, bytes, space) < bytes.length) return false
    if (size !== this.#size) this.truncate(size, space)
    return true
  }

  /** How many bytes were written: fewer, or none, when there is no more space. EFBIG. */
  write(at: number, bytes: Uint8Array, space: Space): number {
    if (at + bytes.length > MAX_FILE_SIZE) throw new SysError('EFBIG')
    let written = 0
    while (written < bytes.length) {
      const index = Math.floor((at + written) / PAGE)
      const from = at + written - index * PAGE
      const part = bytes.subarray(written, written + PAGE - from)
      if (!this.#put(index, from, part, space)) break
      this.#unsaved?.add(index)
      written += part.length
      this.#size = Math.max(this.#size, at + written)
    }
    return written
  }

  /** EFBIG. */
  truncate(size: number, space: Space): void {
    if (size > MAX_FILE_SIZE) throw new SysError('EFBIG')
    if (size < this.#size) {
      const kept = Math.ceil(size / PAGE)
      for (const index of this.#pages.keys()) if (index >= kept) this.#drop(index, space)
      this.#clearTail(size)
      this.#sourceSize = Math.min(this.#sourceSize, size)
      this.#smallest = Math.min(this.#smallest, size)
    }
    this.#size = size
  }

  /** Gives back the space of all pages: the file is gone. */
  free(space: Space): void {
    for (const index of [...this.#own]) this.#drop(index, space)
  }

  #parts(indexes: Iterable<number>): [index: number, bytes: Uint8Array][] {
    return [...indexes].flatMap(index => {
      const page = this.#page(index)
      const end = this.#size - index * PAGE
      const bytes = page instanceof SpilledPage ? page.bytes(end) : page?.subarray(0, end)
      return bytes && bytes.length > 0 ? [[index, bytes]] : []
    })
  }

  /** False: no space. */
  #put(index: number, from: number, part: Uint8Array, space: Space): boolean {
    const page = this.#page(index)
    if (page instanceof SpilledPage || (!this.#own.has(index) && isSpilled(index, part.length, space))) {
      const put = this.#putSpilled(index, from, part, space)
      if (put !== undefined) return put
    }
    if (part.length === PAGE && !this.#own.has(index)) return this.#replace(index, part, space)
    const own = this.#writable(index, from + part.length, space)
    own?.set(part, from)
    return own !== undefined
  }

  /** undefined: the host has no room for it, and memory must. */
  #putSpilled(index: number, from: number, part: Uint8Array, space: Space): boolean | undefined {
    const before = this.#page(index)
    const isOwn = this.#own.has(index)
    if (isOwn && before instanceof SpilledPage && !before.isShared) {
      try {
        before.write(from, part)
        return true
      } catch (error) {
        if (isFull(error)) return false
        throw error
      }
    }
    const page = space.spill?.take()
    if (!page) return undefined
    if (!isOwn && !space.take(PAGE)) return false
    try {
      if (before && part.length < PAGE) page.write(0, before instanceof SpilledPage ? before.bytes() : before)
      page.write(from, part)
    } catch (error) {
      page.release()
      if (!isOwn) space.give(PAGE)
      if (error instanceof SysError) return undefined
      throw error
    }
    this.#pages.set(index, page)
    this.#own.add(index)
    return true
  }

  #page(index: number): Page | undefined {
    const page = this.#pages.get(index)
    if (page) return page
    const start = index * PAGE
    return start < this.#sourceSize ? this.#source.subarray(start, Math.min(start + PAGE, this.#sourceSize)) : undefined
  }

  /** The page, its own and at least so long. undefined: no space. */
  #writable(index: number, length: number, space: Space): Uint8Array | undefined {
    const found = this.#page(index)
    const isOwn = this.#own.has(index)
    if (isOwn && found instanceof Uint8Array && found.length >= length) return found
    const page = found instanceof SpilledPage ? found.bytes() : found
    const least = Math.max(length, page?.length ?? 0)
    // Where much is written into a file that is large already, more will follow.
    const isWhole = least > PAGE / 2 || (index > 0 && least >= PAGE / 16)
    const size = isWhole ? PAGE : Math.max(SMALLEST, 2 ** Math.ceil(Math.log2(least)))
    if (!space.take(size - (isOwn && found ? cost(found) : 0))) return undefined
    const larger = new Uint8Array(size)
    if (page) larger.set(page)
    this.#pages.set(index, larger)
    this.#own.add(index)
    return larger
  }

  /** A page that is written as a whole need not be cleared before. False: no space. */
  #replace(index: number, bytes: Uint8Array, space: Space): boolean {
    if (!space.take(PAGE)) return false
    this.#pages.set(index, new Uint8Array(bytes))
    this.#own.add(index)
    return true
  }

  #drop(index: number, space: Space): void {
    const page = this.#pages.get(index)
    if (page && this.#own.delete(index)) {
      space.give(cost(page))
      if (page instanceof SpilledPage && !page.isShared) page.release()
    }
    this.#pages.delete(index)
  }

  /** What lies beyond the new end must read as zeros when the file grows again. */
  #clearTail(size: number): void {
    const index = Math.floor(size / PAGE)
    const page = this.#pages.get(index)
    if (!page) return
    const from = size - index * PAGE
    if (page instanceof SpilledPage && this.#own.has(index) && !page.isShared) page.cut(from)
    else if (page instanceof SpilledPage) this.#pages.set(index, page.bytes(from))
    else if (this.#own.has(index)) page.fill(0, from)
    else this.#pages.set(index, page.slice(0, from))
  }
}

type Page = Uint8Array | SpilledPage

/** Where a new page goes of which so many bytes are written. */
function isSpilled(index: number, length: number, space: Space): boolean {
  if (!space.spill) return false
  return index >= IN_MEMORY || (space.used > MOST_IN_MEMORY && (index > 0 || length === PAGE))
}

/** What a page is counted as. */
function cost(page: Page): number {
  return page instanceof SpilledPage ? PAGE : page.length
}

/** Fills all of `into`: zeros where the page has ended, or there is none. */
function copyInto(page: Page | undefined, from: number, into: Uint8Array): void {
  if (page instanceof SpilledPage) return page.readInto(from, into)
  const found = page?.subarray(from, from + into.length) ?? EMPTY
  into.set(found)
  if (found.length < into.length) into.fill(0, found.length)
}
