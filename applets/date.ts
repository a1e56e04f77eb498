import { flag, optional, text, UsageError } from '../lib/options.ts'
import { dateSeconds, parseDate } from '../lib/parse-date.ts'
import { strftime } from '../lib/strftime.ts'
import { strptime } from '../lib/strptime.ts'
import { parseTimeZone, type TimeZone } from '../lib/time-zone.ts'
import { applet, Failure } from './applet.ts'
import { statOrFail } from './refused.ts'

const ISO: ReadonlyMap<string, string> = new Map([
  ['date', '%Y-%m-%d'],
  ['hours', '%Y-%m-%dT%H%:z'],
  ['minutes', '%Y-%m-%dT%H:%M%:z'],
  ['seconds', '%Y-%m-%dT%H:%M:%S%:z'],
  ['ns', '%Y-%m-%dT%H:%M:%S,%N%:z'],
])

const SECOND = 1_000_000_000n

export default applet({
  name: 'date',
  about: 'Print the time',
  operands: '[+FMT] [TIME]',
  options: {
    utc: flag('-u --utc', 'In UTC'),
    set: text('-s --set', 'TIME', 'Set the time: refused, a container does not own its clock'),
    date: text('-d --date', 'TIME', 'TIME instead of now'),
    format: text('-D', 'FMT', 'How TIME is written'),
    reference: text('-r --reference', 'FILE', "FILE's last modification instead of now"),
    rfc: flag('-R --rfc-2822', 'As RFC 2822 writes it'),
    iso: optional('-I --iso-8601', 'SPEC', 'As ISO 8601 writes it: date, hours, minutes, seconds, ns'),
  },
  notes: ['TIME: @seconds, hh:mm[:ss], [YYYY.]MM.DD-hh:mm[:ss], YYYY-MM-DD hh:mm[:ss], [[[[[YY]YY]MM]DD]hh]mm[.ss]'],
  async main({ proc, options, operands, warn }) {
    const zone = parseTimeZone(options.utc ? undefined : proc.env.get('TZ'))
    const [shown, toSet] = operands[0]?.startsWith('+') ? [operands[0].slice(1), operands[1]] : [undefined, operands[0]]
    const iso = ISO.get(options.iso === true ? 'date' : (options.iso ?? ''))
    if (options.iso !== undefined && iso === undefined) throw new UsageError('')
    const now = proc.kernel.nanoseconds()
    const read = (time: string) => readTime(time, options.format, { now, zone })
    let moment = options.reference === undefined ? now : statOrFail(proc, options.reference).mtime
    if (options.date !== undefined) moment = read(options.date)
    const wanted = options.set ?? toSet
    if (wanted !== undefined) {
      moment = read(wanted)
      warn("can't set date: Operation not permitted")
    }
    const format = shown ?? iso ?? (options.rfc ? '%a, %d %b %Y %H:%M:%S %z' : '%a %b %e %H:%M:%S %Z %Y')
    await proc.stdout.line(strftime(format, moment, zone))
  },
})

function readTime(time: string, format: string | undefined, how: { now: bigint; zone: TimeZone }): bigint {
  const now = Number(how.now / SECOND)
  const fields = format === undefined ? undefined : strptime(time, format)
  const seconds = format === undefined ? parseDate(time, now, how.zone) : fields && dateSeconds(fields, now, how.zone)
  if (seconds === undefined) throw new Failure(`invalid date '${time}'`)
  return BigInt(seconds) * SECOND
}
