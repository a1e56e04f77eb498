import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { SIGHUP, SIGINT, SIGQUIT, SIGTERM } from '../kernel/signal.ts'
import { encode } from '../lib/bytes.ts'
import { flag, number, optional, parseNumber, text } from '../lib/options.ts'
import { strftime } from '../lib/strftime.ts'
import { parseTimeZone } from '../lib/time-zone.ts'
import { applet, Failure, type Invocation, NamedInput } from './applet.ts'
import { becomeDaemon } from './daemon.ts'
import { LOG_PATH, priorityName } from './system-log.ts'
import { type LogRule, parseLogRules } from './system-log-rules.ts'
import { LogFile, LogRing, type LogSink } from './system-log-sinks.ts'

const options = {
  foreground: flag('-n', 'In the foreground'),
  remote: text('-R', 'HOST[:PORT]', 'Refused: there is nothing to send by'),
  both: flag('-L', 'Accepted: all is logged here'),
  ring: optional('-C', 'KB', 'Keep the last of it in memory, for logread'),
  kernel: flag('-K', 'Refused: the kernel keeps no ring'),
  file: text('-O', 'FILE', 'Log to FILE (-: stdout)', '/var/log/messages'),
  size: number('-s', 'KB', 'Begin a new file at this size (0: never)', 200, { least: 0, most: 2 ** 31 }),
  kept: number('-b', 'N', 'Keep N old files (0: none)', 1, { least: 0, most: 99 }),
  level: number('-l', 'N', 'Only what is more urgent than N (1 to 8)', 8, { least: 1, most: 8 }),
  small: flag('-S', 'Without host, facility and level'),
  strips: flag('-t', "Without the senders' times"),
  drops: flag('-D', 'Drop what is the same as before'),
  config: text('-f', 'FILE', 'Rules (/etc/syslog.conf)'),
}

/** syslogd, as in busybox; /dev/log is a fifo. */
export default applet({
  name: 'syslogd',
  about: 'Write down what programs log',
  options,
  most: 0,
  notes: ['Partly: neither -R (another host) nor -K (the ring of the kernel).'],
  async main(invocation) {
    const { proc, options: how } = invocation
    if (how.remote !== undefined) throw new Failure(`-R ${how.remote}: there is nothing to send by`)
    if (how.kernel) throw new Failure('-K: the kernel keeps no ring')
    const settings = settingsOf(invocation)
    if (how.foreground) return await run(proc, settings)
    becomeDaemon(proc, self => run(self, settings))
    return 0
  },
})

interface Settings {
  readonly sink: (proc: Process) => LogSink
  readonly rules: readonly LogRule[]
  readonly level: number
  readonly small: boolean
  readonly strips: boolean
  readonly drops: boolean
  readonly size: number
  readonly kept: number
}

function settingsOf({ proc, options: how }: Invocation<typeof options>): Settings {
  const kilobytes = how.ring === true ? 16 : how.ring === undefined ? undefined : parseNumber(how.ring, RING_SIZES)
  const { level, small, strips, drops, size, kept, file } = how
  const sink = (self: Process): LogSink =>
    kilobytes === undefined ? new LogFile(self, file, size * 1024, kept) : new LogRing(self, kilobytes * 1024)
  return { sink, rules: parseLogRules(proc, how.config), level, small, strips, drops, size: size * 1024, kept }
}

const RING_SIZES = { least: 4, most: 2097151 }
const PID_FILE = '/var/run/syslogd.pid'
const SYSLOG_INFO = 5 * 8 + 6

async function run(proc: Process, how: Settings): Promise<number> {
  const sink = how.sink(proc)
  const files = how.rules.map(rule => new LogFile(proc, rule.action, how.size, how.kept))
  const put = async (priority: number, message: string) => {
    const line = encode(lineOf(proc, how, priority, message))
    let isTaken = false
    for (const [at, rule] of how.rules.entries()) {
      if (!rule.matches(priority >> 3, priority & 7)) continue
      isTaken = true
      await files[at]?.put(line)
    }
    if (!isTaken && (priority & 7) < how.level) await sink.put(line)
  }
  const fd = await openLog(proc)
  let isEnded = false
  for (const signal of [SIGTERM, SIGINT, SIGQUIT]) {
    proc.onSignal(signal, () => {
      isEnded = true
    })
  }
  proc.onSignal(SIGHUP, 'ignore')
  await writePid(proc)
  await put(SYSLOG_INFO, 'syslogd started: BusyBox v1.35.0')
  let last = ''
  try {
    for await (const line of new NamedInput(proc, LOG_PATH, fd).lines()) {
      if (how.drops && line === last) continue
      last = line
      await takeLine(line, put)
      if (isEnded) break
    }
  } catch (error) {
    if (!(error instanceof SysError) || error.errno !== 'EINTR') throw error
  }
  await put(SYSLOG_INFO, 'syslogd exiting')
  sink.end()
  remove(proc, PID_FILE)
  return 0
}

async function takeLine(line: string, put: (priority: number, message: string) => Promise<void>): Promise<void> {
  const match = /^<(\d+)>/.exec(line)
  // syslog(3): user.notice for those who say nothing.
  await put(match ? Number(match[1]) & 0x3ff : 13, line.slice(match?.[0].length ?? 0))
}

function lineOf(proc: Process, how: Settings, priority: number, message: string): string {
  const hasTime = /^.{3} .{2} .{2}:.{2}:.{2} /.test(message)
  const rest = hasTime ? message.slice(16) : message
  const now = () => strftime('%b %e %H:%M:%S', proc.kernel.nanoseconds(), parseTimeZone(proc.env.get('TZ')))
  const time = hasTime && !how.strips ? message.slice(0, 15) : now()
  if (how.small) return `${time} ${rest}\n`
  return `${time} ${proc.kernel.hostname} ${priorityName(priority)} ${rest}\n`
}

async function openLog(proc: Process): Promise<number> {
  remove(proc, LOG_PATH)
  proc.mknod(LOG_PATH, 'fifo', 0o666)
  proc.chmod(LOG_PATH, 0o666)
  return await proc.open(LOG_PATH, { read: true, write: true })
}

async function writePid(proc: Process): Promise<void> {
  try {
    const fd = await proc.open(PID_FILE, { write: true, create: true, truncate: true })
    await proc.write(fd, encode(`${proc.pid}\n`))
    proc.close(fd)
  } catch (error) {
    if (!(error instanceof SysError)) throw error
  }
}

function remove(proc: Process, path: string): void {
  try {
    proc.unlink(path)
  } catch (error) {
    if (!(error instanceof SysError)) throw error
  }
}
