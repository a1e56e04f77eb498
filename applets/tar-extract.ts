// tar x and t: reads an archive, lists its members or makes them files again.

import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { exitStatus } from '../kernel/wait-status.ts'
import { modeString } from '../lib/mode-string.ts'
import { strftime } from '../lib/strftime.ts'
import { readTarStream, type TarEntry } from '../lib/tar.ts'
import { parseTimeZone } from '../lib/time-zone.ts'
import { Failure, NamedInput } from './applet.ts'
import { type Codec, codecOfMagic, lzmaCodec, withHead } from './codecs.ts'
import { startCommand } from './run-command.ts'
import { type NameFilter, safeName } from './tar-names.ts'

export interface ExtractOptions {
  readonly file: string
  readonly directory: readonly string[]
  readonly list: boolean
  readonly verbose: number
  readonly toStdout: boolean
  readonly keepNow: boolean
  readonly noOwner: boolean
  readonly keepOld: boolean
  readonly permissions: boolean
  readonly noPermissions: boolean
  readonly overwrite: boolean
  readonly strip: number
  readonly numeric: boolean
  readonly filter: NameFilter
  readonly codec: Codec | undefined
  readonly toCommand: string | undefined
  /** The archive itself, when it is a part of another file. */
  readonly archive?: AsyncIterable<Uint8Array>
}

export async function extractArchive(
  proc: Process,
  how: ExtractOptions,
  warn: (message: string) => void,
): Promise<void> {
  const input = how.archive ? undefined : await openArchive(proc, how.file)
  for (const directory of how.directory) proc.chdir(directory)
  const extraction = new Extraction(proc, how, warn)
  const { bytes, readInto } = await plain(input ?? { chunks: () => how.archive! }, how.codec, warn)
  for await (const entry of readTarStream(bytes, readInto)) {
    if (!how.filter.isWanted(entry.path)) continue
    await extraction.take(entry)
    const pause = proc.gate()
    if (pause) await pause
  }
  extraction.finish()
  if (input && input.fd !== 0) proc.close(input.fd)
  const [missing] = how.filter.missing
  if (missing !== undefined) throw new Failure(`${missing}: not found in archive`)
}

async function openArchive(proc: Process, name: string): Promise<NamedInput> {
  try {
    return new NamedInput(proc, name, name === '-' ? 0 : await proc.open(name))
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    throw new Failure(`can't open '${name}': ${error.message}`)
  }
}

/** What is compressed is known by its first bytes; what cannot be, by what was asked for. */
async function plain(input: Chunks, codec: Codec | undefined, warn: (message: string) => void): Promise<Plain> {
  const { head, all } = await withHead(input.chunks())
  if (head.length === 0) throw new Failure('short read')
  const found = codecOfMagic(head) ?? (codec === lzmaCodec ? codec : undefined)
  // busybox: xz alone says nothing of its own.
  if (codec && !found && codec.suffix !== '.xz') warn('invalid magic')
  if (found) return { bytes: found.decompress(all) }
  const { readInto } = input
  return readInto ? { bytes: all, readInto: into => readInto.call(input, into) } : { bytes: all }
}

interface Chunks {
  chunks(): AsyncIterable<Uint8Array>
  readInto?(into: Uint8Array): number | Promise<number>
}

interface Plain {
  readonly bytes: AsyncIterable<Uint8Array>
  /** What follows what `bytes` has given. */
  readonly readInto?: (into: Uint8Array) => number | Promise<number>
}

class Extraction {
  readonly #proc: Process
  readonly #how: ExtractOptions
  readonly #warn: (message: string) => void
  readonly #told = new Set<string>()
  /** Times of directories are set last: what is made in them changes them. */
  /** Symlinks that lead out, and hard links to them: made last, so that nothing is written through them. */
  readonly #laterNames = new Set<string>()
  readonly #later: { readonly name: string; readonly entry: TarEntry }[] = []
  readonly #directories: { readonly name: string; readonly entry: TarEntry; readonly isNew: boolean }[] = []

