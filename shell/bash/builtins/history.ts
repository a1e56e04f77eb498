import { strftime } from '../../../lib/strftime.ts'
import { parseTimeZone } from '../../../lib/time-zone.ts'
import { builtin } from '../../builtins/builtin.ts'
import { print } from '../../builtins/print.ts'
import type { Completion } from '../../run/completion.ts'
import type { Shell } from '../../shell.ts'
import { add, historyOf, readHistory, writeHistory } from '../history.ts'
import { expandHistory } from '../history-expansion.ts'

const USAGE = 'history: usage: history [-c] [-d offset] [n] or history -anrw [filename] or history -ps arg [arg...]'

export default builtin({
  name: 'history',
  raw: true,
  about: 'List the lines that were typed, or change, read or write that list',
  operands: '[-c] [-d OFFSET] [N] | -anrw [FILE] | -ps ARG...',
  main({ shell, operands: words }): Completion {
    const call = parse(shell, words)
    if (typeof call === 'number') return call
    const { on, operands } = call
    const history = historyOf(shell)
    const files = [...on].filter(letter => 'anrw'.includes(letter))
    if (files.length > 1) return complain(shell, 'cannot use more than one of -anrw')
    if (on.has('c')) {
      history.clear()
      if (operands.length === 0) return 0
    }
    if (on.has('s')) return store(shell, operands)
    if (on.has('p')) return show(shell, operands)
    if (call.offset !== undefined) return remove(shell, call.offset)
    const [letter] = files
    return letter === undefined ? list(shell, operands) : useFile(shell, letter, operands[0])
  },
})

interface Call {
  readonly on: ReadonlySet<string>
  readonly offset: string | undefined
  readonly operands: readonly string[]
}

function parse(shell: Shell, words: readonly string[]): Call | number {
  const on = new Set<string>()
  let offset: string | undefined
  let at = 0
  for (; /^-./.test(words[at] ?? ''); at++) {
    const word = words[at]!
    if (word === '--') {
      at++
      break
    }
    for (let index = 1; index < word.length; index++) {
      const letter = word[index]!
      if (!'acdnprsw'.includes(letter)) {
        shell.complain(`-${letter}: invalid option`)
        shell.say(`${USAGE}\n`)
        return 2
      }
      on.add(letter)
      if (letter !== 'd') continue
      offset = word.slice(index + 1) || words[++at]
      if (offset === undefined) {
        shell.complain('-d: option requires an argument')
        shell.say(`${USAGE}\n`)
        return 2
      }
      break
    }
  }
  return { on, offset, operands: words.slice(at) }
}

function complain(shell: Shell, message: string): number {
  shell.complain(message)
  return 1
}

/** The line that this command came with is not there then. */
function withoutThisLine(shell: Shell): void {
  if (shell.bash?.isLineKept && shell.options.has('history')) historyOf(shell).forgetLast()
}

function store(shell: Shell, operands: readonly string[]): number {
  if (operands.length === 0) return 0
  withoutThisLine(shell)
  add(shell, operands.join(' '))
  if (shell.bash) shell.bash.isLineKept = false
  return 0
}

function show(shell: Shell, operands: readonly string[]): Completion {
  withoutThisLine(shell)
  if (shell.bash) shell.bash.isLineKept = false
  let text = ''
  let status = 0
  for (const operand of operands) {
    const expanded = expandHistory(shell, historyOf(shell), operand)
    if ('error' in expanded) {
      shell.complain(`${operand}: history expansion failed`)
      status = 1
    } else text += `${expanded.text}\n`
  }
  const sent = print(shell, text)
  return status === 0 ? sent : status
}

/** A place, counted from the end when it is negative, or a range of places. */
function remove(shell: Shell, offset: string): number {
  const history = historyOf(shell)
  const { lines, nextNumber } = history
  const first = nextNumber - lines.length
  const place = (text: string) => (text.startsWith('-') ? lines.length + Number(text) : Number(text) - first)
  const range = /^(-?\d+)-(-?\d+)$/.exec(offset)
  const [from, to] = range ? [range[1]!, range[2]!] : [offset, offset]
  if (!/^-?\d+$/.test(from)) return complain(shell, `${offset}: history position out of range`)
  const [start, end] = [place(from), place(to)]
  if (lines[start] === undefined || lines[end] === undefined || end < start) {
    return complain(shell, `${offset}: history position out of range`)
  }
  history.remove(start, end - start + 1)
  return 0
}

function list(shell: Shell, operands: readonly string[]): Completion {
  const history = historyOf(shell)
  const { lines, nextNumber } = history
  const [count] = operands
  if (count !== undefined && !/^[-+]?\d+$/.test(count)) return complain(shell, `${count}: numeric argument required`)
  if (operands.length > 1) return complain(shell, 'too many arguments')
  const from = count === undefined ? 0 : Math.max(0, lines.length - Math.abs(Number(count)))
  const first = nextNumber - lines.length
  const shown = lines.slice(from).map((line, at) => {
    return `${String(first + from + at).padStart(5)}  ${timeText(shell, history.timeOf(from + at))}${line}\n`
  })
  return print(shell, shown.join(''))
}

function timeText(shell: Shell, time: number | undefined): string {
  const format = shell.variables.get('HISTTIMEFORMAT') ?? ''
  if (format === '') return ''
  if (time === undefined) return '??'
  return strftime(format, BigInt(time) * 1_000_000_000n, parseTimeZone(shell.variables.get('TZ')))
}

function useFile(shell: Shell, letter: string, operand: string | undefined): number {
  const file = operand ?? shell.variables.get('HISTFILE') ?? ''
  const bash = shell.bash!
  const { lines } = historyOf(shell)
  if (file === '') return 0
  switch (letter) {
    case 'r':
    case 'n': {
      const known = letter === 'n' ? bash.historyRead : 0
      return readHistory(shell, file, known) ? 0 : complain(shell, `${file}: cannot read: No such file or directory`)
    }
    case 'a': {
      if (bash.historyAdded === 0) return 0
      const isWritten = writeHistory(shell, file, Math.min(bash.historyAdded, lines.length), true)
      bash.historyRead += bash.historyAdded
      bash.historyAdded = 0
      return isWritten ? 0 : complain(shell, `${file}: cannot create: No such file or directory`)
    }
    default:
      return writeHistory(shell, file, lines.length, false)
        ? 0
        : complain(shell, `${file}: cannot create: No such file or directory`)
  }
}
