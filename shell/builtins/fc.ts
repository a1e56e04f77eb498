import { SysError } from '../../kernel/errno.ts'
import { decode, encode } from '../../lib/bytes.ts'
import { ExpansionError } from '../expansion-error.ts'
import type { Completion, Finished } from '../run/completion.ts'
import { flushAnyway } from '../run/fork.ts'
import { runText } from '../run/text.ts'
import type { Shell } from '../shell.ts'
import { builtin } from './builtin.ts'
import { print } from './print.ts'

/**
 * POSIX XCU fc. Its operands may begin with a minus, so it parses its words itself.
 * differs: busybox has no fc; the editor without FCEDIT is $EDITOR or vi, where POSIX has ed.
 */
export default builtin({
  name: 'fc',
  raw: true,
  about: 'List lines that were typed, or edit and run them again',
  operands: '[-lnrs] [-e EDITOR] [OLD=NEW] [FIRST [LAST]]',
  main({ shell, operands }) {
    const call = parse(operands)
    const past = Past.of(shell)
    if (call.lists) return print(shell, list(past, call))
    return call.runs ? runAgain(shell, past, call) : edit(shell, past, call)
  },
})

interface Call {
  readonly lists: boolean
  readonly hidesNumbers: boolean
  readonly isReversed: boolean
  /** As it was, or with one replacement. */
  readonly runs: boolean
  readonly editor: string | undefined
  readonly operands: readonly string[]
}

function parse(words: readonly string[]): Call {
  const letters = new Set<string>()
  let editor: string | undefined
  let at = 0
  for (; /^-[^-\d]/.test(words[at] ?? ''); at++) {
    for (const [index, letter] of [...words[at]!.slice(1)].entries()) {
      if (!'lnrse'.includes(letter)) throw new ExpansionError(`illegal option -${letter}`)
      letters.add(letter)
      if (letter !== 'e') continue
      editor = words[at]!.slice(index + 2) || words[++at]
      if (editor === undefined) throw new ExpansionError('no arg for -e option')
      break
    }
  }
  if (words[at] === '--') at++
  return {
    lists: letters.has('l'),
    hidesNumbers: letters.has('n'),
    isReversed: letters.has('r'),
    // `-e -` is what -s was before POSIX.
    runs: letters.has('s') || editor === '-',
    editor,
    operands: words.slice(at),
  }
}

/** The history without the line that fc itself is in. */
class Past {
  readonly lines: readonly string[]
  readonly firstNumber: number

  constructor(lines: readonly string[], firstNumber: number) {
    this.lines = lines
    this.firstNumber = firstNumber
  }

  static of({ history }: Shell): Past {
    if (!history) throw new ExpansionError('there is no history', 1)
    return new Past(history.lines.slice(0, -1), history.nextNumber - history.lines.length)
  }

  /** The place that a number, a distance back or a beginning means; numbers beyond the ends mean the ends. */
  find(operand: string): number {
    const last = this.lines.length - 1
    if (last < 0) throw new ExpansionError('the history is empty', 1)
    if (/^[-+]?\d+$/.test(operand)) {
      const number = Number(operand)
      const at = number < 0 ? this.lines.length + number : number === 0 ? last : number - this.firstNumber
      return Math.min(Math.max(at, 0), last)
    }
    const found = this.lines.findLastIndex(line => line.startsWith(operand))
    if (found < 0) throw new ExpansionError(`${operand}: not in the history`, 1)
    return found
  }

  /** Places in the order that is asked for. */
  range(first: number, last: number, isReversed: boolean): number[] {
    const places = Array.from({ length: Math.abs(last - first) + 1 }, (_, index) => Math.min(first, last) + index)
    return first > last !== isReversed ? places.reverse() : places
  }
}

function list(past: Past, { hidesNumbers, isReversed, operands: [first, last] }: Call): string {
  if (past.lines.length === 0) return ''
  const places = past.range(past.find(first ?? '-16'), past.find(last ?? '-1'), isReversed)
  return places
    .map(at => {
      const number = hidesNumbers ? '' : at + past.firstNumber
      return `${number}\t${past.lines[at]!.replaceAll('\n', '\n\t')}\n`
    })
    .join('')
}

function runAgain(shell: Shell, past: Past, { operands }: Call): Completion {
  const [, old, replacement] = /^([^=]+)=([\s\S]*)$/.exec(operands[0] ?? '') ?? []
  const line = past.lines[past.find(operands[old === undefined ? 0 : 1] ?? '-1')]!
  return run(shell, old === undefined ? line : line.replace(old, () => replacement ?? ''))
}

/** What the editor leaves is run, unless the editor fails. */
async function edit(shell: Shell, past: Past, call: Call): Promise<Finished> {
  const { isReversed, operands } = call
  const first = past.find(operands[0] ?? '-1')
  const last = operands[1] === undefined ? first : past.find(operands[1])
  const text = past.range(first, last, isReversed).map(at => `${past.lines[at]}\n`)
  const file = `/tmp/fc.${shell.proc.pid}.${shell.random()}`
  const fd = await shell.proc.open(file, { write: true, create: true, exclusive: true }, 0o600)
  try {
    await shell.proc.write(fd, encode(text.join('')))
    shell.proc.close(fd)
    const { variables } = shell
    const editor = call.editor ?? (variables.get('FCEDIT') || variables.get('EDITOR') || 'vi')
    const edited = await runText(shell, `${editor} ${file}`, { line: shell.line })
    if (edited !== 0) return edited
    return await run(shell, decode(shell.proc.contentsOf(file)).replace(/\n+$/, ''))
  } finally {
    removeIfThere(shell, file)
  }
}

function removeIfThere(shell: Shell, file: string): void {
  try {
    shell.proc.unlink(file)
  } catch (error) {
    if (!(error instanceof SysError)) throw error
  }
}

/** It is shown, takes fc's place in the history, and runs as if it had been typed. */
async function run(shell: Shell, text: string): Promise<Finished> {
  await flushAnyway(shell)
  shell.say(`${text}\n`)
  shell.history?.forgetLast()
  for (const line of text.split('\n')) shell.history?.add(line)
  const { commandName } = shell
  shell.commandName = undefined
  const done = await runText(shell, text, { line: shell.line })
  shell.commandName = commandName
  return done
}
