import { civilTime, daysOf, isLeap } from '../lib/calendar.ts'
import { flag, parseNumber } from '../lib/options.ts'
import { parseTimeZone } from '../lib/time-zone.ts'
import { applet } from './applet.ts'

const MONTHS = 'January February March April May June July August September October November December'.split(' ')
const DAYS = ['Su', 'Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa']
const LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const ROWS = 6

/** cal, as in busybox: Julian before September 1752, Gregorian since. */
export default applet({
  name: 'cal',
  about: 'Print the calendar of this month, or of MONTH in YEAR, or of a whole YEAR',
  operands: '[[MONTH] YEAR]',
  most: 2,
  options: {
    julian: flag('-j', 'Days are numbered through the year'),
    monday: flag('-m', 'A week begins on Monday'),
    wholeYear: flag('-y', 'The whole year'),
  },
  async main({ proc, options, operands }) {
    const seconds = Math.floor(proc.kernel.clock.now() / 1000)
    const now = civilTime(seconds + parseTimeZone(proc.env.get('TZ'))(seconds).offset)
    const layout = new Layout(options.julian, options.monday)
    if (operands.length === 0 && !options.wholeYear) {
      await proc.stdout.write(layout.oneMonth(now.year, now.month - 1))
      return
    }
    const [yearText = String(now.year), monthText] = [...operands].reverse()
    const month = monthText === undefined ? undefined : parseNumber(monthText, { least: 1, most: 12 }) - 1
    const year = parseNumber(yearText, { least: 1, most: 9999 })
    await proc.stdout.write(month === undefined ? layout.wholeYear(year) : layout.oneMonth(year, month))
  },
})

class Layout {
  readonly #isJulian: boolean
  readonly #startsMonday: boolean
  readonly #dayWidth: number
  readonly #width: number

  constructor(isJulian: boolean, startsMonday: boolean) {
    this.#isJulian = isJulian
    this.#startsMonday = startsMonday
    this.#dayWidth = isJulian ? 3 : 2
    this.#width = 7 * (this.#dayWidth + 1) - 1
  }

  oneMonth(year: number, month: number): string {
    const title = `${MONTHS[month]} ${year}`
    const lines = [' '.repeat(Math.floor((this.#width - title.length) / 2)) + title, this.#dayNames()]
    const rows = this.#rows(year, month).map(row => row.trimEnd())
    // busybox: rows without a day are as wide as they would be.
    return `${[...lines, ...rows.map(row => (row === '' ? ' '.repeat(this.#width + 1) : row))].join('\n')}\n`
  }

  wholeYear(year: number): string {
    const across = this.#isJulian ? 2 : 3
    const gap = 2
    const lines = [centered(String(year), across * this.#width + (across - 1) * gap), '']
    for (let first = 0; first < 12; first += across) {
      const months = Array.from({ length: across }, (_, i) => first + i)
      lines.push(months.map(month => centered(MONTHS[month]!, this.#width)).join(' '.repeat(gap)))
      lines.push(months.map(() => this.#dayNames()).join(' '.repeat(gap)))
      const columns = months.map(month => this.#rows(year, month))
      for (let row = 0; row < ROWS; row++) {
        const text = columns
          .map(column => column[row]!.padEnd(this.#width))
          .join(' '.repeat(gap))
          .trimEnd()
        lines.push(text === '' ? ' '.repeat(79) : text)
      }
    }
    return `${lines.join('\n')}\n`
  }

  #dayNames(): string {
    const names = this.#startsMonday ? [...DAYS.slice(1), DAYS[0]!] : DAYS
    return names.map(name => name.padStart(this.#dayWidth)).join(' ')
  }

  #rows(year: number, month: number): string[] {
    const cells: string[] = new Array<string>(firstWeekday(year, month, this.#startsMonday)).fill('')
    const before = LENGTHS.slice(0, month).reduce((sum, length) => sum + length, 0) + (month > 1 && leap(year) ? 1 : 0)
    for (const day of daysIn(year, month)) cells.push(String(this.#isJulian ? before + day : day))
    return Array.from({ length: ROWS }, (_, row) =>
      Array.from({ length: 7 }, (_, column) => (cells[row * 7 + column] ?? '').padStart(this.#dayWidth)).join(' '),
    )
  }
}

function centered(text: string, width: number): string {
  const left = Math.floor((width - text.length) / 2)
  return ' '.repeat(left) + text + ' '.repeat(width - text.length - left)
}

function leap(year: number): boolean {
  return year <= 1752 ? year % 4 === 0 : isLeap(year)
}

/** Eleven days were left out in September 1752. */
function daysIn(year: number, month: number): number[] {
  const count = LENGTHS[month]! + (month === 1 && leap(year) ? 1 : 0)
  const days = Array.from({ length: count }, (_, i) => i + 1)
  return year === 1752 && month === 8 ? days.filter(day => day < 3 || day > 13) : days
}

function firstWeekday(year: number, month: number, startsMonday: boolean): number {
  // 1970-01-01 was a Thursday; the Julian calendar was eleven days behind in 1752, and more or less before.
  const isJulian = year < 1752 || (year === 1752 && month <= 8)
  const behind = isJulian ? julianLag(month < 2 ? year - 1 : year) : 0
  const weekday = (((daysOf(year, month + 1, 1) + behind + 4) % 7) + 7) % 7
  return startsMonday ? (weekday + 6) % 7 : weekday
}

/** How many days later a Julian date is than the Gregorian date of the same name. */
function julianLag(year: number): number {
  return Math.floor(year / 100) - Math.floor(year / 400) - 2
}
