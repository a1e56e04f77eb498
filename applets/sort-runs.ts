// Sorted runs of lines in a temporary file, and their merge: what sort does with more than it may hold.

import { SysError } from '../kernel/errno.ts'
import { Output } from '../kernel/output.ts'
import type { Process } from '../kernel/process.ts'
import { EMPTY } from '../lib/bytes.ts'
import { toHex } from '../lib/digest.ts'
import { Failure } from './applet.ts'
import type { Entry } from './sort-compare.ts'

/** So many runs are merged at a time. */
export const MOST_RUNS = 32
const BLOCK = 65536

/** Writes lines; a promise only when that must wait. */
export type Send = (bytes: Uint8Array) => void | Promise<void>

export interface MergeOptions {
  /** What ends a line. */
  readonly end: number
  readonly entryOf: (line: Uint8Array) => Entry
  readonly compare: (a: Entry, b: Entry) => number
  /** Of those that are equal by this only the first is kept. */
  readonly isDuplicate: ((a: Entry, b: Entry) => boolean) | undefined
}

interface Run {
  readonly start: number
  readonly end: number
}

export class Runs {
  readonly #proc: Process
  readonly #directory: string
  readonly #how: MergeOptions
  #file: RunFile | undefined
  #runs: Run[] = []

  constructor(proc: Process, directory: string, how: MergeOptions) {
    this.#proc = proc
    this.#directory = directory
    this.#how = how
  }

  get isEmpty(): boolean {
    return this.#runs.length === 0
  }

