// tar c: walks files and writes an archive of them.

import { SysError } from '../kernel/errno.ts'
import { Output } from '../kernel/output.ts'
import type { Process } from '../kernel/process.ts'
import type { Stat } from '../kernel/vfs/stat.ts'
import { parseGroups, parseUsers } from '../lib/accounts.ts'
import { decode } from '../lib/bytes.ts'
import { type NewTarEntry, TAR_END, tarEntry, tarPadding } from '../lib/tar.ts'
import type { Codec } from './codecs.ts'
import { type NameFilter, safeName } from './tar-names.ts'

export interface CreateOptions {
  readonly file: string
  readonly directory: readonly string[]
  readonly verbose: number
  readonly codec: Codec | undefined
  readonly dereference: boolean
  readonly noRecursion: boolean
  readonly numeric: boolean
  readonly names: readonly string[]
  readonly filter: NameFilter
}

/** false: something was left out, and was warned of. */
export async function createArchive(
  proc: Process,
  how: CreateOptions,
  warn: (message: string) => void,
): Promise<boolean> {
  const fd = how.file === '-' ? 1 : await proc.open(how.file, { write: true, create: true, truncate: true })
  const archive = proc.descriptionStat(fd)
  for (const directory of how.directory) proc.chdir(directory)
  const walk = new Walk(proc, how, warn, archive)
  const bytes = walk.bytes()
  const output =
    fd === 1 ? proc.stdout : new Output({ send: bytes => proc.write(fd, bytes), copies: () => proc.copiesWrites(fd) })
  for await (const piece of how.codec?.compress?.(bytes, how.codec.suffix === '.bz2' ? 9 : 6) ?? bytes) {
    const written = output.lend(piece)
    if (written) await written
    const pause = proc.gate()
    if (pause) await pause
  }
  await output.flush()
  if (fd !== 1) proc.close(fd)
  return walk.isWhole
}

const BLOCK = 1 << 17

class Walk {
  isWhole = true
  readonly #proc: Process
  readonly #how: CreateOptions
  readonly #report: (message: string) => void
  /** The archive itself must not go into the archive. */
  readonly #archive: Stat
  /** Names of files that have more than one, by inode. */
  readonly #links = new Map<string, string>()
  readonly #users: ReadonlyMap<number, string>
  readonly #groups: ReadonlyMap<number, string>
  readonly #told = new Set<string>()
  readonly #block = new Uint8Array(BLOCK)

  constructor(proc: Process, how: CreateOptions, report: (message: string) => void, archive: Stat) {
    this.#proc = proc
    this.#how = how
    this.#report = report
    this.#archive = archive
    this.#users = new Map(parseUsers(readAccounts(proc, '/etc/passwd')).map(({ uid, name }) => [uid, name]))
    this.#groups = new Map(parseGroups(readAccounts(proc, '/etc/group')).map(({ gid, name }) => [gid, name]))
  }

  /** Each piece is good until the next one is asked for. */
  async *bytes(): AsyncGenerator<Uint8Array> {
    for (const name of this.#how.names) yield* this.#member(name.replace(/(.)\/+$/, '$1'))
    yield TAR_END.slice()
  }

  async *#member(path: string): AsyncGenerator<Uint8Array> {
    if (this.#how.filter.isExcluded(path)) return
    let stat: Stat
    try {
      stat = this.#how.dereference ? this.#proc.stat(path) : this.#proc.lstat(path)
    } catch (error) {
      if (!(error instanceof SysError)) throw error
      return this.#fail(`${path}: ${error.message}`)
    }
    if (stat.dev === this.#archive.dev && stat.ino === this.#archive.ino)
      return this.#fail(`${path}: file is the archive; skipping`)
    if (stat.kind === 'socket') return this.#fail(`${path}: socket ignored`)
    yield* this.#entry(path, stat)
    if (stat.kind !== 'directory' || this.#how.noRecursion) return
    for (const { name } of this.#proc.readDirectory(path))
      yield* this.#member(path === '/' ? `/${name}` : `${path}/${name}`)
  }

  async *#entry(path: string, stat: Stat): AsyncGenerator<Uint8Array> {
    const { name, removed } = safeName(path)
    if (removed !== '' && !this.#told.has(removed)) {
      this.#told.add(removed)
      this.#report(`removing leading '${removed}' from member names`)
    }
    const entry = this.#header(name, path, stat)
    if (!entry) return
    if (this.#how.verbose > 0) await this.#tell(stat.kind === 'directory' ? `${name}/` : name)
    if (entry.kind !== 'file') {
      yield* tarEntry(entry)
      return
    }
    yield* this.#fileBytes(path, entry, stat.size)
  }

  #header(name: string, path: string, stat: Stat): NewTarEntry | undefined {
    const { uid, gid, mode, mtime, kind } = stat
    if (kind === 'socket') return undefined
    const owner = {
      uid,
      gid,
      userName: this.#how.numeric ? '' : (this.#users.get(uid) ?? ''),
      groupName: this.#how.numeric ? '' : (this.#groups.get(gid) ?? ''),
    }
    const common = { path: name, mode, mtime: (mtime / 1_000_000_000n) * 1_000_000_000n, ...owner }
    if (kind === 'directory') return { ...common, kind }
    const identity = `${stat.dev}:${stat.ino}`
    const first = stat.nlink > 1 ? this.#links.get(identity) : undefined
    if (first !== undefined) return { ...common, kind: 'hardlink', link: first }
    if (stat.nlink > 1) this.#links.set(identity, name)
    if (kind === 'symlink') return { ...common, kind, link: this.#proc.readlink(path) }
    if (kind === 'character' || kind === 'block') return { ...common, kind, device: stat.rdev }
    return kind === 'file' ? { ...common, kind, size: stat.size } : { ...common, kind }
  }

  /** As many bytes as the header says, even when the file changes meanwhile. */
  async *#fileBytes(path: string, entry: NewTarEntry, size: number): AsyncGenerator<Uint8Array> {
    let fd: number
    try {
      fd = await this.#proc.open(path)
    } catch (error) {
      if (!(error instanceof SysError)) throw error
      return this.#fail(`can't open '${path}': ${error.message}`)
    }
    try {
      yield* tarEntry(entry)
      let left = size
      while (left > 0) {
        const read = this.#proc.readInto(fd, left < BLOCK ? this.#block.subarray(0, left) : this.#block)
        const count = read instanceof Promise ? await read : read
        if (count === 0) break
        left -= count
        // A compressor may keep what it is given.
        yield this.#how.codec ? this.#block.slice(0, count) : this.#block.subarray(0, count)
      }
      if (left > 0) {
        this.#fail(`short read from ${path}`)
        yield new Uint8Array(left)
      }
      yield tarPadding(size)
    } finally {
      this.#proc.close(fd)
    }
  }

  /** Names go to stderr when the archive goes to stdout. */
  async #tell(name: string): Promise<void> {
    await (this.#how.file === '-' ? this.#proc.stderr : this.#proc.stdout).line(name)
  }

  #fail(message: string): void {
    this.isWhole = false
    this.#report(message)
  }
}

function readAccounts(proc: Process, path: string): string {
  try {
    return decode(proc.contentsOf(path))
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return ''
  }
}
