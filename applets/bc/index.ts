import { SysError } from '../../kernel/errno.ts'
import type { Maybe, Process } from '../../kernel/process.ts'
import { decode, EMPTY } from '../../lib/bytes.ts'
import { flag } from '../../lib/options.ts'
import { applet, Failure } from '../applet.ts'
import { openInput } from '../operands.ts'
import type { Step } from './code.ts'
import { CalculationError } from './decimal.ts'
import { Incomplete } from './lexer.ts'
import { Halt, Machine } from './machine.ts'
import { parseLine } from './parser.ts'

const options = {
  library: flag('-l', 'Have the functions e s c l a j, and begin with scale 20'),
  quiet: flag('-q', 'Accepted: no greeting is printed anyway'),
  posix: flag('-s', 'Only what POSIX has: void functions, print and the like are refused'),
  warns: flag('-w', 'Tell of what POSIX does not have'),
}

/** bc, POSIX XCU; with print, else, halt, !, &&, ||, continue, long names, void functions as in busybox. */
export default applet({
  name: 'bc',
  about: 'Calculate with any number of digits',
  operands: '[FILE]...',
  options,
  notes: ['$BC_LINE_LENGTH is how long lines get: 70; 0: as long as they are'],
  async main({ proc, options, operands }) {
    const stdin = new Source('', () => proc.read(0))
    const machine = new Machine(proc, {
      hasLibrary: options.library,
      width: lineLength(proc.env.get('BC_LINE_LENGTH')),
      read: () => readExpression(stdin),
    })
    const session = new Session(proc, machine, extensions(proc, options))
    try {
      for (const name of operands) if (!(await session.file(name))) return
      await session.run(stdin)
    } catch (error) {
      if (!(error instanceof Halt)) throw error
    }
  },
})

/** What becomes of what POSIX does not have: refused, told of, or taken. */
function extensions(proc: Process, how: { readonly posix: boolean; readonly warns: boolean }): (what: string) => void {
  return what => {
    const message = `POSIX does not allow ${what}`
    if (how.posix) throw new CalculationError(message)
    if (how.warns) void proc.stderr.line(`bc: ${message}`)
  }
}

function lineLength(text: string | undefined): number {
  if (text === undefined || !/^\d{1,6}$/.test(text)) return 70
  const length = Number(text)
  return length === 0 || length >= 3 ? length : 70
}

class Session {
  readonly #proc: Process
  readonly #machine: Machine
  /** Somebody is at the keyboard: a mistake is told, and it goes on. */
  readonly #isInteractive: boolean
  readonly #extension: (message: string) => void

  constructor(proc: Process, machine: Machine, extension: (message: string) => void) {
    this.#proc = proc
    this.#machine = machine
    this.#extension = extension
    this.#isInteractive = proc.terminal(0) !== undefined
  }

  /** false: it said quit. */
  async file(name: string): Promise<boolean> {
    return await this.run(new Source(await readFile(this.#proc, name)))
  }

  /** Line by line: what stands on one is run before the next is read. false: it said quit. */
  async run(source: Source): Promise<boolean> {
    for (;;) {
      const line = this.#next(source)
      if (line === 'incomplete') {
        await source.more()
        continue
      }
      if (!line) return true
      source.at = line.end
      const running = this.#start(line)
      if (running) await this.#guarded(running, source)
      if (line.quits) return false
    }
  }

  #next(source: Source): ReturnType<typeof parseLine> | 'incomplete' {
    for (;;) {
      try {
        return parseLine(source.text, source.at, { isFinal: source.isOver, extension: this.#extension })
      } catch (error) {
        if (error instanceof Incomplete) return 'incomplete'
        this.#report(error, source)
      }
    }
  }

  #start({ steps, definition }: NonNullable<ReturnType<typeof parseLine>>): Promise<void> | undefined {
    if (definition) this.#machine.functions.set(definition.name, definition)
    try {
      return this.#machine.run(steps)
    } catch (error) {
      this.#report(error, undefined)
      return undefined
    }
  }

  async #guarded(running: Promise<void>, source: Source): Promise<void> {
    try {
      await running
    } catch (error) {
      this.#report(error, source)
    }
  }

  /** A mistake ends it, unless somebody is at the keyboard: then the rest of what was typed is dropped. */
  #report(error: unknown, source: Source | undefined): void {
    if (!(error instanceof CalculationError)) throw error
    if (!this.#isInteractive) throw new Failure(error.message)
    void this.#proc.stderr.line(`bc: ${error.message}`)
    source?.drop()
  }
}

/** A text that is read as far as is needed: a file that is there already, or what a descriptor gives. */
class Source {
  text: string
  /** Where the next line begins. */
  at = 0
  isOver: boolean
  readonly #read: (() => Maybe<Uint8Array>) | undefined

  constructor(text: string, read?: () => Maybe<Uint8Array>) {
    this.text = text
    this.#read = read
    this.isOver = read === undefined
  }

  async more(): Promise<void> {
    const chunk = (await this.#read?.()) ?? EMPTY
    if (chunk.length === 0) this.isOver = true
    this.text = this.text.slice(this.at) + decode(chunk)
    this.at = 0
  }

  /** The next line, for read(); undefined at the end. */
  async line(): Promise<string | undefined> {
    for (;;) {
      const end = this.text.indexOf('\n', this.at) + 1
      if (end > 0 || this.isOver) {
        const line = this.text.slice(this.at, end > 0 ? end : undefined)
        this.at += line.length
        return line === '' ? undefined : line
      }
      await this.more()
    }
  }

  drop(): void {
    this.at = this.text.length
  }
}

/** What read() reads: an expression on a line of stdin. */
async function readExpression(stdin: Source): Promise<readonly Step[] | undefined> {
  const text = await stdin.line()
  if (text === undefined) return undefined
  const line = parseLine(text, 0, { isFinal: true, extension: () => {} })
  // Its value is left on the stack, not printed.
  return line?.steps.filter(step => step.do !== 'printValue')
}

async function readFile(proc: Process, name: string): Promise<string> {
  try {
    const input = await openInput(proc, name)
    return decode(await input.all())
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    throw new Failure(`can't open '${name}': ${error.message}`)
  }
}
