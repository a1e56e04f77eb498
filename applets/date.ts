import { optional, flag, text } from '../lib/options.ts'
import { parseDate } from '../lib/parse-date.ts'
import { strftime } from '../lib/strftime.ts'
import { parseTimeZone } from '../lib/time-zone.ts'
import { applet, Failure } from './applet.ts'

const ISO: Readonly<Record<string, string>> = {
  date: '%Y-%m-%d',
  hours: '%Y-%m-%dT%H%:z',
  minutes: '%Y-%m-%dT%H:%M%:z',
  seconds: '%Y-%m-%dT%H:%M:%S%:z',
  ns: '%Y-%m-%dT%H:%M:%S,%N%:z',
}

export default applet({
  name: 'date',
  about: 'Print the time',
  operands: '[+FMT] [TIME]',
  most: 2,
  options: {
    utc: flag('-u --utc', 'In UTC'),
    set: text('-s --set', 'TIME', 'Set the time: refused, a container does not own its clock'),
    date: text('-d --date', 'TIME', "TIME instead of now"),
    input: text('-D', 'FMT', 'Format of -d: refused, the formats below are understood'),
    reference: text('-r --reference', 'FILE', "FILE's last modification instead of now"),
    rfc: flag('-R --rfc-2822', 'As RFC 2822 writes it'),
    iso: optional('-I --iso-8601', 'SPEC', 'As ISO 8601 writes it: date, hours, minutes, seconds, ns'),
  },
  notes: ['TIME: @seconds, hh:mm[:ss], [YYYY.]MM.DD-hh:mm[:ss], YYYY-MM-DD hh:mm[:ss], [[[[[YY]YY]MM]DD]hh]mm[.ss]'],
  async main({ proc, options, operands }) {
    const format = operands.find(word => word.startsWith('+'))?.slice(1)
    const time = operands.find(word => !word.startsWith('+'))
    if (options.input !== undefined) throw new Failure('-D is not done by this version')
    if (options.set !== undefined || time !== undefined) throw new Failure("can't set date: Operation not permitted")
    const zone = parseTimeZone(options.utc ? undefined : proc.env.get('TZ'))
    const now = proc.kernel.nanoseconds()
    let moment = now
    if (options.reference !== undefined) moment = proc.stat(options.reference).mtime
    if (options.date !== undefined) {
      const seconds = parseDate(options.date, Number(now / 1_000_000_000n), zone)
      if (seconds === undefined) throw new Failure(`invalid date '${options.date}'`)
      moment = BigInt(seconds) * 1_000_000_000n
    }
    const iso = options.iso === undefined ? undefined : ISO[options.iso === true ? 'date' : options.iso]
    if (options.iso !== undefined && iso === undefined) throw new Failure(`invalid argument '${options.iso}' to -I`)
    const chosen = format ?? iso ?? (options.rfc ? '%a, %d %b %Y %H:%M:%S %z' : '%a %b %e %H:%M:%S %Z %Y')
    await proc.stdout.line(strftime(chosen, moment, zone))
  },
})

