// A container's log in a file: one JSON object a line, so that any process can read and follow it.

import { appendFileSync, closeSync, existsSync, openSync, readFileSync, readSync, statSync } from 'node:fs'
import { decode, encode } from '../../lib/bytes.ts'
import type { LogEntry, LogStore } from '../../engine/logs.ts'

/** How often a follower looks for more. */
const LOOK_EVERY = 50

interface Line {
  readonly time: number
  readonly stream: 'stdout' | 'stderr'
  readonly log: string
}

export class FileLog implements LogStore {
  readonly #path: string
  #waiting = ''

  constructor(path: string) {
    this.#path = path
  }

  /** Lines are gathered for a turn of the event loop, and written at once by `flush`. */
  append({ time, stream, bytes }: LogEntry): void {
    if (this.#waiting === '') setImmediate(() => this.flush())
    this.#waiting += `${JSON.stringify({ time, stream, log: decode(bytes) } satisfies Line)}\n`
  }

  flush(): void {
    if (this.#waiting === '') return
    const text = this.#waiting
    this.#waiting = ''
    // A container that was removed meanwhile has no log any more.
    if (existsSync(this.#path.replace(/[^/]*$/, ''))) appendFileSync(this.#path, text)
  }

  *read(): Iterable<LogEntry> {
    if (!existsSync(this.#path)) return
    yield* parseLines(readFileSync(this.#path, 'utf8'))
  }

  follow(listener: (entry: LogEntry) => void): () => void {
    let offset = existsSync(this.#path) ? statSync(this.#path).size : 0
    let rest = ''
    const look = () => {
      const size = existsSync(this.#path) ? statSync(this.#path).size : offset
      if (size <= offset) return
      const buffer = Buffer.alloc(size - offset)
      const fd = openSync(this.#path, 'r')
      readSync(fd, buffer, 0, buffer.length, offset)
      closeSync(fd)
      offset = size
      rest += buffer.toString('utf8')
      const end = rest.lastIndexOf('\n') + 1
      for (const entry of parseLines(rest.slice(0, end))) listener(entry)
      rest = rest.slice(end)
    }
    const timer = setInterval(look, LOOK_EVERY)
    return () => {
      look()
      clearInterval(timer)
    }
  }
}

/** The last line may be half-written by a process that was killed. */
function* parseLines(text: string): Generator<LogEntry> {
  for (const line of text.split('\n')) {
    if (!line.endsWith('}')) continue
    // Written by append above.
    const { time, stream, log } = JSON.parse(line) as Line
    yield { time, stream, bytes: encode(log) }
  }
}
