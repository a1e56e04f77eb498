// cpio -i, -t and -p: the members of an archive listed, or made files again.

import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { decode } from '../lib/bytes.ts'
import type { CpioEntry } from '../lib/cpio.ts'
import { modeString } from '../lib/mode-string.ts'
import { strftime } from '../lib/strftime.ts'
import { parseTimeZone } from '../lib/time-zone.ts'
import { Failure } from './applet.ts'
import { statOf } from './refused.ts'
import { safeName } from './tar-names.ts'

export interface CpioExtractOptions {
  readonly list: boolean
  /** -p: names are made relative without a word. */
  readonly isCopy: boolean
  readonly verbose: boolean
  readonly makeDirectories: boolean
  readonly keepTime: boolean
  readonly overwrite: boolean
  readonly uid: number | undefined
  readonly gid: number | undefined
  readonly warn: (message: string) => void
}

const KINDS: ReadonlyMap<number, 'file' | 'directory' | 'symlink' | 'fifo' | 'character' | 'block' | 'socket'> =
  new Map([
    [0o10, 'file'],
    [0o04, 'directory'],
    [0o12, 'symlink'],
    [0o01, 'fifo'],
    [0o02, 'character'],
    [0o06, 'block'],
    [0o14, 'socket'],
  ])

export class CpioExtraction {
  readonly #proc: Process
  readonly #how: CpioExtractOptions
  readonly #told = new Set<string>()
  /** Names of files that have more than one: the first, by device and inode. */
  readonly #links = new Map<string, string>()
  readonly #directories: { readonly name: string; readonly entry: CpioEntry }[] = []

  constructor(proc: Process, how: CpioExtractOptions) {
    this.#proc = proc
    this.#how = how
  }

  async take(entry: CpioEntry): Promise<void> {
    const { name, removed } = safeName(entry.name)
    // busybox takes a leading / away without a word.
    if (!/^\/*$/.test(removed) && !this.#how.isCopy && !this.#told.has(removed)) {
      this.#told.add(removed)
      this.#how.warn(`removing leading '${removed}' from member names`)
    }
    const kind = KINDS.get((entry.mode >> 12) & 15)
    if (!kind) throw new Failure(`${entry.name}: unknown file type`)
    if (this.#how.list) {
      await this.#proc.stdout.line(this.#how.verbose ? this.#longText(entry, name, kind) : name)
      return
    }
    if (this.#how.verbose) await this.#proc.stdout.line(name)
    try {
      await this.#make(entry, name, kind)
    } catch (error) {
      if (!(error instanceof SysError)) throw error
      throw new Failure(`can't ${kind === 'file' ? 'open' : `create ${kind}`} '${name}': ${error.message}`)
    }
  }

  /** Directories get their owners and times last: what is made in them changes those. */
  finish(): void {
    for (const { name, entry } of this.#directories.reverse()) this.#restore(name, entry, 'directory')
  }

  #longText(entry: CpioEntry, name: string, kind: Parameters<typeof modeString>[0]): string {
    const zone = parseTimeZone(this.#proc.env.get('TZ'))
    const time = strftime('%Y-%m-%d %H:%M:%S', BigInt(entry.mtime) * 1_000_000_000n, zone)
    const owner = `${this.#how.uid ?? entry.uid}/${this.#how.gid ?? entry.gid}`
    const link = kind === 'symlink' ? ` -> ${decode(entry.contents)}` : ''
    const size = kind === 'symlink' ? 0 : entry.size
    return `${modeString(kind, entry.mode & 0o7777)} ${owner} ${String(size).padStart(9)} ${time} ${name}${link}`
  }

  async #make(
    entry: CpioEntry,
    name: string,
    kind: 'file' | 'directory' | 'symlink' | 'fifo' | 'character' | 'block' | 'socket',
  ) {
    const proc = this.#proc
    if (this.#how.makeDirectories) this.#makeParents(name)
    const existing = statOf(proc, name, { follow: false })
    if (kind === 'directory') {
      if (existing?.kind !== 'directory') proc.mkdir(name, entry.mode & 0o7777)
      this.#directories.push({ name, entry })
      return
    }
    const identity = `${entry.dev}:${entry.ino}`
    const first = kind === 'file' && entry.nlink > 1 ? this.#links.get(identity) : undefined
    if (existing) {
      const isOlder = existing.mtime / 1_000_000_000n < BigInt(entry.mtime)
      if (!this.#how.overwrite && !isOlder) {
        this.#how.warn(`${name} not created: newer or same age file exists`)
        return
      }
      proc.unlink(name)
    }
    if (first !== undefined && entry.size === 0) return proc.link(first, name)
    if (kind === 'symlink') proc.symlink(decode(entry.contents), name)
    else if (kind === 'file') {
      // The contents come with the last name: the names before are made links to this.
      const fd = await this.#open(name, first, entry)
      await proc.write(fd, entry.contents)
      proc.close(fd)
      if (entry.nlink > 1 && first === undefined) this.#links.set(identity, name)
    } else proc.mknod(name, kind, entry.mode & 0o7777, entry.rdev)
    this.#restore(name, entry, kind)
  }

  #open(name: string, first: string | undefined, entry: CpioEntry): number | Promise<number> {
    if (first === undefined)
      return this.#proc.open(name, { write: true, create: true, exclusive: true }, entry.mode & 0o777)
    this.#proc.link(first, name)
    return this.#proc.open(name, { write: true, truncate: true })
  }

  #makeParents(name: string): void {
    for (let slash = name.indexOf('/', 1); slash !== -1; slash = name.indexOf('/', slash + 1)) {
      const parent = name.slice(0, slash)
      if (!statOf(this.#proc, parent)) this.#proc.mkdir(parent)
    }
  }

  /** Owner, then mode (chown takes setuid away), then times. */
  #restore(name: string, entry: CpioEntry, kind: string): void {
    const proc = this.#proc
    const ids = { uid: this.#how.uid ?? entry.uid, gid: this.#how.gid ?? entry.gid }
    if (proc.credentials.euid === 0) proc.chown(name, ids, { follow: false })
    if (kind !== 'symlink') proc.chmod(name, entry.mode & 0o7777)
    if (!this.#how.keepTime) return
    const mtime = BigInt(entry.mtime) * 1_000_000_000n
    proc.utimes(name, { mtime, atime: mtime }, { follow: false })
  }
}