  constructor(proc: Process, how: ExtractOptions, warn: (message: string) => void) {
    this.#proc = proc
    this.#how = how
    this.#warn = warn
  }

  async take(entry: TarEntry): Promise<void> {
    const name = this.#nameOf(entry.path)
    if (name === undefined) return
    if (this.#how.list || this.#how.verbose > 0) await this.#tell(entry)
    if (this.#how.list) return
    if (this.#how.toStdout) {
      if (entry.kind === 'file') await this.#proc.stdout.write(entry.contents.slice())
      return
    }
    if (this.#how.toCommand !== undefined) {
      if (entry.kind === 'file') await this.#pipe(this.#how.toCommand, entry, name)
      return
    }
    await this.#make(entry, name)
  }

  /** --to-command: what the member is stands in the environment. */
  async #pipe(command: string, entry: TarEntry, name: string): Promise<void> {
    const proc = this.#proc
    const [read, write] = proc.pipe()
    const env = new Map(proc.env)
    env.set('TAR_FILETYPE', 'f').set('TAR_MODE', entry.mode.toString(8)).set('TAR_FILENAME', name)
    env.set('TAR_REALNAME', name).set('TAR_UNAME', entry.userName).set('TAR_GNAME', entry.groupName)
    env.set('TAR_SIZE', String(entry.size)).set('TAR_UID', String(entry.uid)).set('TAR_GID', String(entry.gid))
    await proc.stdout.flush()
    const { child } = startCommand(proc, ['/bin/sh', '-c', command], {
      env,
      prepare: self => {
        self.dup(read, { onto: 0 })
        self.close(write)
      },
    })
    proc.close(read)
    await proc.write(write, entry.contents.slice())
    proc.close(write)
    const ended = await proc.wait(child.pid)
    const status = ended ? exitStatus(ended[1]) : 1
    if (status !== 0) throw new Failure(`'${command}' returned status ${status}`)
  }

  finish(): void {
    for (const { name, entry } of this.#later) this.#linkLater(name, entry)
    for (const { name, entry, isNew } of this.#directories.reverse()) this.#restore(name, entry, isNew)
  }

  /** undefined: nothing is left of the name. */
  #nameOf(path: string): string | undefined {
    const { name, removed } = safeName(path)
    if (removed !== '' && !this.#told.has(removed)) {
      this.#told.add(removed)
      this.#warn(`removing leading '${removed}' from member names`)
    }
    if (this.#how.strip === 0) return name
    const parts = name.split('/').slice(this.#how.strip)
    return parts.length === 0 || parts.join('') === '' ? undefined : parts.join('/')
  }

  async #tell(entry: TarEntry): Promise<void> {
    const { name } = safeName(entry.path)
    const shown = entry.kind === 'directory' && !name.endsWith('/') ? `${name}/` : name
    // The names go to stderr when the contents go to stdout.
    const output = this.#how.toStdout ? this.#proc.stderr : this.#proc.stdout
    const isLong = this.#how.list ? this.#how.verbose > 0 : this.#how.verbose > 1
    await output.line(isLong ? this.#longText(entry, shown) : shown)
  }

  #longText(entry: TarEntry, name: string): string {
    const kind = entry.kind === 'hardlink' ? 'file' : entry.kind
    const user = this.#how.numeric || entry.userName === '' ? String(entry.uid) : entry.userName
    const group = this.#how.numeric || entry.groupName === '' ? String(entry.gid) : entry.groupName
    const zone = parseTimeZone(this.#proc.env.get('TZ'))
    const time = strftime('%Y-%m-%d %H:%M:%S', entry.mtime, zone)
    const link = entry.kind === 'symlink' || entry.kind === 'hardlink' ? ` -> ${entry.link}` : ''
    const size = entry.kind === 'file' ? entry.size : 0
    return `${modeString(kind, entry.mode)} ${user}/${group} ${String(size).padStart(9)} ${time} ${name}${link}`
  }

  async #make(entry: TarEntry, name: string): Promise<void> {
    const proc = this.#proc
    this.#makeParents(name)
    if (entry.kind === 'directory') {
      this.#directories.push({ name, entry, isNew: this.#makeDirectory(name) })
      return
    }
    // A name that is stored as a link to itself is there already.
    if (entry.kind === 'hardlink' && safeName(entry.link).name === name) return
    if (!this.#how.overwrite && !this.#how.keepOld) this.#removeOld(name)
    try {
      switch (entry.kind) {
        case 'file': {
          const when = this.#how.overwrite ? { truncate: true } : { exclusive: true }
          const fd = await proc.open(name, { write: true, create: true, ...when }, entry.mode & 0o777)
          await proc.write(fd, proc.copiesWrites(fd) ? entry.contents : entry.contents.slice())
          proc.close(fd)
          break
        }
        case 'hardlink':
          if (this.#laterNames.has(safeName(entry.link).name)) this.#postpone(name, entry)
          else proc.link(safeName(entry.link).name, name)
          return
        case 'symlink':
          if (isUnsafe(entry.link)) {
            this.#postpone(name, entry)
            return
          }
          proc.symlink(entry.link, name)
          break
        default:
          proc.mknod(name, entry.kind, entry.mode, entry.device)
      }
    } catch (error) {
      if (!(error instanceof SysError)) throw error
      const verb = entry.kind === 'file' ? 'open' : `create ${entry.kind}`
      const link = entry.kind === 'symlink' ? ` to '${entry.link}'` : ''
      throw new Failure(`can't ${verb} '${name}'${link}: ${error.message}`)
    }
    this.#restore(name, entry)
  }

  #postpone(name: string, entry: TarEntry): void {
    this.#laterNames.add(name)
    this.#later.push({ name, entry })
  }

  #linkLater(name: string, entry: TarEntry): void {
    const proc = this.#proc
    try {
      if (entry.kind === 'hardlink') proc.link(safeName(entry.link).name, name)
      else proc.symlink(entry.link, name)
    } catch (error) {
      if (!(error instanceof SysError)) throw error
      throw new Failure(`can't create ${entry.kind} '${name}' to '${entry.link}'`)
    }
    if (entry.kind === 'symlink') this.#restore(name, entry)
  }

  #makeParents(name: string): void {
    for (let slash = name.indexOf('/', 1); slash !== -1; slash = name.indexOf('/', slash + 1)) {
      this.#makeDirectory(name.slice(0, slash))
    }
  }

  /** Whether it was not there. */
  #makeDirectory(name: string): boolean {
    try {
      this.#proc.mkdir(name, 0o777)
      return true
    } catch (error) {
      if (!(error instanceof SysError) || error.errno !== 'EEXIST') throw error
      return false
    }
  }

  #removeOld(name: string): void {
    try {
      this.#proc.unlink(name)
    } catch (error) {
      if (!(error instanceof SysError)) throw error
      if (error.errno !== 'ENOENT') throw new Failure(`can't remove old file ${name}: ${error.message}`)
    }
  }

  /** Owner, then mode (chown takes setuid away), then times. */
  #restore(name: string, entry: TarEntry, isNew = true): void {
    const proc = this.#proc
    const isRoot = proc.credentials.euid === 0
    if (isRoot && !this.#how.noOwner) proc.chown(name, { uid: entry.uid, gid: entry.gid }, { follow: false })
    if (entry.kind !== 'symlink') {
      const isExact = (isRoot || this.#how.permissions) && !this.#how.noPermissions
      // A directory that was there keeps its mode.
      if (isExact || isNew) proc.chmod(name, isExact ? entry.mode : entry.mode & ~proc.umask)
    }
    if (!this.#how.keepNow) proc.utimes(name, { mtime: entry.mtime, atime: entry.mtime }, { follow: false })
  }
}

/** Whether a symlink leads out of the directory it is unpacked into, or may. */
function isUnsafe(target: string): boolean {
  return target.startsWith('/') || target.split('/').includes('..')
}
