import fc from 'fast-check'
import { expect, test } from 'vitest'
import { civilTime, daysOf, isLeap, secondsOf } from '../../lib/calendar.ts'
import { dateSeconds, parseDate } from '../../lib/parse-date.ts'
import { strftime } from '../../lib/strftime.ts'
import { strptime } from '../../lib/strptime.ts'
import { parseTimeZone } from '../../lib/time-zone.ts'

test('agrees with the calendar of JavaScript', () => {
  fc.assert(
    fc.property(fc.integer({ min: -60_000_000_000, max: 200_000_000_000 }), seconds => {
      const date = new Date(seconds * 1000)
      const time = civilTime(seconds)
      const { year, month, day, hours, minutes } = time
      expect([year, month, day, hours, minutes, time.seconds, time.weekday]).toEqual([
        date.getUTCFullYear(),
        date.getUTCMonth() + 1,
        date.getUTCDate(),
        date.getUTCHours(),
        date.getUTCMinutes(),
        date.getUTCSeconds(),
        date.getUTCDay(),
      ])
      expect(secondsOf(year, month, day, hours, minutes, time.seconds)).toBe(seconds)
      expect(time.dayOfYear).toBe(daysOf(year, month, day) - daysOf(year, 1, 1))
    }),
  )
})

test('what is beyond a range carries over', () => {
  expect(daysOf(2020, 13, 1)).toBe(daysOf(2021, 1, 1))
  expect(daysOf(2020, 3, 0)).toBe(daysOf(2020, 2, 29))
  expect([1900, 2000, 2023, 2024].map(isLeap)).toEqual([false, true, false, true])
})

test('summer time begins and ends in the second the rule says', () => {
  const zone = parseTimeZone('EST5EDT,M3.2.0,M11.1.0')
  expect(zone(1_615_705_199).name).toBe('EST')
  expect(zone(1_615_705_200)).toMatchObject({ name: 'EDT', offset: -4 * 3600, isDaylight: true })
  // South of the equator it spans the new year.
  const south = parseTimeZone('AEST-10AEDT,M10.1.0,M4.1.0/3')
  expect([south(1_609_459_200).name, south(1_593_561_600).name]).toEqual(['AEDT', 'AEST'])
  expect(parseTimeZone('nonsense!')(0)).toMatchObject({ offset: 0, name: 'UTC' })
})

test('dates are read as they are written', () => {
  const utc = parseTimeZone(undefined)
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4_000_000_000 }), seconds => {
      for (const format of ['%Y-%m-%d %H:%M:%S', '%Y%m%d%H%M.%S', '@%s']) {
        expect(parseDate(strftime(format, BigInt(seconds) * 1_000_000_000n, utc), 0, utc)).toBe(seconds)
      }
      for (const format of ['%d %b %Y %I:%M:%S %p', '%Y.%j %T', '%s', '%A, %d-%B-%Y %R:%S']) {
        const fields = strptime(strftime(format, BigInt(seconds) * 1_000_000_000n, utc), format)
        expect(fields && dateSeconds(fields, 0, utc)).toBe(seconds)
      }
    }),
  )
  expect(strptime('2020', '%Y-%m')).toBeUndefined()
})
