// TZ as POSIX writes it (XBD 8.3): `EST5EDT,M3.2.0,M11.1.0`, `UTC0`, `<+03>-3`.

import { civilTime, daysOf, isLeap, secondsOf } from './calendar.ts'

export interface LocalTime {
  /** Seconds to add to UTC. */
  readonly offset: number
  readonly name: string
  readonly isDaylight: boolean
}

export type TimeZone = (seconds: number) => LocalTime

const UTC: TimeZone = () => ({ offset: 0, name: 'UTC', isDaylight: false })

/** What cannot be read is UTC, as libc takes it. */
export function parseTimeZone(text: string | undefined): TimeZone {
  const match =
    /^(<[^>]+>|[A-Za-z]{3,})([+-]?[\d:]+)(?:(<[^>]+>|[A-Za-z]{3,})([+-]?[\d:]+)?(?:,([^,]+),([^,]+))?)?$/.exec(
      text ?? '',
    )
  if (!match) return UTC
  const [, name = '', offset = '0', daylightName, daylightOffset, from = 'M3.2.0', to = 'M11.1.0'] = match
  const standard = { offset: -readTime(offset), name: bare(name), isDaylight: false }
  if (daylightName === undefined) return () => standard
  const daylight = {
    offset: daylightOffset === undefined ? standard.offset + 3600 : -readTime(daylightOffset),
    name: bare(daylightName),
    isDaylight: true,
  }
  return seconds => {
    const year = civilTime(seconds + standard.offset).year
    const start = ruleTime(from, year) - standard.offset
    const end = ruleTime(to, year) - daylight.offset
    const isDaylight = start < end ? seconds >= start && seconds < end : seconds >= start || seconds < end
    return isDaylight ? daylight : standard
  }
}

function bare(name: string): string {
  return name.replace(/[<>]/g, '')
}

/** `[+-]hh[:mm[:ss]]` in seconds. */
function readTime(text: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = text.replace(/^[+-]/, '').split(':').map(Number)
  return (text.startsWith('-') ? -1 : 1) * (hours * 3600 + minutes * 60 + seconds)
}

/** Local seconds since the epoch of a rule in a year: `Mm.w.d`, `Jn`, `n`, each with `/time`. */
function ruleTime(rule: string, year: number): number {
  const [day = '', time = '2'] = rule.split('/')
  const dayStart = secondsOf(year, 1, 1)
  const week = /^M(\d+)\.(\d)\.(\d)$/.exec(day)
  if (week) return weekDay(year, Number(week[1]), Number(week[2]), Number(week[3])) + readTime(time)
  const number = Number(day.replace('J', ''))
  const shift = day.startsWith('J') ? number - 1 + (isLeap(year) && number >= 60 ? 1 : 0) : number
  return dayStart + shift * 86_400 + readTime(time)
}

function weekDay(year: number, month: number, week: number, day: number): number {
  const first = civilTime(secondsOf(year, month, 1)).weekday
  const length = daysOf(year, month + 1, 1) - daysOf(year, month, 1)
  let date = 1 + ((day - first + 7) % 7) + (week - 1) * 7
  while (date > length) date -= 7
  return secondsOf(year, month, date)
}
