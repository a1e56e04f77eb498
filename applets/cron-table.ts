// A user's crontab: lines of five fields and a command, as busybox's crond reads them.

export interface CronJob {
  readonly command: string
  /** By minute, hour, day of the month, month (from 0) and day of the week: whether it is due. */
  readonly times: readonly (readonly boolean[])[]
  readonly isAtStart: boolean
  readonly shell: string
  readonly mailTo: string | undefined
}

export interface CronMoment {
  readonly minute: number
  readonly hour: number
  readonly day: number
  readonly month: number
  readonly weekday: number
}

const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
/** How many values a field has, what it begins with, and the names of its values. */
const FIELDS: readonly (readonly [count: number, base: number, names: readonly string[]])[] = [
  [60, 0, []],
  [24, 0, []],
  [32, 0, []],
  [12, 1, MONTHS],
  [8, 0, DAYS],
]
const SHORTCUTS: Readonly<Record<string, string>> = {
  yearly: '0 0 1 1 *',
  annually: '0 0 1 1 *',
  monthly: '0 0 1 * *',
  weekly: '0 0 * * 0',
  daily: '0 0 * * *',
  midnight: '0 0 * * *',
  hourly: '0 * * * *',
}

/** `problem` hears the word at which a line was not understood; that line is left out. */
export function parseCrontab(text: string, problem: (word: string) => void): CronJob[] {
  const jobs: CronJob[] = []
  let shell = '/bin/sh'
  let mailTo: string | undefined
  for (const line of text.split('\n').map(line => line.trim())) {
    const setting = /^(SHELL|MAILTO)\s*=\s*"?([^"]*)"?$/.exec(line)
    if (setting) {
      if (setting[1] === 'SHELL') shell = setting[2]!
      else mailTo = setting[2]
    } else if (line !== '' && !line.startsWith('#')) {
      const job = parseLine(line, problem)
      if (job) jobs.push({ ...job, shell, mailTo })
    }
  }
  return jobs
}

function parseLine(line: string, problem: (word: string) => void): Omit<CronJob, 'shell' | 'mailTo'> | undefined {
  const shortcut = /^@(\w+)\s+(.*)$/.exec(line)
  if (shortcut?.[1] === 'reboot') return { command: shortcut[2]!, times: FIELDS.map(() => []), isAtStart: true }
  const fields = shortcut ? SHORTCUTS[shortcut[1]!] : undefined
  if (shortcut && fields === undefined) {
    problem(line)
    return undefined
  }
  const match = /^(\S+)\s+(\S+)\s+(\S+)\s+(\S+)\s+(\S+)\s+(.+)$/.exec(shortcut ? `${fields} ${shortcut[2]}` : line)
  // busybox: a line with too few words is passed over.
  if (!match) return undefined
  const times: boolean[][] = []
  for (const [at, field] of FIELDS.entries()) {
    const values = parseField(match[at + 1]!, field)
    if (!values) {
      problem(match[at + 1]!)
      return undefined
    }
    times.push(values)
  }
  const [, , days = [], , weekdays = []] = times
  if (weekdays[7]) weekdays[0] = true
  // Of the days of the month and of the week, one that says nothing gives way to the other (POSIX crontab).
  if (match[3] === '*' && match[5] !== '*') days.fill(false)
  else if (match[5] === '*' && match[3] !== '*') weekdays.fill(false)
  return { command: match[6]!, times, isAtStart: false }
}

/** `*`, `N`, `A-B`, names, each with `/STEP`, and lists of these. undefined: not understood. */
function parseField(
  text: string,
  [count, base, names]: readonly [number, number, readonly string[]],
): boolean[] | undefined {
  const values = Array.from({ length: count }, () => false)
  const numberOf = (word: string) => {
    const named = names.findIndex(name => word.toLowerCase().startsWith(name))
    return named >= 0 ? named : /^\d+$/.test(word) ? Number(word) - base : Number.NaN
  }
  for (const part of text.split(',')) {
    const match = /^(\*|[^-/]+)(?:-([^/]+))?(?:\/(\d+))?$/.exec(part)
    if (!match) return undefined
    const [, first = '', last, step] = match
    const from = first === '*' ? 0 : numberOf(first)
    const to = first === '*' ? count - 1 : last === undefined ? from : numberOf(last)
    const by = step === undefined ? 1 : Number(step)
    if (!(from >= 0 && to < count && to >= 0) || by < 1) return undefined
    for (let at = from; at <= (to < from ? count - 1 : to); at += by) values[at] = true
    // Who says 22-3 means through the end and from the beginning.
    if (to < from) for (let at = 0; at <= to; at += by) values[at] = true
  }
  return values
}

export function isDue({ times }: CronJob, now: CronMoment): boolean {
  const [minutes = [], hours = [], days = [], months = [], weekdays = []] = times
  const isDay = days[now.day] === true || weekdays[now.weekday] === true
  return minutes[now.minute] === true && hours[now.hour] === true && months[now.month] === true && isDay
}
