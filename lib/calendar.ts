// The Gregorian calendar by arithmetic, without a clock (H. Hinnant, "chrono-compatible low-level date algorithms").

export interface CivilTime {
  readonly year: number
  /** 1 to 12. */
  readonly month: number
  /** 1 to 31. */
  readonly day: number
  readonly hours: number
  readonly minutes: number
  readonly seconds: number
  /** 0 is Sunday. */
  readonly weekday: number
  /** 0 is the first of January. */
  readonly dayOfYear: number
}

const DAY = 86_400

/** Seconds since the epoch. What is beyond its range carries over: month 13 is January, day 0 the last of the month before. */
export function secondsOf(year: number, month: number, day: number, hours = 0, minutes = 0, seconds = 0): number {
  return daysOf(year, month, day) * DAY + hours * 3600 + minutes * 60 + seconds
}

/** Days since the epoch. */
export function daysOf(year: number, month: number, day: number): number {
  const months = month - 1
  const whole = year + Math.floor(months / 12)
  const ordinal = (((months % 12) + 12) % 12) + 1
  // A year begins in March, so that the leap day is its last.
  const shifted = ordinal <= 2 ? whole - 1 : whole
  const era = Math.floor(shifted / 400)
  const yearOfEra = shifted - era * 400
  const dayOfShifted = Math.floor((153 * (ordinal + (ordinal > 2 ? -3 : 9)) + 2) / 5)
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfShifted
  return era * 146_097 + dayOfEra - 719_468 + day - 1
}

export function civilTime(seconds: number): CivilTime {
  const days = Math.floor(seconds / DAY)
  const rest = seconds - days * DAY
  const { year, month, day } = civilDate(days)
  return {
    year,
    month,
    day,
    hours: Math.floor(rest / 3600),
    minutes: Math.floor(rest / 60) % 60,
    seconds: Math.floor(rest) % 60,
    weekday: (((days + 4) % 7) + 7) % 7,
    dayOfYear: days - daysOf(year, 1, 1),
  }
}

function civilDate(days: number): { year: number; month: number; day: number } {
  const shifted = days + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const march = Math.floor((5 * dayOfYear + 2) / 153)
  const month = march < 10 ? march + 3 : march - 9
  const day = dayOfYear - Math.floor((153 * march + 2) / 5) + 1
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day }
}

export function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
}
