// A container's log in a file: one JSON object a line, so that any process can read and follow it.
//
// { time, stream, log }: milliseconds since the epoch, and the text; bytes that are no UTF-8 are lone surrogates, as
// everywhere in cowbox, which JSON writes as \udc80 to \udcff: nothing is lost.

import { closeSync, openSync, readSync, statSync, writeSync } from 'node:fs'
import type { LogEntry, LogStore } from '../../engine/logs.ts'
import type { StreamName } from '../../engine/tap.ts'
import { concat, decode, EMPTY, encode } from '../../lib/bytes.ts'
import { hasCode } from './host-error.ts'

/** How often a follower looks for more. */
const LOOK_EVERY = 50
const CHUNK = 256 * 1024
const NEWLINE = 10

interface Line {
  readonly time: number
  readonly stream: StreamName
  readonly log: string
}

export class FileLog implements LogStore {
  readonly #path: string
  readonly #followers = new Set<LogReader>()
  #waiting: string[] = []
  #fd: number | undefined

  constructor(path: string) {
    this.#path = path
  }

  /** Lines are gathered for a turn of the event loop, and written at once by `flush`. */
  append({ time, stream, bytes }: LogEntry): void {
    if (this.#waiting.length === 0) setImmediate(() => this.flush())
    this.#waiting.push(`${JSON.stringify({ time, stream, log: decode(bytes) } satisfies Line)}\n`)
  }

  flush(): void {
    if (this.#waiting.length === 0) return
    const bytes = encode(this.#waiting.join(''))
    this.#waiting = []
    this.#fd ??= openForMore(this.#path)
    // A container that was removed meanwhile has no log any more.
    if (this.#fd === undefined) return
    for (let at = 0; at < bytes.length; ) at += writeSync(this.#fd, bytes, at)
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
}

/** Reads a log that grows, a piece at a time. */
class LogReader {
  readonly #path: string
  readonly from: number
  #offset: number
  /** An unfinished line. */
  #rest: Uint8Array = EMPTY

  constructor(path: string, from: number) {
    this.#path = path
    this.from = from
    this.#offset = from
  }

  /** The entries of the next piece that ends before `end`; undefined: there is no more now. */
  next(end = Number.POSITIVE_INFINITY): LogEntry[] | undefined {
    const chunk = readAt(this.#path, this.#offset, Math.min(CHUNK, end - this.#offset))
    if (chunk.length === 0) return undefined
    this.#offset += chunk.length
    const bytes = concat([this.#rest, chunk])
    const whole = bytes.lastIndexOf(NEWLINE) + 1
    this.#rest = bytes.slice(whole)
    return parseLines(decode(bytes.subarray(0, whole)))
  }
}

function parseLines(text: string): LogEntry[] {
  return text.split('\n').flatMap(line => {
    // A process that was killed left half a line.
    if (!line.startsWith('{') || !line.endsWith('}')) return []
    try {
      // Written by append above.
      const { time, stream, log } = JSON.parse(line) as Line
      return [{ time, stream, bytes: encode(log) }]
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error
      return []
    }
  })
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

/** What a process that was killed left half-written is ended first. */
function openForMore(path: string): number | undefined {
  const size = sizeOf(path)
  const isCut = size > 0 && readAt(path, size - 1, 1)[0] !== NEWLINE
  const fd = openIfThere(path, 'a')
  if (fd !== undefined && isCut) writeSync(fd, '\n')
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
