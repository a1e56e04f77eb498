// A store's files on disk. What is written is whole or not there: temporary file, flush, rename, flush of the folder.

import {
  closeSync,
  fsync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  writeFile as writeByThreads,
  writeFileSync,
} from 'node:fs'
import { type FileHandle, open, readdir, readFile, rename, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { GrowingFile, LayoutFiles } from '../../image/layout-store.ts'
import type { ByteSource } from '../../lib/byte-source.ts'
import { FileBytes } from './file-bytes.ts'
import { hasCode } from './host-error.ts'
import { withLock } from './lock.ts'
import { isLeftover, removeIfThere, temporaryName, writeNoteWhole } from './whole-files.ts'

/** Up to here a file is read at once: the threads that read larger ones are worth starting for those only. */
const SMALL = 64 * 1024

/** From here on a file is read where it is asked for: a smaller one costs less to read at once than to look around in. */
const LARGE = 1 << 20

export class NodeLayoutFiles implements LayoutFiles {
  readonly #folder: string
  readonly #clean = new Set<string>()

  constructor(folder: string) {
    this.#folder = folder
  }

  async read(path: string): Promise<Uint8Array | undefined> {
    try {
      const whole = join(this.#folder, path)
      const size = sizeOf(whole)
      if (size === undefined) return undefined
      // A Buffer's slice is a view, not the copy that everybody else expects.
      const { buffer, byteOffset, length } = size <= SMALL ? readFileSync(whole) : await readFile(whole)
      return new Uint8Array(buffer, byteOffset, length)
    } catch (error) {
      if (isMissing(error)) return undefined
      throw error
    }
  }

  async exists(path: string): Promise<boolean> {
    return sizeOf(join(this.#folder, path)) !== undefined
  }

  async writeAtomically(path: string, bytes: Uint8Array): Promise<void> {
    const target = join(this.#folder, path)
    const folder = dirname(target)
    mkdirSync(folder, { recursive: true })
    this.#removeLeftovers(folder)
    const temporary = temporaryName(target)
    // What does not wait for a disk is done at once: a turn of the threads costs more. A large file's bytes may have to wait.
    const fd = openSync(temporary, 'wx')
    try {
      if (bytes.length <= LARGE) writeFileSync(fd, bytes)
      else await writeFile(fd, bytes)
      await flush(fd)
    } catch (error) {
      closeSync(fd)
      unlinkSync(temporary)
      throw error
    }
    closeSync(fd)
    renameSync(temporary, target)
    await syncFolder(folder)
  }

  async grow(directory: string): Promise<GrowingFile> {
    const folder = join(this.#folder, directory)
    mkdirSync(folder, { recursive: true })
    this.#removeLeftovers(folder)
    const temporary = temporaryName(join(folder, 'growing'))
    const file = await open(temporary, 'wx')
    return {
      write: async bytes => {
        await file.writeFile(bytes)
      },
      finish: async path => {
        await file.sync()
        await file.close()
        await rename(temporary, join(this.#folder, path))
        await syncFolder(folder)
      },
      discard: async () => {
        await file.close()
        removeIfThere(temporary)
      },
    }
  }

  async pieces(path: string, from: number): Promise<AsyncIterable<Uint8Array> | undefined> {
    try {
      return readPieces(await open(join(this.#folder, path)), from)
    } catch (error) {
      if (isMissing(error)) return undefined
      throw error
    }
  }

  async open(path: string): Promise<ByteSource | undefined> {
    const whole = join(this.#folder, path)
    const size = sizeOf(whole)
    return size === undefined || size < LARGE ? undefined : new FileBytes(whole)
  }

  async size(path: string): Promise<number | undefined> {
    return sizeOf(join(this.#folder, path))
  }

  /** The inode, and the time of its last change, which no program can set back. */
  async stamp(path: string): Promise<string | undefined> {
    const found = statSync(join(this.#folder, path), { bigint: true, throwIfNoEntry: false })
    if (!found || found.size < SMALL) return undefined
    return [found.size, found.mtimeNs, found.ctimeNs, found.ino].join(' ')
  }

  async writeNote(path: string, bytes: Uint8Array): Promise<void> {
    const target = join(this.#folder, path)
    try {
      mkdirSync(dirname(target), { recursive: true })
      this.#removeLeftovers(dirname(target))
      writeNoteWhole(target, bytes)
    } catch (error) {
      if (!['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EPERM'].some(code => hasCode(error, code))) throw error
    }
  }

  isFull(error: unknown): boolean {
    return hasCode(error, 'ENOSPC') || hasCode(error, 'EDQUOT')
  }

  async remove(path: string): Promise<void> {
    try {
      await unlink(join(this.#folder, path))
    } catch (error) {
      if (!isMissing(error)) throw error
    }
  }

  async list(path: string): Promise<readonly string[]> {
    try {
      return (await readdir(join(this.#folder, path))).filter(name => !name.includes('.tmp-'))
    } catch (error) {
      if (isMissing(error)) return []
      throw error
    }
  }

  async exclusively<T>(piece: () => Promise<T>): Promise<T> {
    mkdirSync(this.#folder, { recursive: true })
    return withLock(join(this.#folder, 'lock'), piece)
  }

  /** Once a folder: what processes that are gone have left half-written. */
  #removeLeftovers(folder: string): void {
    if (this.#clean.has(folder)) return
    this.#clean.add(folder)
    for (const name of readdirSync(folder)) {
      if (isLeftover(name)) removeIfThere(join(folder, name))
    }
  }
}

/** undefined: there is no such file. */
function sizeOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.size
}

const PIECE = 1 << 20

async function* readPieces(file: FileHandle, from: number): AsyncGenerator<Uint8Array> {
  try {
    const { size } = await file.stat()
    for (let at = from; at < size; ) {
      const length = Math.min(PIECE, size - at)
      const { bytesRead, buffer } = await file.read(new Uint8Array(length), 0, length, at)
      if (bytesRead === 0) return
      at += bytesRead
      yield buffer.subarray(0, bytesRead)
    }
  } finally {
    await file.close()
  }
}

async function syncFolder(folder: string): Promise<void> {
  const fd = openSync(folder, 'r')
  try {
    await flush(fd)
  } finally {
    closeSync(fd)
  }
}

function flush(fd: number): Promise<void> {
  return new Promise((resolve, reject) => fsync(fd, error => (error ? reject(error) : resolve())))
}

/** All of it, by the threads. */
function writeFile(fd: number, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => writeByThreads(fd, bytes, error => (error ? reject(error) : resolve())))
}

function isMissing(error: unknown): boolean {
  return hasCode(error, 'ENOENT')
}
