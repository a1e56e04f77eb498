import { expect, test } from 'vitest'
import { bytesSize, humanDuration, humanSize, parseDuration, parseSize } from '../../lib/human.ts'

// What go-units prints and reads.
test.each([
  [0, '0B', '0B'],
  [172, '172B', '172B'],
  [1000, '1kB', '1000B'],
  [1024, '1.02kB', '1KiB'],
  [1_980_000, '1.98MB', '1.888MiB'],
  [77_900_000, '77.9MB', '74.29MiB'],
  [999_500, '1e+03kB', '976.1KiB'],
  [8_200_000_000, '8.2GB', '7.637GiB'],
])('%d bytes', (bytes, decimal, binary) => {
  expect(humanSize(bytes)).toBe(decimal)
  expect(bytesSize(bytes)).toBe(binary)
})

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

test.each([
  [999, 'Less than a second'],
  [1999, '1 second'],
  [4000, '4 seconds'],
  [59_999, '59 seconds'],
  [MINUTE, 'About a minute'],
  [2 * MINUTE, '2 minutes'],
  [HOUR - 1, '59 minutes'],
  [HOUR, 'About an hour'],
  [1.5 * HOUR, '2 hours'],
  [47 * HOUR, '47 hours'],
  [2 * DAY, '2 days'],
  [14 * DAY, '2 weeks'],
  [60 * DAY, '2 months'],
  [730 * DAY, '2 years'],
])('%d ms are %s', (ms, text) => {
  expect(humanDuration(ms)).toBe(text)
})

test.each([
  ['10', 10_000],
  ['1.5s', 1500],
  ['1h2m3s', 3_723_000],
  ['500ms', 500],
  ['250us', 0.25],
  ['.5m', 30_000],
  ['-1m', -60_000],
  ['1', 1000],
  ['', undefined],
  ['s', undefined],
  ['1d', undefined],
  ['1s x', undefined],
])('the duration %j', (text, ms) => {
  expect(parseDuration(text)).toBe(ms)
})

test.each([
  ['512m', 512 * 1024 ** 2],
  ['1g', 1024 ** 3],
  ['64KiB', 65536],
  ['1.5kb', 1536],
  ['10', 10],
  ['10 M', 10 * 1024 ** 2],
  ['m', undefined],
  ['1x', undefined],
  ['-1', undefined],
])('the size %j', (text, bytes) => {
  expect(parseSize(text)).toBe(bytes)
})
