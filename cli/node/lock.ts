// A lock between processes: a file that names its owner. One whose owner is dead is broken.

import { closeSync, linkSync, openSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { hasCode } from './host-error.ts'
import { type HostProcess, isAlive, thisProcess } from './host-process.ts'
import { monotonic } from './monotonic.ts'
import { parseJsonFile, removeIfThere, temporaryName } from './whole-files.ts'

/** How long the owner of a lock is waited for, and how often it is looked at: rarer and rarer. */
const PATIENCE = 30_000
const SHORTEST = 2
const LONGEST = 100
/** Breaking a lock takes a moment; who is at it longer was killed meanwhile. */
const BREAK_TIME = 5_000

/** false: a process that is alive holds it, maybe this one. */
export function tryLock(path: string): boolean {
  const mine = temporaryName(path)
  // Written first and then linked: nobody ever sees a lock without its owner.
  writeFileSync(mine, JSON.stringify(thisProcess()))
  try {
    return tryLink(mine, path) || (breakStale(path) && tryLink(mine, path))
  } finally {
    removeIfThere(mine)
  }
}

export function unlock(path: string): void {
  removeIfThere(path)
}

/** The process that holds it and is alive. */
export function lockOwner(path: string): HostProcess | undefined {
  const owner = parseJsonFile<HostProcess>(path)
  return owner && isAlive(owner) ? owner : undefined
}

/** Waits for the lock, holds it during a piece, and gives it back. */
export async function withLock<T>(path: string, piece: () => T | Promise<T>): Promise<T> {
  const began = monotonic()
  for (let pause = SHORTEST; !tryLock(path); pause = Math.min(2 * pause, LONGEST)) {
    if (monotonic() - began > PATIENCE) {
      throw new Error(`${path} is held by process ${readFileSync(path, 'utf8')}: remove it if that is no cowbox`)
    }
    await new Promise(resolve => setTimeout(resolve, pause))
  }
  try {
    return await piece()
  } finally {
    unlock(path)
  }
}

function tryLink(mine: string, path: string): boolean {
  try {
    linkSync(mine, path)
    return true
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error
    return false
  }
}

/** One at a time, or the second would take away the lock that the first has just got. true: it is gone. */
function breakStale(path: string): boolean {
  if (lockOwner(path)) return false
  const guard = `${path}.break`
  if (!takeGuard(guard)) return false
  try {
    if (lockOwner(path)) return false
    removeIfThere(path)
    return true
  } finally {
    removeIfThere(guard)
  }
}

function takeGuard(guard: string): boolean {
  try {
    closeSync(openSync(guard, 'wx'))
    return true
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error
  }
  try {
    if (Date.now() - statSync(guard).mtimeMs > BREAK_TIME) removeIfThere(guard)
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error
  }
  return false
}
