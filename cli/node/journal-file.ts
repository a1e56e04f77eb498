// A container's journal in a file: what it changed since it started, kept while it runs, so that the end of its process
// (SIGKILL, a reboot) loses no more than the last moment.
//
// A line of JSON says what the frames are to be replayed over; then each frame has its length and its CRC-32 before it, four
// bytes each. A frame that was cut off, and whatever follows it, is not read.

import { closeSync, fstatSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs'
import { Crc32 } from '../../lib/crc32.ts'
import { hasCode } from './host-error.ts'
import { removeIfThere, writeWhole } from './whole-files.ts'

/** What is the same in every tree that the frames fit. JSON as it stands. */
export interface JournalBase {
  /** Of the frames, and of how the inodes of an image are numbered. */
  readonly format: 1
  readonly lastIno: number
  /** The changes that were kept when the container had ended properly. */
  readonly changes: string
}

const HEADER = 8
const NEWLINE = 10

export class JournalFile {
  readonly #path: string
  #fd: number | undefined
  #size = 0

  constructor(path: string) {
    this.#path = path
  }

  get size(): number {
    return this.#size
  }

  /** The whole frames. None when there is no journal, or it belongs over something else. */
  read(base: JournalBase): Uint8Array[] {
    return parse(readIfThere(this.#path), base).frames
  }

  /** Gets ready to go on after the whole frames that are there. */
  open(base: JournalBase): void {
    const { end } = parse(readIfThere(this.#path), base)
    if (end === 0) {
      writeWhole(this.#path, `${JSON.stringify(base)}\n`)
      this.#fd = openSync(this.#path, 'a')
      this.#size = fstatSync(this.#fd).size
    } else {
      this.#fd = openSync(this.#path, 'a')
      ftruncateSync(this.#fd, end)
      this.#size = end
    }
  }

  append(frame: Uint8Array): void {
    if (this.#fd === undefined) return
    const header = headerOf(frame)
    for (let at = 0; at < HEADER; ) at += writeSync(this.#fd, header, at)
    for (let at = 0; at < frame.length; ) at += writeSync(this.#fd, frame, at)
    this.#size += HEADER + frame.length
  }

  /** One frame in place of all others. */
  replace(base: JournalBase, frame: Uint8Array): void {
    this.close()
    writeWhole(this.#path, Buffer.concat([Buffer.from(`${JSON.stringify(base)}\n`), headerOf(frame), frame]))
    this.#fd = openSync(this.#path, 'a')
    this.#size = fstatSync(this.#fd).size
  }

  close(): void {
    if (this.#fd !== undefined) closeSync(this.#fd)
    this.#fd = undefined
  }

  remove(): void {
    this.close()
    removeIfThere(this.#path)
  }
}

function headerOf(frame: Uint8Array): Buffer {
  const header = Buffer.alloc(HEADER)
  header.writeUInt32BE(frame.length, 0)
  header.writeUInt32BE(sum(frame), 4)
  return header
}

/** The frames, and where the last whole one ends; 0: the file is not there, or of another base. */
function parse(file: Buffer | undefined, base: JournalBase): { frames: Uint8Array[]; end: number } {
  const line = (file?.indexOf(NEWLINE) ?? -1) + 1
  if (!file || file.toString('utf8', 0, line) !== `${JSON.stringify(base)}\n`) return { frames: [], end: 0 }
  const frames: Uint8Array[] = []
  let end = line
  while (end + HEADER <= file.length) {
    const next = end + HEADER + file.readUInt32BE(end)
    const frame = file.subarray(end + HEADER, next)
    if (next > file.length || sum(frame) !== file.readUInt32BE(end + 4)) break
    frames.push(frame)
    end = next
  }
  return { frames, end }
}

function sum(frame: Uint8Array): number {
  const crc = new Crc32()
  crc.update(frame)
  return crc.value
}

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error
    return undefined
  }
}
