import { SysError } from '../../kernel/errno.ts'
import type { Process } from '../../kernel/process.ts'
import { decode } from '../../lib/bytes.ts'
import { flag, list } from '../../lib/options.ts'
import { applet, Failure } from '../applet.ts'
import { CalculationError } from '../bc/decimal.ts'
import { openInput } from '../operands.ts'
import { DcMachine, Quit } from './machine.ts'

const options = {
  longNames: flag('-x', 'Names of registers may be words, behind a blank'),
  expressions: list('-e', 'SCRIPT', 'Run SCRIPT'),
  files: list('-f', 'FILE', 'Run FILE'),
}

/** dc, as busybox has it: numbers of any length, registers, texts that are run. */
export default applet({
  name: 'dc',
  about: 'Calculate on a stack: 2 3 + p prints 5',
  operands: '[FILE]...',
  options,
  notes: [
    '+ - * / % ^ | ~ v: arithmetic; p n P f: print; c d r R: the stack; k i o: scale and bases',
    's l S L : ; : registers; x > < = !> !< !=: run a text; ?: run a line of stdin; q Q: leave',
  ],
  async main({ proc, options, operands, given }) {
    const stdin = new StdinLines(proc)
    const machine = new DcMachine(proc, { hasLongNames: options.longNames, readLine: () => stdin.next() })
    const isInteractive = proc.terminal(0) !== undefined
    try {
      const expressions = options.expressions.values()
      const files = options.files.values()
      for (const key of given) {
        if (key === 'expressions') await machine.run(expressions.next().value ?? '')
        if (key === 'files') await machine.run(await readFile(proc, files.next().value ?? ''))
      }
      for (const name of operands) await machine.run(await readFile(proc, name))
      const readsStdin = options.expressions.length === 0 && options.files.length === 0 && operands.length === 0
      if (readsStdin) await runStdin(proc, machine, stdin, isInteractive)
    } catch (error) {
      if (error instanceof CalculationError) throw new Failure(error.message)
      if (!(error instanceof Quit)) throw error
    }
  },
})

/** A line is run as soon as it is there; a text that goes on takes more of them. */
async function runStdin(proc: Process, machine: DcMachine, stdin: StdinLines, isInteractive: boolean): Promise<void> {
  let text = ''
  for (;;) {
    const line = await stdin.next()
    text += line ?? ''
    if (line !== undefined && isOpen(text)) continue
    if (text !== '') {
      try {
        await machine.run(text)
      } catch (error) {
        if (!isInteractive || !(error instanceof CalculationError)) throw error
        await proc.stderr.line(`dc: ${error.message}`)
      }
    }
    text = ''
    if (line === undefined) return
  }
}

/** Whether more must come: a bracket is open. */
function isOpen(text: string): boolean {
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '#' && depth === 0) while (at < text.length && text[at] !== '\n') at++
    else if (text[at] === '[') depth++
    else if (text[at] === ']' && depth > 0) depth--
  }
  return depth > 0
}

class StdinLines {
  readonly #proc: Process
  #rest = ''

  constructor(proc: Process) {
    this.#proc = proc
  }

  /** With its newline; undefined at the end. */
  async next(): Promise<string | undefined> {
    for (;;) {
      const end = this.#rest.indexOf('\n') + 1
      if (end > 0) {
        const line = this.#rest.slice(0, end)
        this.#rest = this.#rest.slice(end)
        return line
      }
      const chunk = await this.#proc.read(0)
      if (chunk.length === 0) {
        const line = this.#rest
        this.#rest = ''
        return line === '' ? undefined : line
      }
      this.#rest += decode(chunk)
    }
  }
}

async function readFile(proc: Process, name: string): Promise<string> {
  try {
    const input = await openInput(proc, name)
    const text = decode(await input.all())
    if (input.fd !== 0) proc.close(input.fd)
    return text
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    throw new Failure(`can't open '${name}': ${error.message}`)
  }
}
