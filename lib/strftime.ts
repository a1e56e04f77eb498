// Dates by format (POSIX strftime in the C locale, with GNU's -, _ and 0 before a letter).

import { type CivilTime, civilTime, secondsOf } from './calendar.ts'
import type { TimeZone } from './time-zone.ts'

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** `nanoseconds` since the epoch. */
export function strftime(format: string, nanoseconds: bigint, zone: TimeZone): string {
  const seconds = Number(nanoseconds / 1_000_000_000n)
  const { offset, name } = zone(seconds)
  const date = civilTime(seconds + offset)
  return format.replace(
    /%([-_0^#]*)(\d*)([a-zA-Z%:+])(z)?/g,
    (whole, flags: string, width: string, letter: string, zed?: string) => {
      const value = field(letter + (letter === ':' && zed ? zed : ''), date, seconds, offset, name, nanoseconds, zone)
      if (value === undefined) return whole
      const text = padded(value, flags, width === '' ? undefined : Number(width))
      const upper = flags.includes('^') ? text.toUpperCase() : flags.includes('#') ? swapCase(text) : text
      return zed && letter !== ':' ? upper + zed : upper
    },
  )
}

/** GNU's `#`: capitals for what has small letters, and small ones for what has none. */
function swapCase(text: string): string {
  return text === text.toUpperCase() ? text.toLowerCase() : text.toUpperCase()
}

type Value = string | { readonly number: number; readonly width: number; readonly fill?: ' ' | '0' }

function padded(value: Value, flags: string, width: number | undefined): string {
  if (typeof value === 'string') return value.padStart(width ?? 0)
  if (flags.includes('-')) return String(value.number)
  const fill = flags.includes('_') ? ' ' : flags.includes('0') ? '0' : (value.fill ?? '0')
  return String(value.number).padStart(width ?? value.width, fill)
}

function field(
  letter: string,
  date: CivilTime,
  seconds: number,
  offset: number,
  name: string,
  nanoseconds: bigint,
  zone: TimeZone,
): Value | undefined {
  const two = (number: number, fill?: ' '): Value => (fill ? { number, width: 2, fill } : { number, width: 2 })
  const year = date.year
  const hours = date.hours
  const twelve = hours % 12 === 0 ? 12 : hours % 12
  const again = (format: string) => strftime(format, nanoseconds, zone)
  switch (letter) {
    case 'a':
      return DAYS[date.weekday]!.slice(0, 3)
    case 'A':
      return DAYS[date.weekday]!
    case 'b':
    case 'h':
      return MONTHS[date.month - 1]!.slice(0, 3)
    case 'B':
      return MONTHS[date.month - 1]!
    case 'c':
      return again('%a %b %e %H:%M:%S %Y')
    case 'C':
      return two(Math.floor(year / 100))
    case 'd':
      return two(date.day)
    case 'D':
    case 'x':
      return again('%m/%d/%y')
    case 'e':
      return two(date.day, ' ')
    case 'F':
      return again('%Y-%m-%d')
    case 'g':
      return two(isoWeek(date).year % 100)
    case 'G':
      return { number: isoWeek(date).year, width: 4 }
    case 'H':
      return two(hours)
    case 'I':
      return two(twelve)
    case 'j':
      return { number: date.dayOfYear + 1, width: 3 }
    case 'k':
      return two(hours, ' ')
    case 'l':
      return two(twelve, ' ')
    case 'm':
      return two(date.month)
    case 'M':
      return two(date.minutes)
    case 'n':
      return '\n'
    case 'N':
      return String(nanoseconds % 1_000_000_000n).padStart(9, '0')
    case 'p':
      return hours < 12 ? 'AM' : 'PM'
    case 'P':
      return hours < 12 ? 'am' : 'pm'
    case 'r':
      return again('%I:%M:%S %p')
    case 'R':
      return again('%H:%M')
    case 's':
      return String(seconds)
    case 'S':
      return two(date.seconds)
    case 't':
      return '\t'
    case 'T':
    case 'X':
      return again('%H:%M:%S')
    case 'u':
      return String(date.weekday || 7)
    case 'U':
      return two(Math.floor((date.dayOfYear + 7 - date.weekday) / 7))
    case 'V':
      return two(isoWeek(date).week)
    case 'w':
      return String(date.weekday)
    case 'W':
      return two(Math.floor((date.dayOfYear + 7 - ((date.weekday + 6) % 7)) / 7))
    case 'y':
      return two(year % 100)
    case 'Y':
      return { number: year, width: 1 }
    case 'z':
      return zoneOffset(offset, '')
    case ':z':
      return zoneOffset(offset, ':')
    case 'Z':
      return name
    case '%':
      return '%'
    default:
      return undefined
  }
}

export function zoneOffset(offset: number, between: string): string {
  const minutes = Math.floor(Math.abs(offset) / 60)
  const two = (number: number) => String(number).padStart(2, '0')
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}${between}${two(minutes % 60)}`
}

/** ISO 8601: the week with the year's first Thursday is the first. */
function isoWeek({ year, month, day, weekday }: CivilTime): { year: number; week: number } {
  const thursday = civilTime(secondsOf(year, month, day + 4 - (weekday || 7)))
  return { year: thursday.year, week: Math.floor(thursday.dayOfYear / 7) + 1 }
}
