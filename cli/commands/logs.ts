import { type LogEntry, logLines } from '../../engine/logs.ts'
import { WaitQueue } from '../../kernel/wait-queue.ts'
import { encode } from '../../lib/bytes.ts'
import { parseDuration } from '../../lib/human.ts'
import { command, Refusal, requireContainer } from '../context.ts'
import { boolean, string } from '../flags.ts'

export default command({
  name: 'logs',
  about: 'Fetch the logs of a container',
  operands: 'CONTAINER',
  least: 1,
  most: 1,
  flags: {
    follow: boolean('-f --follow', 'Follow log output'),
    since: string('--since', 'Show logs since timestamp or relative (e.g. "42m" for 42 minutes)'),
    tail: string('-n --tail', 'Number of lines to show from the end of the logs', 'all'),
    timestamps: boolean('-t --timestamps', 'Show timestamps'),
    until: string('--until', 'Show logs before a timestamp or relative (e.g. "42m" for 42 minutes)'),
  },
  async main({ engine, proc, flags, operands: [name = ''] }) {
    const handle = await requireContainer(engine, name)
    const now = engine.host.clock.now()
    const since = flags.since === undefined ? Number.NEGATIVE_INFINITY : readMoment(flags.since, now)
    const until = flags.until === undefined ? Number.POSITIVE_INFINITY : readMoment(flags.until, now)
    const show = async (entry: LogEntry) => {
      if (entry.time < since || entry.time > until) return
      const to = entry.stream === 'stdout' ? 1 : 2
      if (flags.timestamps) await proc.write(to, encode(`${timestamp(entry.time)} `))
      await proc.write(to, entry.bytes.slice())
    }
    const waiting: LogEntry[] = []
    const arrived = new WaitQueue('log')
    const stop = flags.follow
      ? handle.log.follow(entry => {
          waiting.push(entry)
          arrived.wake()
        })
      : undefined
    try {
      const whole = flags.timestamps || flags.tail !== 'all' ? [...logLines(handle.log.read())] : [...handle.log.read()]
      for (const entry of lastOf(whole, flags.tail)) await show(entry)
      if (!flags.follow) return
      let isOver = handle.state.status !== 'running' && handle.state.status !== 'paused'
      void handle.wait().then(() => {
        isOver = true
        arrived.wake()
      })
      for (;;) {
        const entry = waiting.shift()
        if (entry) await show(entry)
        else if (isOver) {
          // What was printed last may not have been told yet: letting go of the log looks once more.
          stop?.()
          for (const last of waiting.splice(0)) await show(last)
          return
        } else await proc.sleepOn(arrived)
      }
    } finally {
      stop?.()
    }
  },
})

function lastOf(entries: readonly LogEntry[], tail: string): readonly LogEntry[] {
  if (tail === 'all') return entries
  if (!/^-?\d+$/.test(tail)) throw new Refusal(`invalid value for "tail": value must be an integer or "all": ${tail}`)
  const count = Number(tail)
  return count < 0 ? entries : count === 0 ? [] : entries.slice(-count)
}

/** A date, seconds since the epoch, or so long ago. */
function readMoment(text: string, now: number): number {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000
  const ago = parseDuration(text)
  if (ago !== undefined) return now - ago
  const date = Date.parse(text)
  if (Number.isNaN(date))
    throw new Refusal(`invalid value for "since": failed to parse value as time or duration: "${text}"`)
  return date
}

function timestamp(ms: number): string {
  const micros = Math.floor((ms % 1) * 1000)
  return new Date(ms).toISOString().replace('Z', `${String(micros).padStart(3, '0')}000Z`)
}
