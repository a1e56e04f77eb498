// Where syslogd puts its lines: a file that is turned over when it is large, or a ring in memory.

import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { concat, encode } from '../lib/bytes.ts'
import { RING_PATH } from './system-log.ts'

export interface LogSink {
  put(line: Uint8Array): Promise<void>
  end(): void
}

export class LogFile implements LogSink {
  readonly #proc: Process
  readonly #path: string
  readonly #size: number
  readonly #kept: number

  /** `size`: of a full one; 0: it never is. `-` is stdout. */
  constructor(proc: Process, path: string, size: number, kept: number) {
    this.#proc = proc
    this.#path = path
    this.#size = size
    this.#kept = kept
  }

  async put(line: Uint8Array): Promise<void> {
    const proc = this.#proc
    if (this.#path === '-') {
      await proc.stdout.write(line)
      await proc.stdout.flush()
      return
    }
    makeParent(proc, this.#path)
    const fd = await this.#open()
    if (fd === undefined) return
    await proc.write(fd, line)
    const { size, kind } = proc.descriptionStat(fd)
    proc.close(fd)
    if (kind === 'file' && this.#size > 0 && size > this.#size) this.#turnOver()
  }

  end(): void {}

  async #open(): Promise<number | undefined> {
    for (const path of [this.#path, '/dev/console']) {
      try {
        return await this.#proc.open(path, { write: true, create: true, append: true, nonBlocking: true })
      } catch (error) {
        if (!(error instanceof SysError)) throw error
      }
    }
    return undefined
  }

  /** messages.0 is the youngest of the old ones. */
  #turnOver(): void {
    const proc = this.#proc
    if (this.#kept === 0) return proc.truncate(this.#path, 0)
    const name = (at: number) => (at < 0 ? this.#path : `${this.#path}.${at}`)
    for (let at = this.#kept - 1; at >= 0; at--) {
      try {
        proc.rename(name(at - 1), name(at))
      } catch (error) {
        if (!(error instanceof SysError)) throw error
      }
    }
  }
}

export class LogRing implements LogSink {
  readonly #proc: Process
  readonly #size: number
  #lines: Uint8Array[] = []
  #length = 0
  #dropped = 0

  constructor(proc: Process, size: number) {
    this.#proc = proc
    this.#size = size
  }

  async put(line: Uint8Array): Promise<void> {
    this.#lines.push(line)
    this.#length += line.length
    while (this.#length > this.#size) {
      const gone = this.#lines.shift()?.length ?? 0
      this.#length -= gone
      this.#dropped += gone
    }
    const fd = await this.#proc.open(RING_PATH, { write: true, create: true, truncate: true }, 0o644)
    await this.#proc.write(fd, concat([encode(`${this.#dropped}\n`), ...this.#lines]))
    this.#proc.close(fd)
  }

  end(): void {
    try {
      this.#proc.unlink(RING_PATH)
    } catch (error) {
      if (!(error instanceof SysError)) throw error
    }
  }
}

function makeParent(proc: Process, path: string): void {
  const slash = path.lastIndexOf('/')
  if (slash <= 0) return
  try {
    proc.mkdir(path.slice(0, slash), 0o755)
  } catch (error) {
    if (!(error instanceof SysError)) throw error
  }
}
