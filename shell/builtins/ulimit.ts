import { SysError } from '../../kernel/errno.ts'
import type { Resource } from '../../kernel/resource-limits.ts'
import type { Shell } from '../shell.ts'
import { builtin } from './builtin.ts'
import { print } from './print.ts'

interface Row {
  readonly letter: string
  readonly words: string
  readonly resource: Resource
  /** Bytes of one that is shown. */
  readonly unit: number
}

/** In the order of `ulimit -a`. */
const ROWS: readonly Row[] = [
  { letter: 'c', words: 'core file size (blocks)', resource: 'core', unit: 512 },
  { letter: 'd', words: 'data seg size (kb)', resource: 'data', unit: 1024 },
  { letter: 'e', words: 'scheduling priority', resource: 'nice', unit: 1 },
  { letter: 'f', words: 'file size (blocks)', resource: 'fsize', unit: 512 },
  { letter: 'i', words: 'pending signals', resource: 'sigpending', unit: 1 },
  { letter: 'l', words: 'max locked memory (kb)', resource: 'memlock', unit: 1024 },
  { letter: 'm', words: 'max memory size (kb)', resource: 'rss', unit: 1024 },
  { letter: 'n', words: 'open files', resource: 'nofile', unit: 1 },
  { letter: 'q', words: 'POSIX message queues (bytes)', resource: 'msgqueue', unit: 1 },
  { letter: 'r', words: 'real-time priority', resource: 'rtprio', unit: 1 },
  { letter: 's', words: 'stack size (kb)', resource: 'stack', unit: 1024 },
  { letter: 't', words: 'cpu time (seconds)', resource: 'cpu', unit: 1 },
  { letter: 'u', words: 'max user processes', resource: 'nproc', unit: 1 },
  { letter: 'v', words: 'virtual memory (kb)', resource: 'as', unit: 1024 },
  { letter: 'x', words: 'file locks', resource: 'locks', unit: 1 },
]

interface Asked {
  readonly row: Row
  readonly value: string | undefined
}

export default builtin({
  name: 'ulimit',
  raw: true,
  about: 'Show or lower what this shell and its children may use',
  operands: '[-HSa] [-cdefilmnqrstuvx [N]]...',
  main({ shell, operands }) {
    const parsed = parse(operands)
    if (typeof parsed === 'string') {
      shell.say(`ulimit: invalid option -- '${parsed}'\n`)
      return 1
    }
    const { isHard, isSoft, isAll, asked } = parsed
    if (isAll) return print(shell, ROWS.map(row => labelled(shell, row, isHard)).join(''))
    const lines: string[] = []
    let status = 0
    for (const { row, value } of asked) {
      if (value === undefined) lines.push(asked.length > 1 ? labelled(shell, row, isHard) : shown(shell, row, isHard))
      else if (!set(shell, row, value, { isHard, isSoft })) {
        status = 1
        break
      }
    }
    if (lines.length === 0) return status
    const printed = print(shell, lines.join(''))
    return status === 0 ? printed : status
  },
})

/** A value may stand in its option's word or after it. What is not an option and no value of one is passed over, as in busybox. */
function parse(
  words: readonly string[],
): { isHard: boolean; isSoft: boolean; isAll: boolean; asked: readonly Asked[] } | string {
  const how = { isHard: false, isSoft: false, isAll: false }
  const asked: Asked[] = []
  let bare: string | undefined
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? ''
    if (word === '--') continue
    if (!word.startsWith('-') || word === '-') {
      bare ??= word
      continue
    }
    for (let index = 1; index < word.length; index++) {
      const letter = word[index] ?? ''
      if (letter === 'H') how.isHard = true
      else if (letter === 'S') how.isSoft = true
      else if (letter === 'a') how.isAll = true
      else {
        const row = ROWS.find(each => each.letter === letter)
        if (!row) return letter
        const rest = word.slice(index + 1)
        const next = words[at + 1]
        const isNext = rest === '' && next !== undefined && !next.startsWith('-')
        asked.push({ row, value: rest !== '' ? rest : isNext ? next : undefined })
        if (isNext) at++
        break
      }
    }
  }
  const fileSize = ROWS.find(({ letter }) => letter === 'f')
  if (asked.length === 0 && fileSize) asked.push({ row: fileSize, value: bare })
  return { ...how, asked }
}

/** Both limits, unless only one is named. */
function set(shell: Shell, row: Row, text: string, how: { isHard: boolean; isSoft: boolean }): boolean {
  const number =
    text === 'unlimited' ? Number.POSITIVE_INFINITY : /^\d+$/.test(text) ? Number(text) * row.unit : undefined
  if (number === undefined) {
    shell.complainBriefly(`invalid number '${text}'`)
    return false
  }
  const { resourceLimits } = shell.proc
  const { soft, hard } = resourceLimits.get(row.resource)
  const isBoth = how.isHard === how.isSoft
  try {
    resourceLimits.set(row.resource, {
      soft: isBoth || how.isSoft ? number : soft,
      hard: isBoth || how.isHard ? number : hard,
    })
    return true
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    shell.complainBriefly(`error setting limit: ${error.message}`)
    return false
  }
}

function labelled(shell: Shell, row: Row, isHard: boolean): string {
  return `${row.words.padEnd(32)}(-${row.letter}) ${shown(shell, row, isHard)}`
}

function shown(shell: Shell, { resource, unit }: Row, isHard: boolean): string {
  const { soft, hard } = shell.proc.resourceLimits.get(resource)
  const value = isHard ? hard : soft
  return `${value === Number.POSITIVE_INFINITY ? 'unlimited' : Math.floor(value / unit)}\n`
}
