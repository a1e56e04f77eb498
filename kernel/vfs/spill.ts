// Pages of large files that the host keeps for us, so that they do not fill memory: the host lends one file without a name.

import { EMPTY } from '../../lib/bytes.ts'
import { SysError } from '../errno.ts'

/** Bytes at places. What was never written there reads as anything. Throws SysError (ENOSPC, EIO). */
export interface SpillFile {
  write(at: number, bytes: Uint8Array): void
  /** Fills all of it. */
  readInto(at: number, into: Uint8Array): void
  /** Nothing in it is needed any more. */
  clear(): void
}

/** The pages of a host's file. One for all systems of a program: a page is given back when nobody knows of it any more. */
export class SpillPages {
  readonly #file: SpillFile
  readonly #pageSize: number
  readonly #free: number[] = []
  /** Pages there are, free ones too. */
  #count = 0
  readonly #lost = new FinalizationRegistry<number>(place => this.#giveBack(place))

  constructor(file: SpillFile, pageSize: number) {
    this.#file = file
    this.#pageSize = pageSize
  }

  take(): SpilledPage {
    const place = this.#free.pop() ?? this.#count++
    const page = new SpilledPage(this.#file, place * this.#pageSize, () => this.#release(page, place))
    this.#lost.register(page, place, page)
    return page
  }

  #release(page: SpilledPage, place: number): void {
    if (this.#lost.unregister(page)) this.#giveBack(place)
  }

  #giveBack(place: number): void {
    this.#free.push(place)
    if (this.#free.length < this.#count) return
    this.#free.length = 0
    this.#count = 0
    this.#file.clear()
  }
}

/** A page of a file's contents that lies with the host. What lies beyond `length` is zeros. */
export class SpilledPage {
  readonly #file: SpillFile
  readonly #at: number
  /** Only its owner, who has not shared it, may say so. */
  readonly release: () => void
  #length = 0
  isShared = false

  constructor(file: SpillFile, at: number, release: () => void) {
    this.#file = file
    this.#at = at
    this.release = release
  }

  get length(): number {
    return this.#length
  }

  write(from: number, bytes: Uint8Array): void {
    if (from > this.#length) this.#file.write(this.#at + this.#length, new Uint8Array(from - this.#length))
    this.#file.write(this.#at + from, bytes)
    this.#length = Math.max(this.#length, from + bytes.length)
  }

  /** Fills all of it, with zeros beyond the end. */
  readInto(from: number, into: Uint8Array): void {
    const there = Math.max(0, Math.min(into.length, this.#length - from))
    if (there > 0) this.#file.readInto(this.#at + from, there === into.length ? into : into.subarray(0, there))
    if (there < into.length) into.fill(0, there)
  }

  bytes(to = this.#length): Uint8Array {
    const found = new Uint8Array(Math.min(to, this.#length))
    if (found.length === 0) return EMPTY
    this.readInto(0, found)
    return found
  }

  cut(length: number): void {
    this.#length = Math.min(this.#length, length)
  }
}

/** Whether a host's file could not take it: then memory must. */
export function isFull(error: unknown): boolean {
  return error instanceof SysError && (error.errno === 'ENOSPC' || error.errno === 'EDQUOT')
}
