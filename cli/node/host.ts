// Node as the kernel's host.

import { createHash } from 'node:crypto'
import type { Alarm, Clock } from '../../kernel/clock.ts'
import type { DigestAlgorithm, Host } from '../../kernel/host.ts'
import type { HttpRequest } from '../../kernel/http.ts'
import type { IncrementalDigest } from '../../lib/digest.ts'
import { monotonic } from './monotonic.ts'
import { randomBytes } from './random-bytes.ts'
import { nodeSpill } from './spill-file.ts'

/** setTimeout's longest wait; a longer alarm is set again when it has passed. */
const LONGEST = 2 ** 31 - 1

/** The time of day when the monotonic clock showed 0. */
const origin = Date.now() - monotonic()

const clock: Clock = {
  now: () => origin + monotonic(),
  alarm: (ms, ring) => setAlarm(ms, ring),
}

function setAlarm(ms: number, ring: () => void): Alarm {
  let timer = start(ms)
  return { cancel: () => clearTimeout(timer) }

  function start(left: number): NodeJS.Timeout {
    if (left <= LONGEST) return setTimeout(ring, Math.max(0, left))
    return setTimeout(() => {
      timer = start(left - LONGEST)
    }, LONGEST)
  }
}

export const nodeHost: Host = {
  clock,
  now: monotonic,
  random: randomBytes,
  turn: nextTurn,
  // Few commands need it: a start must not wait for it.
  fetch: async (request: HttpRequest) => (await import('./http.ts')).nodeFetch(request),
  digest: nativeDigest,
  spill: nodeSpill,
}

export function nextTurn(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve))
}

export function nativeDigest(algorithm: DigestAlgorithm): IncrementalDigest {
  const hash = createHash(algorithm)
  return { update: bytes => void hash.update(bytes), finish: () => new Uint8Array(hash.digest()) }
}
