import { SysError } from '../kernel/errno.ts'
import { SIGALRM, SIGHUP, SIGTERM } from '../kernel/signal.ts'
import { count, number, text } from '../lib/options.ts'
import { strftime } from '../lib/strftime.ts'
import { parseTimeZone } from '../lib/time-zone.ts'
import { applet, Failure } from './applet.ts'
import { LogFolder } from './log-folder.ts'
import { taiStamp } from './tai-stamp.ts'

/** svlogd, as in busybox (runit). */
export default applet({
  name: 'svlogd',
  about: 'Write what comes on stdin into log files in DIRs, which are turned over when they are large',
  operands: 'DIR...',
  least: 1,
  options: {
    replacement: text('-r', 'C', 'Instead of what cannot be printed, and of what -R names'),
    replaced: text('-R', 'CHARS', 'Replace these too (by _, or the C of -r)'),
    length: number('-l', 'N', 'How much of a line patterns see (1000)', 1000),
    buffer: number('-b', 'N', 'Accepted: how much is read at once', 1024),
    stamps: count('-t', 'Each line with its time: TAI64N, or, twice and thrice, a date'),
    verbose: count('-v', 'Tell what is done'),
  },
  notes: [
    'DIR/config: sSIZE, nNUM, !PROG (what is turned over goes through it), +PATTERN and -PATTERN choose lines,',
    'ePATTERN and EPATTERN choose what goes to stderr.',
  ],
  async main({ proc, options: how, operands }) {
    const tell = (kind: string, message: string) => proc.stderr.line(`svlogd: ${kind}: ${message}`)
    const info = (message: string) => (how.verbose > 0 ? tell('info', message) : undefined)
    const folders: LogFolder[] = []
    for (const name of operands) {
      try {
        folders.push(await LogFolder.open(proc, name, message => void info(message)))
      } catch (error) {
        if (!(error instanceof SysError)) throw error
        await tell('warning', `can't open log directory: ${name}: ${error.message}`)
      }
    }
    if (folders.length === 0) throw new Failure('fatal: no functional log directories')
    const turnOver = () => {
      for (const folder of folders) folder.turnOverSoon()
    }
    proc.onSignal(SIGALRM, { handler: turnOver, restart: true })
    proc.onSignal(SIGHUP, { handler: () => {}, restart: true })
    proc.onSignal(SIGTERM, () => {})
    const clean = cleaner(how.replacement, how.replaced)
    try {
      for await (const raw of proc.stdin.lines()) {
        const line = clean(raw)
        const stamp = how.stamps === 0 ? '' : `${stampOf(proc.kernel.nanoseconds(), how.stamps)} `
        for (const folder of folders) await folder.take(line.slice(0, how.length), `${stamp}${line}\n`)
      }
    } catch (error) {
      if (!(error instanceof SysError) || error.errno !== 'EINTR') throw error
    }
    for (const folder of folders) {
      await folder.close()
      info(`close: ${folder.name}`)
    }
    return 0
  },
})

function cleaner(replacement: string | undefined, replaced: string | undefined): (line: string) => string {
  if (replacement === undefined && replaced === undefined) return line => line
  const by = replacement?.[0] ?? '_'
  return line =>
    Array.from(line, letter => {
      const isPlain = letter >= ' ' && letter <= '~'
      return (isPlain || letter === '\t') && !replaced?.includes(letter) ? letter : by
    }).join('')
}

function stampOf(nanoseconds: bigint, kind: number): string {
  if (kind === 1) return taiStamp(nanoseconds)
  const format = kind === 2 ? '%Y-%m-%d_%H:%M:%S' : '%Y-%m-%dT%H:%M:%S'
  const parts = String((nanoseconds % 1_000_000_000n) / 10_000n).padStart(5, '0')
  return `${strftime(format, nanoseconds, parseTimeZone('UTC0'))}.${parts}`
}
