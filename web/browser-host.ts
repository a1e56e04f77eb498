// A browser, its window or a worker, as the kernel's host.

import type { Alarm, Clock } from '../kernel/clock.ts'
import type { Host } from '../kernel/host.ts'
import type { HttpRequest } from '../kernel/http.ts'

/** setTimeout's longest wait; a longer alarm is set again when it has passed. */
const LONGEST = 2 ** 31 - 1

const clock: Clock = {
  now: () => performance.timeOrigin + performance.now(),
  alarm: (ms, ring) => setAlarm(ms, ring),
}

export const browserHost: Host = {
  clock,
  now: () => performance.now(),
  random: count => crypto.getRandomValues(new Uint8Array(count)),
  turn: eventLoopTurn(),
  // Few pages pull: a start must not wait for it.
  fetch: async (request: HttpRequest) => (await import('./browser-fetch.ts')).browserFetch(request),
}

function setAlarm(ms: number, ring: () => void): Alarm {
  let timer = start(ms)
  return { cancel: () => clearTimeout(timer) }

  function start(left: number): number {
    if (left <= LONGEST) return setTimeout(ring, Math.max(0, left))
    return setTimeout(() => {
      timer = start(left - LONGEST)
    }, LONGEST)
  }
}

/** A message to oneself: it queues behind input, and unlike setTimeout it is not delayed by 4 ms (HTML, timers, step 11). */
function eventLoopTurn(): () => Promise<void> {
  const waiting: (() => void)[] = []
  const { port1, port2 } = new MessageChannel()
  port1.onmessage = () => waiting.shift()?.()
  return () =>
    new Promise(resolve => {
      waiting.push(resolve)
      port2.postMessage(undefined)
    })
}
