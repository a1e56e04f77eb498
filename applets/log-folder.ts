// A folder of svlogd: `current`, the old ones by their times, and what its config says.

import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { decode, encode } from '../lib/bytes.ts'
import { startCommand } from './run-command.ts'
import { taiStamp } from './tai-stamp.ts'

interface Rule {
  readonly isSelecting: boolean
  readonly goesToStderr: boolean
  readonly pattern: string
}

export class LogFolder {
  readonly name: string
  readonly #proc: Process
  readonly #info: (message: string) => void
  readonly #size: number
  readonly #kept: number
  readonly #processor: string | undefined
  readonly #rules: readonly Rule[]
  #fd: number
  #written: number
  #isDue = false

  /** Throws SysError. */
  static async open(proc: Process, name: string, info: (message: string) => void): Promise<LogFolder> {
    const lock = await proc.open(`${name}/lock`, { write: true, create: true, append: true, closeOnExec: true }, 0o600)
    proc.seek(lock, 0)
    const config = configOf(proc, name)
    if (config !== undefined) info(`read: ${name}/config`)
    const how = { write: true, create: true, append: true, closeOnExec: true }
    const isNew = sizeOf(proc, `${name}/current`) === undefined
    const fd = await proc.open(`${name}/current`, how, 0o644)
    proc.chmod(`${name}/current`, 0o744)
    info(`${isNew ? 'new' : 'append'}: ${name}/current`)
    return new LogFolder(proc, name, info, { fd, lines: (config ?? '').split('\n') })
  }

  private constructor(
    proc: Process,
    name: string,
    info: (message: string) => void,
    parts: { readonly fd: number; readonly lines: readonly string[] },
  ) {
    this.#proc = proc
    this.name = name
    this.#info = info
    this.#fd = parts.fd
    this.#written = proc.descriptionStat(parts.fd).size
    const value = (letter: string) => parts.lines.find(line => line.startsWith(letter))?.slice(1)
    this.#size = Number(value('s') ?? 1_000_000) || 0
    this.#kept = Number(value('n') ?? 10) || 0
    this.#processor = value('!')
    this.#rules = parts.lines.flatMap(line => {
      const kind = line[0] ?? ''
      if (!'+-eE'.includes(kind) || kind === '') return []
      return { isSelecting: kind === '+' || kind === 'e', goesToStderr: /e/i.test(kind), pattern: line.slice(1) }
    })
  }

  /** `seen`: what patterns are matched with. */
  async take(seen: string, line: string): Promise<void> {
    let isKept = true
    let isShown = false
    for (const { isSelecting, goesToStderr, pattern } of this.#rules) {
      if (!matches(pattern, seen)) continue
      if (goesToStderr) isShown = isSelecting
      else isKept = isSelecting
    }
    if (isShown) await this.#proc.stderr.write(line)
    if (!isKept) return
    const bytes = encode(line)
    if (this.#isDue || (this.#size > 0 && this.#written > 0 && this.#written + bytes.length > this.#size))
      await this.#turnOver()
    await this.#proc.write(this.#fd, bytes.slice())
    this.#written += bytes.length
  }

  turnOverSoon(): void {
    this.#isDue = true
  }

  async close(): Promise<void> {
    this.#proc.close(this.#fd)
  }

  async #turnOver(): Promise<void> {
    const proc = this.#proc
    this.#isDue = false
    proc.close(this.#fd)
    const current = `${this.name}/current`
    let name = ''
    // Two that are turned over at one time have names of their own.
    for (let time = proc.kernel.nanoseconds(); name === ''; time++) {
      const wanted = `${taiStamp(time)}.${this.#processor === undefined ? 's' : 'u'}`
      if (sizeOf(proc, `${this.name}/${wanted}`) === undefined) name = wanted
    }
    this.#info(`rename: ${current} ${name} ${this.#written}`)
    proc.rename(current, `${this.name}/${name}`)
    if (this.#processor !== undefined) await this.#process(name)
    this.#fd = await proc.open(current, { write: true, create: true, append: true, closeOnExec: true }, 0o644)
    proc.chmod(current, 0o744)
    this.#written = 0
    this.#removeOldest()
  }

  async #process(name: string): Promise<void> {
    const proc = this.#proc
    const from = `${this.name}/${name}`
    const to = from.replace(/u$/, 's')
    const input = await proc.open(from, { read: true, closeOnExec: true })
    const output = await proc.open(to, { write: true, create: true, truncate: true, closeOnExec: true })
    const { child } = startCommand(proc, ['sh', '-c', this.#processor ?? ''], {
      prepare: self => {
        self.dup(input, { onto: 0 })
        self.dup(output, { onto: 1 })
      },
    })
    await proc.wait(child.pid)
    proc.close(input)
    proc.close(output)
    proc.unlink(from)
  }

  #removeOldest(): void {
    if (this.#kept === 0) return
    const old = this.#proc
      .readNames(this.name)
      .filter(name => /^@[0-9a-f]{24}\.s$/.test(name))
      .sort()
    for (const name of old.slice(0, Math.max(0, old.length - this.#kept))) {
      this.#info(`delete: ${this.name}/${name}`)
      this.#proc.unlink(`${this.name}/${name}`)
    }
  }
}

/** runit: `*` goes to the next occurrence of the letter after it, `+` is one letter or more of the same. */
function matches(pattern: string, line: string): boolean {
  let at = 0
  for (let i = 0; i < pattern.length; i++) {
    const letter = pattern[i]!
    if (letter === '*') {
      const next = pattern[i + 1]
      if (next === undefined) return true
      while (at < line.length && line[at] !== next) at++
    } else if (letter === '+') {
      const next = pattern[++i]
      if (next === undefined || line[at] !== next) return false
      while (at < line.length && line[at] === next) at++
    } else {
      if (line[at] !== letter) return false
      at++
    }
  }
  return at === line.length
}

function configOf(proc: Process, name: string): string | undefined {
  try {
    return decode(proc.contentsOf(`${name}/config`))
  } catch (error) {
    if (!(error instanceof SysError) || error.errno !== 'ENOENT') throw error
    return undefined
  }
}

function sizeOf(proc: Process, path: string): number | undefined {
  try {
    return proc.stat(path).size
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return undefined
  }
}
