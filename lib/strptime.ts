// Dates read by a format (POSIX strptime, C locale).

export interface DateFields {
  year?: number
  /** 1 to 12. */
  month?: number
  day?: number
  hours?: number
  minutes?: number
  seconds?: number
  /** 1 to 366. */
  dayOfYear?: number
  isAfternoon?: boolean
  /** Seconds since the epoch: then nothing else counts. */
  epoch?: number
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

type Reader = (text: string, fields: DateFields) => void

/** What each letter looks like, and where it goes. */
const LETTERS: ReadonlyMap<string, readonly [pattern: string, read: Reader]> = new Map<
  string,
  readonly [string, Reader]
>([
  ['Y', ['\\d{1,4}', (text, fields) => void (fields.year = Number(text))]],
  ['y', ['\\d{1,2}', (text, fields) => void (fields.year = Number(text) + (Number(text) < 69 ? 2000 : 1900))]],
  ['m', ['\\d{1,2}', (text, fields) => void (fields.month = Number(text))]],
  ['d', [' ?\\d{1,2}', (text, fields) => void (fields.day = Number(text))]],
  ['e', [' ?\\d{1,2}', (text, fields) => void (fields.day = Number(text))]],
  ['H', [' ?\\d{1,2}', (text, fields) => void (fields.hours = Number(text))]],
  ['k', [' ?\\d{1,2}', (text, fields) => void (fields.hours = Number(text))]],
  ['I', [' ?\\d{1,2}', (text, fields) => void (fields.hours = Number(text) % 12)]],
  ['M', ['\\d{1,2}', (text, fields) => void (fields.minutes = Number(text))]],
  ['S', ['\\d{1,2}', (text, fields) => void (fields.seconds = Number(text))]],
  ['j', ['\\d{1,3}', (text, fields) => void (fields.dayOfYear = Number(text))]],
  ['p', ['[ap]m', (text, fields) => void (fields.isAfternoon = /^p/i.test(text))]],
  ['s', ['-?\\d+', (text, fields) => void (fields.epoch = Number(text))]],
  ['b', ['(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*', readMonth]],
  ['a', ['(?:sun|mon|tue|wed|thu|fri|sat)[a-z]*', () => undefined]],
  ['Z', ['[A-Za-z]+', () => undefined]],
  // glibc and busybox: the offset is read, and what the clock shows there is taken for the time here.
  ['z', ['(?:Z|[+-]\\d{2}(?::?\\d{2})?)', () => undefined]],
])

const SHORT: readonly (readonly [short: string, long: string])[] = [
  ['%T', '%H:%M:%S'],
  ['%R', '%H:%M'],
  ['%D', '%m/%d/%y'],
  ['%F', '%Y-%m-%d'],
  ['%B', '%b'],
  ['%h', '%b'],
  ['%A', '%a'],
]

/** undefined: the text does not look so. */
export function strptime(text: string, format: string): DateFields | undefined {
  const readers: Reader[] = []
  const full = SHORT.reduce((known, [short, long]) => known.replaceAll(short, long), format)
  let source = ''
  for (const [piece] of full.matchAll(/%[a-zA-Z%]|\s+|[\s\S]/g)) {
    const letter = piece.length > 1 && piece.startsWith('%') ? LETTERS.get(piece[1]!) : undefined
    if (letter) {
      source += `(${letter[0]})`
      readers.push(letter[1])
    } else if (/^(\s+|%[nt])$/.test(piece)) source += '\\s*'
    else if (piece === '%%') source += '%'
    else if (/^%./.test(piece)) return undefined
    else source += piece.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&')
  }
  const match = new RegExp(`^${source}$`, 'i').exec(text)
  if (!match) return undefined
  const fields: DateFields = {}
  readers.forEach((read, index) => {
    read(match[index + 1]!, fields)
  })
  if (fields.isAfternoon && fields.hours !== undefined && fields.hours < 12) fields.hours += 12
  return fields
}

function readMonth(text: string, fields: DateFields): void {
  fields.month = MONTHS.indexOf(text.slice(0, 3).toLowerCase()) + 1
}
