// Dates as `date -d` and `touch -d` take them (busybox's formats).

import { type CivilTime, civilTime, secondsOf } from './calendar.ts'
import type { DateFields } from './strptime.ts'
import type { TimeZone } from './time-zone.ts'

/** Seconds since the epoch; undefined: none of the formats. `now` fills in what is left out. */
export function parseDate(text: string, now: number, zone: TimeZone): number | undefined {
  const epoch = /^@(-?\d+)(?:\.\d+)?$/.exec(text)
  if (epoch) return Number(epoch[1])
  const utc = /(?: ?(?:UTC|GMT|Z)| [-+]\d{4})$/.exec(text)
  const bare = utc ? text.slice(0, utc.index) : text
  const ahead = utc ? offsetOf(utc[0]) : 0
  const today = civilTime(now + (utc ? ahead : zone(now).offset))
  const fields = readFields(bare, today)
  if (!fields) return undefined
  const [year, month, day, hours, minutes, seconds] = fields
  if (month < 1 || month > 12 || day < 1 || day > 31 || hours > 24 || minutes > 59 || seconds > 60) return undefined
  const local = secondsOf(year, month, day, hours, minutes, seconds)
  return utc ? local - ahead : fromLocal(local, zone)
}

/** Seconds of `+0130`; 0 of a name of UTC. */
function offsetOf(text: string): number {
  const match = /([-+])(\d\d)(\d\d)$/.exec(text)
  return match ? (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 3600 + Number(match[3]) * 60) : 0
}

function fromLocal(local: number, zone: TimeZone): number {
  return local - zone(local - zone(local).offset).offset
}

/** Seconds since the epoch of what strptime read; the date is today where none was read. */
export function dateSeconds(fields: DateFields, now: number, zone: TimeZone): number {
  if (fields.epoch !== undefined) return fields.epoch
  const today = civilTime(now + zone(now).offset)
  const { year = today.year, hours = 0, minutes = 0, seconds = 0, dayOfYear } = fields
  const [month, day] = dayOfYear === undefined ? [fields.month ?? today.month, fields.day ?? today.day] : [1, dayOfYear]
  return fromLocal(secondsOf(year, month, day, hours, minutes, seconds), zone)
}

type Fields = readonly [year: number, month: number, day: number, hours: number, minutes: number, seconds: number]

function readFields(text: string, today: CivilTime): Fields | undefined {
  const { year, month, day } = today
  const numbers = (match: RegExpExecArray) =>
    match.slice(1).map(part => (part === undefined ? undefined : Number(part)))
  let match = /^(\d\d?):(\d\d?)(?::(\d\d?))?$/.exec(text)
  if (match) {
    const [h = 0, m = 0, s = 0] = numbers(match)
    return [year, month, day, h, m, s]
  }
  match = /^(?:(\d{4})\.)?(\d\d?)\.(\d\d?)-(\d\d?):(\d\d?)(?::(\d\d?))?$/.exec(text)
  if (match) {
    const [y = year, mo = 1, d = 1, h = 0, m = 0, s = 0] = numbers(match)
    return [y, mo, d, h, m, s]
  }
  match = /^(\d{4})-(\d\d?)-(\d\d?)(?:[ T](\d\d?)(?::(\d\d?)(?::(\d\d?))?)?(?:\.\d+)?)?$/.exec(text)
  if (match) {
    const [y = year, mo = 1, d = 1, h = 0, m = 0, s = 0] = numbers(match)
    return [y, mo, d, h, m, s]
  }
  match = /^(\d+)(?:\.(\d\d))?$/.exec(text)
  return match ? readDigits(match[1]!, Number(match[2] ?? 0), [year, month, day]) : undefined
}

/** `[[[[[YY]YY]MM]DD]hh]mm` */
export function readDigits(
  digits: string,
  seconds: number,
  [year, month, day]: readonly [number, number, number],
): Fields | undefined {
  if (digits.length % 2 !== 0 || digits.length > 12 || digits.length < 2) return undefined
  const pairs = digits.match(/\d\d/g)!.map(Number)
  const [minutes = 0, hours = 0, d = day, m = month, low, high] = pairs.reverse()
  const y = low === undefined ? year : high === undefined ? low + (low < 69 ? 2000 : 1900) : high * 100 + low
  return [y, m, d, hours, minutes, seconds]
}
