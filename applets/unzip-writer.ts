// The members of a zip archive made files again, without leaving the directory.

import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { concat, decode } from '../lib/bytes.ts'
import { Crc32 } from '../lib/crc32.ts'
import { ZipError, type ZipMember, zipContents } from '../lib/zip.ts'
import { Failure } from './applet.ts'
import { baseName, statOf } from './refused.ts'
import { printable } from './unzip-list.ts'

export interface UnzipOptions {
  readonly junk: boolean
  readonly print: boolean
  readonly test: boolean
  readonly keepSetId: boolean
  readonly overwrite: 'ask' | 'always' | 'never'
  readonly isQuiet: boolean
}

const TYPE = 0o170000
const SYMLINK = 0o120000

export class UnzipWriter {
  readonly #proc: Process
  readonly #how: UnzipOptions
  /** Made last, so that nothing is written through them. */
  readonly #symlinks: { readonly name: string; readonly target: string }[] = []
  #overwrite: UnzipOptions['overwrite']

  constructor(proc: Process, how: UnzipOptions) {
    this.#proc = proc
    this.#how = how
    this.#overwrite = how.overwrite
  }

  async take(bytes: Uint8Array, member: ZipMember): Promise<void> {
    const { print, test, junk } = this.#how
    let { name } = member
    const isDirectory = member.name.endsWith('/')
    if (junk) {
      if (isDirectory) return
      name = baseName(name)
    }
    if (isDirectory) {
      if (!print && !test) await this.#directory(name)
      return
    }
    if (print || test) return this.#copy(bytes, member, piece => (test ? undefined : this.#proc.stdout.write(piece)))
    const chosen = await this.#mayWrite(name)
    if (chosen !== undefined) await this.#file(bytes, member, chosen)
  }

  finish(): void {
    for (const { name, target } of this.#symlinks) {
      try {
        this.#proc.symlink(target, name)
      } catch (error) {
        if (!(error instanceof SysError)) throw error
        throw new Failure(`can't create symlink '${name}' to '${target}': ${error.message}`)
      }
    }
  }

  async #directory(name: string): Promise<void> {
    const existing = statOf(this.#proc, name)
    if (existing?.kind === 'directory') return
    if (existing) throw new Failure(`'${name}' exists but is not a directory`)
    if (!this.#how.isQuiet)
      await this.#proc.stdout.line(`   creating: ${printable(name.endsWith('/') ? name : `${name}/`)}`)
    this.#makeParents(name)
    if (!statOf(this.#proc, name)) this.#proc.mkdir(name.replace(/\/+$/, ''))
  }

  async #file(bytes: Uint8Array, member: ZipMember, name: string): Promise<void> {
    const proc = this.#proc
    if (!this.#how.isQuiet) await proc.stdout.line(`  inflating: ${printable(name)}`)
    await proc.stdout.flush()
    this.#makeParents(name)
    const mode = member.mode
    if (mode !== undefined && (mode & TYPE) === SYMLINK) {
      const pieces: Uint8Array[] = []
      await this.#copy(bytes, member, piece => void pieces.push(piece))
      if (statOf(proc, name, { follow: false })) proc.unlink(name)
      this.#symlinks.push({ name, target: decode(concat(pieces)) })
      return
    }
    let fd: number
    try {
      fd = await proc.open(name, { write: true, create: true, truncate: true })
    } catch (error) {
      if (!(error instanceof SysError)) throw error
      throw new Failure(`can't open '${name}': ${error.message}`)
    }
    await this.#copy(bytes, member, piece => proc.write(fd, piece))
    proc.close(fd)
    const kept = this.#how.keepSetId ? 0o7777 : 0o1777
    if (mode !== undefined && (mode & 0o777) !== 0) proc.chmod(name, mode & kept & (0o7000 | ~proc.umask))
  }

  async #copy(
    bytes: Uint8Array,
    member: ZipMember,
    put: (piece: Uint8Array) => void | Promise<void> | undefined,
  ): Promise<void> {
    const crc = new Crc32()
    let size = 0
    for await (const piece of zipContents(bytes, member)) {
      crc.update(piece)
      size += piece.length
      const written = put(piece.slice())
      if (written) await written
      const pause = this.#proc.gate()
      if (pause) await pause
    }
    if (crc.value !== member.crc) throw new ZipError('crc error')
    if (size !== member.size) throw new ZipError('bad length')
  }

  /** The name to write to; undefined: not this one. */
  async #mayWrite(name: string): Promise<string | undefined> {
    const existing = statOf(this.#proc, name, { follow: false })
    if (!existing) return name
    if (existing.kind === 'directory') throw new Failure(`'${name}' exists but is not a regular file`)
    if (this.#overwrite === 'always') return name
    if (this.#overwrite === 'never') return undefined
    const answer = await this.#ask(`replace ${name}? [y]es, [n]o, [A]ll, [N]one, [r]ename: `)
    switch (answer[0]) {
      case 'A':
        this.#overwrite = 'always'
        return name
      case 'y':
        return name
      case 'N':
        this.#overwrite = 'never'
        return undefined
      case 'n':
        return undefined
      case 'r':
        return this.#mayWrite(await this.#ask('new name: '))
      default:
        await this.#proc.stdout.line(`error: invalid response [${answer[0] ?? ''}]`)
        return this.#mayWrite(name)
    }
  }

  async #ask(question: string): Promise<string> {
    await this.#proc.stdout.write(question)
    await this.#proc.stdout.flush()
    const line = decode(await this.#proc.readThrough(0, 10))
    // busybox: the errno of the file that is there is told with it.
    if (line === '') throw new Failure("can't read standard input: File exists")
    return line.replace(/\n$/, '')
  }

  #makeParents(name: string): void {
    for (let slash = name.indexOf('/', 1); slash !== -1; slash = name.indexOf('/', slash + 1)) {
      const parent = name.slice(0, slash)
      if (!statOf(this.#proc, parent)) this.#proc.mkdir(parent)
    }
  }
}
