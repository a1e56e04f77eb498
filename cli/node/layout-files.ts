// A store's files on disk. What is written is whole or not there: temporary file, flush, rename, flush of the folder.

import { existsSync, mkdirSync, readdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs'
import { access, open, readdir, readFile, rename, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { LayoutFiles } from '../../image/layout-store.ts'

/** How long the owner of a lock is waited for, and how often it is looked at. */
const PATIENCE = 30_000
const LOOK_EVERY = 20

export class NodeLayoutFiles implements LayoutFiles {
  readonly #folder: string
  #serial = 0
  #isClean = false

  constructor(folder: string) {
    this.#folder = folder
  }

  async read(path: string): Promise<Uint8Array | undefined> {
    try {
      // A Buffer's slice is a view, not the copy that everybody else expects.
      const { buffer, byteOffset, length } = await readFile(join(this.#folder, path))
      return new Uint8Array(buffer, byteOffset, length)
    } catch (error) {
      if (isMissing(error)) return undefined
      throw error
    }
  }

  async exists(path: string): Promise<boolean> {
    try {
      await access(join(this.#folder, path))
      return true
    } catch (error) {
      if (isMissing(error)) return false
      throw error
    }
  }

  async writeAtomically(path: string, bytes: Uint8Array): Promise<void> {
    const target = join(this.#folder, path)
    const folder = dirname(target)
    mkdirSync(folder, { recursive: true })
    this.#removeLeftovers(folder)
    const temporary = `${target}.tmp-${process.pid}-${this.#serial++}`
    const file = await open(temporary, 'wx')
    try {
      await file.writeFile(bytes)
      await file.sync()
    } catch (error) {
      await file.close()
      await unlink(temporary)
      throw error
    }
    await file.close()
    await rename(temporary, target)
    await syncFolder(folder)
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
    const lock = join(this.#folder, 'lock')
    await this.#takeLock(lock)
    try {
      return await piece()
    } finally {
      unlinkSync(lock)
    }
  }

  async #takeLock(lock: string): Promise<void> {
    for (let waited = 0; ; waited += LOOK_EVERY) {
      try {
        writeFileSync(lock, String(process.pid), { flag: 'wx' })
        return
      } catch (error) {
        if (!hasCode(error, 'EEXIST')) throw error
      }
      if (isStale(lock)) removeQuietly(lock)
      else if (waited > PATIENCE)
        throw new Error(`${lock} is held by process ${readFileSync(lock, 'utf8')}: remove it if that is no cowbox`)
      else await new Promise(resolve => setTimeout(resolve, LOOK_EVERY))
    }
  }

  /** Once: what processes that are gone have left half-written. */
  #removeLeftovers(folder: string): void {
    if (this.#isClean) return
    this.#isClean = true
    for (const name of readdirSync(folder)) {
      const owner = /\.tmp-(\d+)-\d+$/.exec(name)?.[1]
      if (owner !== undefined && !isAlive(Number(owner))) removeQuietly(join(folder, name))
    }
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function isStale(lock: string): boolean {
  if (!existsSync(lock)) return false
  const owner = Number(readFileSync(lock, 'utf8'))
  return owner > 0 && !isAlive(owner)
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return hasCode(error, 'EPERM')
  }
}

function removeQuietly(path: string): void {
  try {
    unlinkSync(path)
  } catch (error) {
    if (!isMissing(error)) throw error
  }
}

function isMissing(error: unknown): boolean {
  return hasCode(error, 'ENOENT')
}

export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
