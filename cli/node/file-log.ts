// A container's log in a file: one JSON object a line, so that any process can read and follow it.
//
// { time, stream, log }: milliseconds since the epoch, and the text; bytes that are no UTF-8 are lone surrogates, as
// everywhere in cowbox, which JSON writes as \udc80 to \udcff: nothing is lost.
// { time, stream, size }: so many bytes follow as they are, and a newline. Making a text of much output would take longer
// than making the output.

import { closeSync, ftruncateSync, openSync, readSync, statSync, writeSync, writevSync } from 'node:fs'
import type { LogEntry, LogStore } from '../../engine/logs.ts'
import type { StreamName } from '../../engine/tap.ts'
import { concat, decode, EMPTY, encode } from '../../lib/bytes.ts'
import { hasCode } from './host-error.ts'

/** How often a follower looks for more. */
const LOOK_EVERY = 50
const CHUNK = 256 * 1024
const NEWLINE = 10

/** So much in one piece is kept as it is, and written at once. */
const MUCH = 4096

interface Line {
  readonly time: number
  readonly stream: StreamName
  readonly log: string
}

interface Head {
  readonly time: number
  readonly stream: StreamName
  readonly size: number
}

export class FileLog implements LogStore {
  readonly copies = true
  readonly #path: string
  readonly #followers = new Set<LogReader>()
  #waiting: (string | Uint8Array)[] = []
  #fd: number | undefined

  constructor(path: string) {
    this.#path = path
  }

  /** Lines are gathered for a turn of the event loop, and written at once by `flush`. */
  append({ time, stream, bytes }: LogEntry): void {
    if (this.#waiting.length === 0) setImmediate(() => this.flush())
    if (bytes.length < MUCH) this.#add(`${JSON.stringify({ time, stream, log: decode(bytes) } satisfies Line)}\n`)
    else {
      this.#add(`${JSON.stringify({ time, stream, size: bytes.length } satisfies Head)}\n`)
      this.#waiting.push(bytes)
      this.#add('\n')
      this.flush()
    }
  }

  flush(): void {
    if (this.#waiting.length === 0) return
    const waiting = this.#waiting.map(piece => (typeof piece === 'string' ? encode(piece) : piece))
    this.#waiting = []
    this.#fd ??= openForMore(this.#path)
    // A container that was removed meanwhile has no log any more.
    if (this.#fd !== undefined) writeAll(this.#fd, waiting)
  }

  close(): void {
    this.flush()
    if (this.#fd !== undefined) closeSync(this.#fd)
    this.#fd = undefined
  }

  /** Up to where a follower goes on, when there is one: who follows first and reads then has every entry once. */
  *read(): Iterable<LogEntry> {
    this.flush()
    const end = Math.min(sizeOf(this.#path), ...[...this.#followers].map(({ from }) => from))
    const reader = new LogReader(this.#path, 0)
    for (let entries = reader.next(end); entries; entries = reader.next(end)) yield* entries
  }

  follow(listener: (entry: LogEntry) => void): () => void {
    this.flush()
    const reader = new LogReader(this.#path, sizeOf(this.#path))
    this.#followers.add(reader)
    const look = () => {
      for (let entries = reader.next(); entries; entries = reader.next()) for (const entry of entries) listener(entry)
    }
    const timer = setInterval(look, LOOK_EVERY)
    return () => {
      if (!this.#followers.delete(reader)) return
      clearInterval(timer)
      this.flush()
      look()
    }
  }

  #add(text: string): void {
    const last = this.#waiting.at(-1)
    if (typeof last === 'string') this.#waiting[this.#waiting.length - 1] = last + text
    else this.#waiting.push(text)
  }
}

function writeAll(fd: number, pieces: readonly Uint8Array[]): void {
  const size = pieces.reduce((sum, piece) => sum + piece.length, 0)
  const written = writevSync(fd, pieces)
  if (written === size) return
  const rest = concat(pieces).subarray(written)
  for (let at = 0; at < rest.length; ) at += writeSync(fd, rest, at)
}

/** Reads a log that grows, a piece at a time. */
class LogReader {
  readonly #path: string
  readonly from: number
  #offset: number
  #rest: Uint8Array = EMPTY

  constructor(path: string, from: number) {
    this.#path = path
    this.from = from
    this.#offset = from
  }

  /** An unfinished entry. */
  get rest(): Uint8Array {
    return this.#rest
  }

  /** The entries of the next piece that ends before `end`; undefined: there is no more now. */
  next(end = Number.POSITIVE_INFINITY): LogEntry[] | undefined {
    const chunk = readAt(this.#path, this.#offset, Math.min(CHUNK, end - this.#offset))
    if (chunk.length === 0) return undefined
    this.#offset += chunk.length
    const bytes = concat([this.#rest, chunk])
    const { entries, used } = parse(bytes)
    this.#rest = bytes.slice(used)
    return entries
  }
}

/** The whole entries, and how many bytes they are. */
function parse(bytes: Uint8Array): { entries: LogEntry[]; used: number } {
  const entries: LogEntry[] = []
  let used = 0
  for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE, used)) {
    const line = parseLine(decode(bytes.subarray(used, end)))
    if (line && 'size' in line) {
      const { time, stream, size } = line
      if (end + 1 + size >= bytes.length) break
      entries.push({ time, stream, bytes: bytes.slice(end + 1, end + 1 + size) })
      used = end + size + 2
      continue
    }
    if (line) entries.push({ time: line.time, stream: line.stream, bytes: encode(line.log) })
    used = end + 1
  }
  return { entries, used }
}

/** undefined: a process that was killed left half a line. */
function parseLine(line: string): Line | Head | undefined {
  if (!line.startsWith('{') || !line.endsWith('}')) return undefined
  try {
    // Written by append above.
    return JSON.parse(line) as Line | Head
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return undefined
  }
}

function readAt(path: string, offset: number, length: number): Uint8Array {
  if (length <= 0 || sizeOf(path) <= offset) return EMPTY
  const fd = openIfThere(path, 'r')
  if (fd === undefined) return EMPTY
  try {
    const buffer = new Uint8Array(Math.min(length, sizeOf(path) - offset))
    return buffer.subarray(0, readSync(fd, buffer, 0, buffer.length, offset))
  } finally {
    closeSync(fd)
  }
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}

/** What a process that was killed left half-written is ended first: a line by its newline, bytes that are not all there go. */
function openForMore(path: string): number | undefined {
  const reader = new LogReader(path, 0)
  while (reader.next());
  const fd = openIfThere(path, 'a')
  if (fd === undefined || reader.rest.length === 0) return fd
  if (reader.rest.includes(NEWLINE)) ftruncateSync(fd, sizeOf(path) - reader.rest.length)
  else writeSync(fd, '\n')
  return fd
}

function openIfThere(path: string, flags: 'a' | 'r'): number | undefined {
  try {
    return openSync(path, flags, 0o600)
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error
    return undefined
  }
}
