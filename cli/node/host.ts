// Node as the kernel's host.

import { randomFillSync } from 'node:crypto'
import type { Alarm, Clock } from '../../kernel/clock.ts'
import type { Host } from '../../kernel/host.ts'

/** setTimeout's longest wait; a longer alarm is set again when it has passed. */
const LONGEST = 2 ** 31 - 1

const clock: Clock = {
  now: () => performance.timeOrigin + performance.now(),
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
  now: () => performance.now(),
  random: count => randomFillSync(new Uint8Array(count)),
  turn: () => new Promise(resolve => setImmediate(resolve)),
}
