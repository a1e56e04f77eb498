import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { flag, text } from '../lib/options.ts'
import { strftime } from '../lib/strftime.ts'
import { parseTimeZone, type TimeZone } from '../lib/time-zone.ts'
import { applet, Failure } from './applet.ts'
import {
  BOOT_TIME,
  DEAD_PROCESS,
  type LoginRecord,
  RUN_LEVEL,
  readLoginRecords,
  USER_PROCESS,
} from './login-records.ts'
import { statOf } from './refused.ts'

/** last, as in a full busybox. */
export default applet({
  name: 'last',
  about: 'Show who was logged in, the latest first',
  options: {
    file: text('-f', 'FILE', 'Read FILE', '/var/log/wtmp'),
    isWide: flag('-W', 'Do not cut the names of hosts'),
  },
  async main({ proc, options }) {
    const path = options.file
    const records = recordsOf(proc, path)
    const zone = parseTimeZone(proc.env.get('TZ'))
    const width = options.isWide ? 46 : 16
    for (const [user, line, host, start, end] of sessionsOf(proc, records)) {
      const from = strftime('%a %b %e %H:%M', nanoseconds(start), zone)
      const left = [column(user, 8), column(line, 12), column(host, width), from].join(' ')
      await proc.stdout.line(`${left} ${endText(start, end, zone)}`)
    }
    const began = records[0]?.time ?? Number((statOf(proc, path)?.mtime ?? 0n) / 1_000_000_000n)
    await proc.stdout.write(`\nwtmp begins ${strftime('%a %b %e %H:%M:%S %Y', nanoseconds(began), zone)}\n`)
  },
})

function recordsOf(proc: Process, path: string): LoginRecord[] {
  try {
    return readLoginRecords(proc, path)
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    throw new Failure(`can't open '${path}': ${error.message}`)
  }
}

type End = { readonly at: number; readonly words: 'logout' | 'down' | 'crash' } | 'here' | 'gone'
type Session = readonly [user: string, line: string, host: string, start: number, end: End]

/** From the last record to the first: what comes after a login says how it ended. */
function sessionsOf(proc: Process, records: readonly LoginRecord[]): Session[] {
  const sessions: Session[] = []
  const logouts = new Map<string, number>()
  let down: { readonly at: number; readonly words: 'down' | 'crash' } | undefined
  for (const record of [...records].reverse()) {
    const { type, line, user, host, time } = record
    if (type === BOOT_TIME) {
      const end = down?.at ?? Math.floor(proc.kernel.clock.now() / 1000)
      sessions.push(['reboot', 'system boot', host, time, { at: end, words: 'logout' }])
      logouts.clear()
      down = { at: time, words: 'crash' }
    } else if (type === RUN_LEVEL && user === 'shutdown') down = { at: time, words: 'down' }
    else if (type === DEAD_PROCESS) logouts.set(line, time)
    else if (type === USER_PROCESS) {
      const logout = logouts.get(line)
      const end: End = logout !== undefined ? { at: logout, words: 'logout' } : (down ?? stateOf(proc, record))
      sessions.push([user, line, host, time, end])
      logouts.set(line, time)
    }
  }
  return sessions
}

function stateOf(proc: Process, { pid }: LoginRecord): End {
  return statOf(proc, `/proc/${pid}`) ? 'here' : 'gone'
}

function endText(start: number, end: End, zone: TimeZone): string {
  if (end === 'here') return '  still logged in'
  if (end === 'gone') return '   gone - no logout'
  const minutes = Math.floor((end.at - start) / 60)
  const days = Math.floor(minutes / 1440)
  const two = (value: number) => String(value).padStart(2, '0')
  const lasted = `${two(Math.floor((minutes % 1440) / 60))}:${two(minutes % 60)}`
  const when = end.words === 'logout' ? strftime('%H:%M', nanoseconds(end.at), zone) : end.words
  return `- ${when.padEnd(5)} (${days}+${lasted})`
}

function column(word: string, width: number): string {
  return word.slice(0, width).padEnd(width)
}

function nanoseconds(seconds: number): bigint {
  return BigInt(seconds) * 1_000_000_000n
}
