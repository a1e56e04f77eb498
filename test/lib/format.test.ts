import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatInteger, formatReal, formatText, parseFormat } from '../../lib/format.ts'

const hasBusybox = spawnSync('busybox', ['true']).status === 0

const flags = fc.subarray(['-', '+', ' ', '#', '0']).map(list => list.join(''))
const width = fc.option(fc.integer({ min: 0, max: 30 }), { nil: undefined })
const precision = fc.option(fc.integer({ min: 0, max: 25 }), { nil: undefined })
const real = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer({ min: -100000, max: 100000 }).map(value => value / 8),
  fc.integer({ min: -30, max: 30 }).map(power => 10 ** power),
  fc.constantFrom(
    0.5,
    1.5,
    2.5,
    0.125,
    0.375,
    1e22,
    123456789,
    0.0001,
    0.00001,
    999999.5,
    9.9999995,
    5e-324,
    1.7976931348623157e308,
  ),
)

function busyboxPrintf(cases: readonly (readonly [format: string, value: string])[]): string[] {
  const script = cases.map(([format, value]) => `printf '${format}\n' '${value}'`).join('\n')
  return spawnSync('busybox', ['ash', '-s'], { input: script, encoding: 'utf8', maxBuffer: 2 ** 26 }).stdout.split('\n')
}

test.skipIf(!hasBusybox)('reals as busybox prints them (skipped where there is no busybox)', () => {
  const drawn = fc.sample(fc.tuple(flags, width, precision, fc.constantFrom(...'eEfgG'), real), {
    numRuns: 3000,
    seed: 5,
  })
  const cases = drawn.map(([signs, wide, places, letter, value]) => {
    const format = `%${signs}${wide || ''}${places === undefined ? '' : `.${places}`}${letter}`
    return { format, value, ours: formatReal(value, letter, { flags: signs, width: wide ?? 0, precision: places }) }
  })
  const text = (value: number) => (Object.is(value, -0) ? '-0' : String(value))
  const theirs = busyboxPrintf(cases.map(({ format, value }) => [format, text(value)] as const))
  cases.forEach(({ format, value, ours }, i) => {
    // glibc forgets the zeros that # keeps where %g rounds up to a power of ten: 999999.5 is 1.e+06.
    if (/#.*[gG]/.test(format) && /^\D*10*\.(?:e.*)?\s*$/i.test(theirs[i] ?? '')) return
    expect([format, value, ours]).toEqual([format, value, theirs[i]])
  })
})

test.skipIf(!hasBusybox)('integers as busybox prints them (skipped where there is no busybox)', () => {
  const integer = fc.oneof(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), fc.bigInt({ min: -9n, max: 9n }))
  const drawn = fc.sample(fc.tuple(flags, width, precision, fc.constantFrom(...'diuoxX'), integer), {
    numRuns: 2000,
    seed: 6,
  })
  const cases = drawn.map(([signs, wide, places, letter, value]) => {
    const format = `%${signs}${wide || ''}${places === undefined ? '' : `.${places}`}${letter}`
    return { format, value, ours: formatInteger(value, letter, { flags: signs, width: wide ?? 0, precision: places }) }
  })
  const theirs = busyboxPrintf(cases.map(({ format, value }) => [format, String(value)] as const))
  cases.forEach(({ format, value, ours }, i) => {
    expect([format, value, ours]).toEqual([format, value, theirs[i]])
  })
})

test('all digits of a double, however many are asked for', () => {
  const exact = '0.1000000000000000055511151231257827021181583404541015625'
  expect(formatReal(0.1, 'f', { flags: '', width: 0, precision: 120 })).toBe(exact.padEnd(122, '0'))
  expect(formatReal(2 ** -150, 'f', { flags: '', width: 0, precision: 150 }).slice(-6)).toBe('015625')
  expect(formatReal(0.1, 'e', { flags: '', width: 0, precision: 110 })).toBe(`1.${exact.slice(3).padEnd(110, '0')}e-01`)
})

test.each([
  [1, undefined, '0x1p+0'],
  [0.1, undefined, '0x1.999999999999ap-4'],
  [3.14159, 3, '0x1.922p+1'],
  [0, undefined, '0x0p+0'],
  [-0.5, 2, '-0x1.00p-1'],
  [1.9999999, 1, '0x2.0p+0'],
  [5e-324, undefined, '0x0.0000000000001p-1022'],
] as const)('%%a of %d', (value, precision, text) => {
  expect(formatReal(value, 'a', { flags: '', width: 0, precision })).toBe(text)
})

test('infinities and texts', () => {
  expect(formatReal(Number.POSITIVE_INFINITY, 'g', { flags: '0+', width: 6 })).toBe('  +inf')
  expect(formatReal(Number.NEGATIVE_INFINITY, 'F', { flags: '', width: 0 })).toBe('-INF')
  expect(formatReal(Number.NaN, 'f', { flags: '', width: 0 })).toBe('nan')
  expect(formatText('héllo', { flags: '-', width: 6, precision: 2 })).toBe('hé    ')
  expect(formatText('𝒳', { flags: '', width: 3 })).toBe('  𝒳')
})

test('a format in pieces', () => {
  const conversion = { flags: '', width: undefined, precision: undefined }
  expect(parseFormat('a%-+5.2lfb%%%*.*d%.s%y%')).toEqual([
    'a',
    { flags: '-+', width: 5, precision: 2, letter: 'f', text: '%-+5.2lf' },
    'b',
    { ...conversion, letter: '%', text: '%%' },
    { flags: '', width: '*', precision: '*', letter: 'd', text: '%*.*d' },
    { ...conversion, precision: 0, letter: 's', text: '%.s' },
    { ...conversion, letter: '', text: '%' },
    'y',
    { ...conversion, letter: '', text: '%' },
  ])
})
