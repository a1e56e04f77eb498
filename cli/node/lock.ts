// A lock between processes: a file that names its owner. One whose owner is dead is broken.

import { closeSync, linkSync, openSync, readlinkSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
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
  try {
    // Written first and then linked: nobody ever sees a lock without its owner.
    writeFileSync(mine, JSON.stringify(thisProcess()))
    return tryLink(() => linkSync(mine, path), path)
  } catch (error) {
    if (!hasCode(error, 'ENOSPC') && !hasCode(error, 'EDQUOT')) throw error
    // Who frees a full disk must have the lock too: a short symbolic link takes no block.
    return tryLink(() => symlinkSync(JSON.stringify(thisProcess()), path), path)
  } finally {
    removeIfThere(mine)
  }
}

export function unlock(path: string): void {
  removeIfThere(path)
}

/** The process that holds it and is alive. */
export function lockOwner(path: string): HostProcess | undefined {
  const text = linkText(path)
  // What stands there, `tryLock` wrote.
  const owner = text === undefined ? parseJsonFile<HostProcess>(path) : (JSON.parse(text) as HostProcess)
  return owner && isAlive(owner) ? owner : undefined
}

/** undefined: it is no symbolic link. */
function linkText(path: string): string | undefined {
  try {
    return readlinkSync(path)
  } catch (error) {
    if (!hasCode(error, 'EINVAL') && !hasCode(error, 'ENOENT') && !hasCode(error, 'UNKNOWN')) throw error
    return undefined
  }
}

/** Waits for the lock, holds it during a piece, and gives it back. */
export async function withLock<T>(path: string, piece: () => T | Promise<T>): Promise<T> {
  const began = monotonic()
  for (let pause = SHORTEST; !tryLock(path); pause = Math.min(2 * pause, LONGEST)) {
    if (monotonic() - began > PATIENCE) {
      throw new Error(`${path} is held by process ${lockOwner(path)?.pid ?? 'unknown'}: remove it if that is no cowbox`)
    }
    await new Promise(resolve => setTimeout(resolve, pause))
  }
  try {
    return await piece()
  } finally {
    unlock(path)
  }
}

function tryLink(link: () => void, path: string): boolean {
  return isMade(link) || (breakStale(path) && isMade(link))
}

function isMade(link: () => void): boolean {
  try {
    link()
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
