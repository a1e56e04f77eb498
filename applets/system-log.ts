// The system log: programs write to /dev/log, which syslogd makes and reads. It is a fifo here, not a socket.

import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { encode } from '../lib/bytes.ts'
import { strftime } from '../lib/strftime.ts'
import { parseTimeZone } from '../lib/time-zone.ts'

export const LOG_PATH = '/dev/log'
/** What syslogd -C keeps and logread shows: a line that counts the bytes that went, and the rest. */
export const RING_PATH = '/dev/shm/syslog'

export const LEVELS: readonly string[] = ['emerg', 'alert', 'crit', 'err', 'warning', 'notice', 'info', 'debug']

/** By number; '' for those that have no name. */
export const FACILITIES: readonly string[] = [
  ...['kern', 'user', 'mail', 'daemon', 'auth', 'syslog', 'lpr', 'news', 'uucp', 'cron', 'authpriv', 'ftp'],
  ...Array.from({ length: 4 }, () => ''),
  ...Array.from({ length: 8 }, (_, i) => `local${i}`),
]

/** Facility and level, as syslog(3) puts them together. */
export const CRON_NOTICE = 9 * 8 + 5
export const DAEMON_NOTICE = 3 * 8 + 5

/** syslog(3). Where nobody listens it is lost. */
export async function sendToLog(proc: Process, priority: number, tag: string, message: string): Promise<void> {
  try {
    if (proc.stat(LOG_PATH).kind !== 'fifo') return
    const fd = await proc.open(LOG_PATH, { write: true, nonBlocking: true })
    try {
      const time = strftime('%b %e %H:%M:%S', proc.kernel.nanoseconds(), parseTimeZone(proc.env.get('TZ')))
      await proc.write(fd, encode(`<${priority}>${time} ${tag}: ${message}\n`))
    } finally {
      proc.close(fd)
    }
  } catch (error) {
    if (!(error instanceof SysError)) throw error
  }
}

/** `daemon.err`; numbers for what has no name. */
export function priorityName(priority: number): string {
  return `${FACILITIES[priority >> 3] || String(priority >> 3)}.${LEVELS[priority & 7]}`
}
