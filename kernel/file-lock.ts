// flock(2): advisory locks of whole files, held by open file descriptions.

import type { Description } from './description.ts'
import { WaitQueue } from './wait-queue.ts'

interface FileLock {
  readonly holders: Set<Description>
  isExclusive: boolean
  /** Woken when somebody let go. */
  readonly changed: WaitQueue
}

/** By device and inode, which no two files of a host share. */
const locks = new Map<string, FileLock>()

/** undefined: it has the lock now, in place of what it had; a queue: others hold it, sleep on that and try again. */
export function tryLock(description: Description, kind: 'shared' | 'exclusive'): WaitQueue | undefined {
  const { dev, ino } = description.stat()
  const key = `${dev}:${ino}`
  const lock = locks.get(key) ?? { holders: new Set(), isExclusive: false, changed: new WaitQueue('flock') }
  const others = [...lock.holders].filter(holder => holder !== description)
  if (others.length > 0 && (kind === 'exclusive' || lock.isExclusive)) return lock.changed
  lock.holders.add(description)
  lock.isExclusive = kind === 'exclusive'
  locks.set(key, lock)
  description.lock = { release: () => release(key, description) }
  return undefined
}

export function unlock(description: Description): void {
  description.lock?.release()
}

function release(key: string, description: Description): void {
  description.lock = undefined
  const lock = locks.get(key)
  if (!lock) return
  lock.holders.delete(description)
  if (lock.holders.size === 0) locks.delete(key)
  lock.changed.wake()
}
