// What a container printed, with times: `logs`.

import type { StreamName } from './tap.ts'

export interface LogEntry {
  /** Milliseconds since the epoch. */
  readonly time: number
  readonly stream: StreamName
  readonly bytes: Uint8Array
}

/** Where a container's log is kept: in memory, or in a file of the host. */
export interface LogStore {
  append(entry: LogEntry): void
  /** It keeps no entry's bytes: their memory may be used again. */
  readonly copies?: boolean
  /** Everything kept, oldest first. */
  read(): Iterable<LogEntry>
  /** Told of each new entry, until the returned function is called. */
  follow(listener: (entry: LogEntry) => void): () => void
}

/** In memory, the oldest forgotten when it grows over `limit` bytes. */
export class MemoryLog implements LogStore {
  readonly #limit: number
  readonly #entries: LogEntry[] = []
  readonly #listeners = new Set<(entry: LogEntry) => void>()
  #size = 0

  constructor(limit = 16 * 1024 * 1024) {
    this.#limit = limit
  }

  append(entry: LogEntry): void {
    this.#entries.push(entry)
    this.#size += entry.bytes.length
    while (this.#size > this.#limit && this.#entries.length > 1) this.#size -= this.#entries.shift()!.bytes.length
    for (const listener of this.#listeners) listener(entry)
  }

  read(): Iterable<LogEntry> {
    return [...this.#entries]
  }

  follow(listener: (entry: LogEntry) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }
}

const NEWLINE = 10

/** Entries cut into lines, as docker's json-file has them: an unfinished line of a stream waits for its end. */
export function* logLines(entries: Iterable<LogEntry>): Generator<LogEntry> {
  const open = new Map<StreamName, { time: number; parts: Uint8Array[] }>()
  for (const { time, stream, bytes } of entries) {
    let start = 0
    for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE, start)) {
      const begun = open.get(stream)
      open.delete(stream)
      yield { time: begun?.time ?? time, stream, bytes: join(begun?.parts ?? [], bytes.subarray(start, end + 1)) }
      start = end + 1
    }
    if (start === bytes.length) continue
    const begun = open.get(stream) ?? { time, parts: [] }
    begun.parts.push(bytes.subarray(start))
    open.set(stream, begun)
  }
  for (const [stream, { time, parts }] of open) yield { time, stream, bytes: join(parts, new Uint8Array(0)) }
}

function join(parts: readonly Uint8Array[], last: Uint8Array): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, last.length))
  let at = 0
  for (const part of [...parts, last]) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