  /** `write` hands on the lines of one more run, in order. */
  async add(write: (send: Send) => Promise<void>): Promise<void> {
    if (this.#runs.length === MOST_RUNS) await this.#mergeToFile()
    this.#file ??= await RunFile.create(this.#proc, this.#directory)
    this.#runs.push(await this.#file.add(write))
  }

  /** Hands on the lines of all runs in order; equal ones in the order of the runs. */
  async merge(send: Send): Promise<void> {
    const file = this.#file
    if (!file) return
    const readers = this.#runs.map(run => new RunReader(file, run, this.#how))
    await mergeRuns(this.#proc, readers, this.#how, send)
  }

  /** The file has no name any more: closing it is all there is to do, and happens by itself when the process ends. */
  close(): void {
    this.#file?.close()
    this.#file = undefined
  }

  async #mergeToFile(): Promise<void> {
    const larger = await RunFile.create(this.#proc, this.#directory)
    const run = await larger.add(send => this.merge(send))
    this.close()
    this.#file = larger
    this.#runs = [run]
  }
}

class RunFile {
  readonly #proc: Process
  readonly #fd: number
  readonly #path: string
  #size = 0

  private constructor(proc: Process, fd: number, path: string) {
    this.#proc = proc
    this.#fd = fd
    this.#path = path
  }

  /** Its name is taken away at once, so that nothing is left of it however the process ends. */
  static async create(proc: Process, directory: string): Promise<RunFile> {
    const path = `${directory}/sort${toHex(proc.kernel.host.random(6))}`
    try {
      const how = { read: true, write: true, create: true, exclusive: true, closeOnExec: true }
      const fd = await proc.open(path, how, 0o600)
      proc.unlink(path)
      return new RunFile(proc, fd, path)
    } catch (error) {
      throw refused(error, path)
    }
  }

  async add(write: (send: Send) => Promise<void>): Promise<Run> {
    const proc = this.#proc
    const start = this.#size
    proc.seek(this.#fd, start)
    const output = new Output({
      send: bytes => {
        this.#size += bytes.length
        return proc.write(this.#fd, bytes)
      },
      copies: () => proc.copiesWrites(this.#fd),
    })
    try {
      await write(bytes => output.lend(bytes))
      await output.flush()
    } catch (error) {
      throw refused(error, this.#path)
    }
    return { start, end: this.#size }
  }

  readInto(at: number, into: Uint8Array): number | Promise<number> {
    this.#proc.seek(this.#fd, at)
    return this.#proc.readInto(this.#fd, into)
  }

  close(): void {
    this.#proc.close(this.#fd)
  }
}

function refused(error: unknown, path: string): unknown {
  return error instanceof SysError ? new Failure(`${path}: ${error.message}`) : error
}

/** The lines of a run, one after another. */
class RunReader {
  readonly #file: RunFile
  readonly #how: MergeOptions
  readonly #end: number
  #at: number
  #block = new Uint8Array(BLOCK)
  #from = 0
  #to = 0
  /** The first line that was not taken; undefined: there is none. */
  head: Entry | undefined
  line: Uint8Array = EMPTY

  constructor(file: RunFile, run: Run, how: MergeOptions) {
    this.#file = file
    this.#how = how
    this.#at = run.start
    this.#end = run.end
  }

  /** A promise only when more must be read. */
  next(): void | Promise<void> {
    const stop = this.#block.subarray(this.#from, this.#to).indexOf(this.#how.end)
    if (stop !== -1) return this.#take(this.#from + stop)
    if (this.#at < this.#end) return this.#readMore()
    this.head = undefined
  }

  #take(stop: number): void {
    this.line = this.#block.subarray(this.#from, stop + 1)
    this.head = this.#how.entryOf(this.#block.subarray(this.#from, stop))
    this.#from = stop + 1
  }

  async #readMore(): Promise<void> {
    const rest = this.#block.subarray(this.#from, this.#to)
    // What was handed out as the last line is done with: its place is taken.
    if (rest.length > this.#block.length / 2) {
      const larger = new Uint8Array(2 * this.#block.length)
      larger.set(rest)
      this.#block = larger
    } else this.#block.copyWithin(0, this.#from, this.#to)
    const room = this.#block.subarray(rest.length, rest.length + Math.min(this.#block.length, this.#end - this.#at))
    const count = await this.#file.readInto(this.#at, room)
    if (count === 0) throw new SysError('EIO')
    this.#at += count
    this.#from = 0
    this.#to = rest.length + count
    const next = this.next()
    if (next) await next
  }
}

async function mergeRuns(proc: Process, readers: readonly RunReader[], how: MergeOptions, send: Send): Promise<void> {
  const heap = new Heap((a, b) => how.compare(readers[a]!.head!, readers[b]!.head!) || a - b)
  for (const [index, reader] of readers.entries()) {
    await reader.next()
    if (reader.head) heap.add(index)
  }
  let before: Entry | undefined
  let count = 0
  for (let index = heap.first; index !== undefined; index = heap.first) {
    const reader = readers[index]!
    const head = reader.head!
    if (!(before && how.isDuplicate?.(before, head))) {
      const sent = send(reader.line)
      if (sent) await sent
      if (how.isDuplicate) before = head
    }
    const read = reader.next()
    if (read) await read
    heap.settle(reader.head !== undefined)
    const pause = (++count & 255) === 0 ? proc.gate() : undefined
    if (pause) await pause
  }
}

/** Numbers, the least first. */
class Heap {
  readonly #compare: (a: number, b: number) => number
  readonly #items: number[] = []

  constructor(compare: (a: number, b: number) => number) {
    this.#compare = compare
  }

  get first(): number | undefined {
    return this.#items[0]
  }

  add(item: number): void {
    const items = this.#items
    let at = items.length
    while (at > 0) {
      const above = (at - 1) >> 1
      if (this.#compare(item, items[above]!) >= 0) break
      items[at] = items[above]!
      at = above
    }
    items[at] = item
  }

  /** The first one has changed, or, unless it stays, is no more. */
  settle(stays: boolean): void {
    const items = this.#items
    const last = stays ? items[0]! : items.pop()!
    if (items.length === 0) return
    let at = 0
    for (;;) {
      let below = 2 * at + 1
      if (below >= items.length) break
      if (below + 1 < items.length && this.#compare(items[below + 1]!, items[below]!) < 0) below++
      if (this.#compare(last, items[below]!) <= 0) break
      items[at] = items[below]!
      at = below
    }
    items[at] = last
  }
}
