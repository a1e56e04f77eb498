// Runs a sed script over lines: the pattern space, the hold space, and one cycle after another (POSIX XCU sed).

import { SysError } from '../../kernel/errno.ts'
import type { Maybe, Process } from '../../kernel/process.ts'
import { decode, encode } from '../../lib/bytes.ts'
import type { Regex } from '../../lib/regex/index.ts'
import { Failure } from '../applet.ts'
import { LineReader } from '../line-reader.ts'
import { openInput } from '../operands.ts'
import { startCommand } from '../run-command.ts'
import { listText } from './list.ts'
import type { Address, Command, EndAddress, Pattern, Script, SimpleLetter, Substitution } from './script.ts'
import type { Line, LineOutput, Lines } from './streams.ts'
import { substitute } from './substitute.ts'

export interface MachineOptions {
  readonly isQuiet: boolean
  /** Each file has lines of its own: `$` is the last of each, numbers begin anew (-s, -i). */
  readonly isSeparate: boolean
  readonly end: string
  readonly outputs: ReadonlyMap<string, LineOutput>
}

/** How a cycle goes on: with the next line, without reading one, or not at all. */
type Outcome = 'end' | 'deleted' | 'again' | 'quit' | 'quitSilently'

export class Machine {
  /** Where lines go: -i changes it from file to file. */
  output: LineOutput
  status = 0
  readonly #proc: Process
  readonly #script: Script
  readonly #lines: Lines
  readonly #how: MachineOptions
  #space = ''
  #hold = ''
  #line: Line | undefined
  #number = 0
  #lastRegex: Regex | undefined
  #hasSubstituted = false
  #queue: ({ readonly text: string } | { readonly file: string } | { readonly lineOf: string })[] = []
  readonly #readers = new Map<string, LineReader | undefined>()
  /** Told when another file begins, before its first line is worked on. */
  onFile: (line: Line) => Promise<void> = async () => {}

  constructor(proc: Process, script: Script, lines: Lines, output: LineOutput, how: MachineOptions) {
    this.#proc = proc
    this.#script = script
    this.#lines = lines
    this.output = output
    this.#how = how
  }

  async run(): Promise<void> {
    let outcome: Outcome = 'end'
    const needles = this.#how.isSeparate ? undefined : this.#script.needles
    for (;;) {
      if (outcome !== 'again') {
        if (needles) {
          const passed = this.#lines.skip(needles)
          const written = passed !== '' && !this.#how.isQuiet ? this.output.write(passed) : undefined
          if (written) await written
        }
        const read = this.#read()
        if (!(read instanceof Promise ? await read : read)) return
        this.#space = this.#line!.text
        this.#hasSubstituted = false
      }
      const pause = this.#proc.gate()
      if (pause) await pause
      const done = this.#cycle()
      outcome = done instanceof Promise ? await done : done
      if (!this.#how.isQuiet && (outcome === 'end' || outcome === 'quit')) {
        const written = this.output.line(this.#space, this.#line!.hasEnd)
        if (written) await written
      }
      if (this.#queue.length > 0) await this.#flushQueue()
      if (outcome === 'quit' || outcome === 'quitSilently') return
    }
  }

  /** Takes the next line; false at the end. */
  #read(): boolean | Promise<boolean> {
    const line = this.#lines.next()
    if (line instanceof Promise) return line.then(read => this.#take(read))
    return this.#take(line)
  }

  #take(line: Line | undefined): boolean | Promise<boolean> {
    if (!line) return false
    this.#line = line
    if (line.isFirst && this.#how.isSeparate) {
      this.#number = 1
      for (const command of this.#script.commands) command.isOver = false
      return this.onFile(line).then(() => true)
    }
    this.#number++
    return true
  }

  #isLast(): Maybe<boolean> {
    const isLast = (next: Line | undefined) => !next || (this.#how.isSeparate && next.isFirst)
    const next = this.#lines.peek()
    return next instanceof Promise ? next.then(isLast) : isLast(next)
  }

  /** Runs the commands from a place in the script on; a promise only once one of them must wait. */
  #cycle(from = 0): Maybe<Outcome> {
    const { commands } = this.#script
    for (let at = from; at < commands.length; ) {
      const command = commands[at]!
      const isLast = command.needsLast && this.#isLast()
      if (isLast instanceof Promise) return isLast.then(isLast => this.#goOn(this.#step(command, at, isLast)))
      const next = this.#step(command, at, isLast)
      if (typeof next === 'string') return next
      if (next instanceof Promise) return this.#goOn(next)
      // A script can loop without reading a line.
      if (next <= at) {
        const pause = this.#proc.gate()
        if (pause) return pause.then(() => this.#cycle(next))
      }
      at = next
    }
    return 'end'
  }

  async #goOn(pending: Maybe<number | Outcome>): Promise<Outcome> {
    const next = await pending
    if (typeof next === 'string') return next
    const pause = this.#proc.gate()
    if (pause) await pause
    return await this.#cycle(next)
  }

  /** One command: the place of the next one, or how the cycle ends. */
  #step(command: Command, at: number, isLast: boolean): Maybe<number | Outcome> {
    const isSelected = this.#selects(command, isLast) !== command.isNegated
    const { action } = command
    if (!isSelected) return action.kind === 'block' ? command.target : at + 1
    switch (action.kind) {
      case 'block':
        return at + 1
      case 'branch':
        return command.target
      case 'branchIf':
      case 'branchUnless': {
        const jumps = this.#hasSubstituted === (action.kind === 'branchIf')
        this.#hasSubstituted = false
        return jumps ? command.target : at + 1
      }
      case 'substitute': {
        const done = this.#substitute(action.substitution)
        return done ? done.then(() => at + 1) : at + 1
      }
      default: {
        const outcome = this.#perform(command)
        return outcome instanceof Promise ? outcome.then(outcome => outcome ?? at + 1) : (outcome ?? at + 1)
      }
    }
  }

  // --- addresses -----------------------------------------------------------------------------------------------------

  #selects(command: Command, isLast: boolean): boolean {
    const { from, to } = command
    if (!from) return true
    if (!to) return this.#matches(from, isLast)
    return this.#selectsRange(command, from, to, isLast)
  }

  #matches(address: Address, isLast: boolean): boolean {
    switch (address.kind) {
      case 'line':
        return this.#number === address.line
      case 'last':
        return isLast
      case 'pattern':
        return this.#regex(address.pattern).test(this.#space)
      case 'step':
        if (address.step === 0) return this.#number === address.first
        return this.#number >= address.first && (this.#number - address.first) % address.step === 0
    }
  }

  #selectsRange(command: Command, from: Address, to: EndAddress, isLast: boolean): boolean {
    if (!command.isActive) {
      const isZero = from.kind === 'line' && from.line === 0 && this.#number === 1 && !command.isOver
      if (!isZero && !this.#begins(command, from, isLast)) return false
      command.lastLine = this.#lastLineOf(to)
      // GNU: 0,/re/ may end on the first line itself.
      if (isZero && to.kind === 'pattern' && this.#matches(to, isLast)) return this.#isRangeOver(command)
      command.isActive = command.lastLine === undefined || command.lastLine > this.#number
      if (!command.isActive || (to.kind === 'last' && isLast)) this.#isRangeOver(command)
      return true
    }
    if (command.lastLine !== undefined) {
      if (this.#number >= command.lastLine) this.#isRangeOver(command)
      // A line number that was passed meanwhile (by n or N): only the first line was meant.
      return this.#number <= command.lastLine
    }
    if ((to.kind === 'pattern' || to.kind === 'last') && this.#matches(to, isLast)) this.#isRangeOver(command)
    return true
  }

  /** A range that begins at a line does so once; when that line never came here, with a later one (GNU, busybox). */
  #begins(command: Command, from: Address, isLast: boolean): boolean {
    if (from.kind !== 'line') return this.#matches(from, isLast)
    return from.line > 0 && !command.isOver && this.#number >= from.line
  }

  #isRangeOver(command: Command): true {
    command.isActive = false
    command.isOver = true
    return true
  }

  #lastLineOf(to: EndAddress): number | undefined {
    switch (to.kind) {
      case 'line':
        return to.line
      case 'count':
        return this.#number + to.count
      case 'multiple':
        return to.multiple === 0 ? this.#number : Math.ceil(this.#number / to.multiple) * to.multiple
      case 'step':
        return to.first
      case 'last':
      case 'pattern':
        return undefined
    }
  }

  #regex(pattern: Pattern): Regex {
    const regex = pattern ?? this.#lastRegex
    if (!regex) throw new Failure('no previous regexp')
    this.#lastRegex = regex
    return regex
  }

  // --- commands ------------------------------------------------------------------------------------------------------

  #substitute(how: Substitution): undefined | Promise<void> {
    const result = substitute(this.#space, this.#regex(how.pattern), how)
    if (result === undefined) return undefined
    this.#space = result
    this.#hasSubstituted = true
    return how.executes || how.prints || how.file !== undefined ? this.#afterSubstitution(how) : undefined
  }

  async #afterSubstitution(how: Substitution): Promise<void> {
    if (how.executes) this.#space = (await this.#execute(this.#space)).replace(/\n$/, '')
    if (how.prints) await this.output.line(this.#space, this.#line!.hasEnd)
    if (how.file !== undefined) await this.#how.outputs.get(how.file)!.line(this.#space, this.#line!.hasEnd)
  }

  #perform(command: Command): Maybe<Outcome | undefined> {
    const { action } = command
    switch (action.kind) {
      case 'simple':
        return this.#performSimple(action.letter)
      case 'translate':
        this.#space = Array.from(this.#space, character => action.table.get(character) ?? character).join('')
        return undefined
      case 'append':
        this.#queue.push({ text: action.text })
        return undefined
      case 'insert':
        return going(this.output.write(action.text))
      case 'change':
        // POSIX: a range is replaced at its end; with `!` every line is.
        if (!command.to || command.isNegated || !command.isActive) return deleted(this.output.write(action.text))
        return 'deleted'
      case 'readFile':
        this.#queue.push({ file: action.file })
        return undefined
      case 'readLine':
        this.#queue.push({ lineOf: action.file })
        return undefined
      case 'writeFile':
        return going(this.#how.outputs.get(action.file)!.line(this.#space, this.#line!.hasEnd))
      case 'writeFirst':
        return going(this.#how.outputs.get(action.file)!.line(this.#firstLine()))
      case 'quit':
      case 'quitSilently':
        this.status = action.status
        return action.kind
      case 'list':
        return going(this.output.line(listText(this.#space, action.width ?? 70)))
      case 'execute':
        return going(this.#performExecute(action.command))
      case 'block':
      case 'branch':
      case 'branchIf':
      case 'branchUnless':
      case 'substitute':
        return undefined
    }
  }

  #performSimple(letter: SimpleLetter): Maybe<Outcome | undefined> {
    switch (letter) {
      case '=':
        return going(this.output.write(`${this.#number}\n`))
      case 'F':
        return going(this.output.write(`${this.#line!.file}\n`))
      case 'd':
        return 'deleted'
      case 'D':
        return this.#deleteFirst()
      case 'g':
        this.#space = this.#hold
        return undefined
      case 'G':
        this.#space += `\n${this.#hold}`
        this.#endLine()
        return undefined
      case 'h':
        this.#hold = this.#space
        return undefined
      case 'H':
        this.#hold += `\n${this.#space}`
        return undefined
      case 'n':
        return this.#nextLine()
      case 'N':
        return this.#appendNextLine()
      case 'p':
        // busybox: what p prints ends its line, whatever the file does.
        return going(this.output.line(this.#space))
      case 'P':
        return going(this.output.line(this.#firstLine()))
      case 'x':
        ;[this.#space, this.#hold] = [this.#hold, this.#space]
        this.#endLine()
        return undefined
      case 'z':
        this.#space = ''
        return undefined
    }
  }

  /** busybox: what comes from the hold space ends in a newline. */
  #endLine(): void {
    if (!this.#line!.hasEnd) this.#line = { ...this.#line!, hasEnd: true }
  }

  #firstLine(): string {
    const newline = this.#space.indexOf('\n')
    return newline === -1 ? this.#space : this.#space.slice(0, newline)
  }

  #deleteFirst(): Outcome {
    const newline = this.#space.indexOf('\n')
    if (newline === -1) return 'deleted'
    this.#space = this.#space.slice(newline + 1)
    return 'again'
  }

  #nextLine(): Maybe<Outcome | undefined> {
    const isLast = this.#isLast()
    if (isLast instanceof Promise || this.#queue.length > 0) return this.#nextLineLater(isLast)
    if (isLast) return 'quit'
    const written = this.#how.isQuiet ? undefined : this.output.line(this.#space, this.#line!.hasEnd)
    const read = written ? written.then(() => this.#read()) : this.#read()
    return read instanceof Promise ? read.then(() => this.#replace()) : this.#replace()
  }

  #replace(): undefined {
    this.#space = this.#line!.text
  }

  async #nextLineLater(isLast: Maybe<boolean>): Promise<Outcome | undefined> {
    // GNU and busybox: without a next line n ends as the cycle does.
    if (await isLast) return 'quit'
    if (!this.#how.isQuiet) await this.output.line(this.#space, this.#line!.hasEnd)
    await this.#flushQueue()
    await this.#read()
    return this.#replace()
  }

  #appendNextLine(): Maybe<Outcome | undefined> {
    const isLast = this.#isLast()
    if (isLast instanceof Promise || this.#queue.length > 0) return this.#appendLater(isLast)
    if (isLast) return 'end'
    const read = this.#read()
    return read instanceof Promise ? read.then(() => this.#append()) : this.#append()
  }

  #append(): undefined {
    this.#space += `\n${this.#line!.text}`
  }

  async #appendLater(isLast: Maybe<boolean>): Promise<Outcome | undefined> {
    // GNU and busybox: without a next line the pattern space is printed (POSIX: it is not).
    if (await isLast) return 'end'
    await this.#flushQueue()
    await this.#read()
    return this.#append()
  }

  async #performExecute(command: string): Promise<void> {
    if (command === '') this.#space = (await this.#execute(this.#space)).replace(/\n$/, '')
    else await this.output.write(await this.#execute(command))
  }

  /** What a shell command prints. */
  async #execute(command: string): Promise<string> {
    const proc = this.#proc
    await proc.stdout.flush()
    const [read, write] = proc.pipe()
    const { child } = startCommand(proc, ['sh', '-c', command], {
      prepare: child => {
        child.dup(write, { onto: 1 })
        child.close(read)
        child.close(write)
      },
    })
    proc.close(write)
    const parts: string[] = []
    for (;;) {
      const chunk = await proc.read(read)
      if (chunk.length === 0) break
      parts.push(decode(chunk))
    }
    proc.close(read)
    await proc.wait(child.pid)
    return parts.join('')
  }

  // --- what a, r and R put off -----------------------------------------------------------------------------------------

  async #flushQueue(): Promise<void> {
    const queue = this.#queue
    this.#queue = []
    for (const item of queue) {
      if ('text' in item) await this.output.write(item.text)
      else if ('file' in item) await this.#copyFile(item.file)
      else await this.#copyLine(item.lineOf)
    }
  }

  /** A file that cannot be read counts as empty (POSIX). */
  async #copyFile(name: string): Promise<void> {
    try {
      const input = await openInput(this.#proc, name === '/dev/stdin' ? '-' : name)
      const bytes = await input.all()
      if (input.fd !== 0) this.#proc.close(input.fd)
      if (bytes.length > 0) await this.output.write(decode(bytes), bytes.at(-1) !== encode(this.#how.end)[0])
    } catch (error) {
      if (!(error instanceof SysError)) throw error
    }
  }

  async #copyLine(name: string): Promise<void> {
    if (!this.#readers.has(name)) this.#readers.set(name, await this.#openReader(name))
    const bytes = await this.#readers.get(name)?.next()
    if (bytes) await this.output.write(decode(bytes), bytes.at(-1) !== 10)
  }

  async #openReader(name: string): Promise<LineReader | undefined> {
    try {
      return new LineReader(await openInput(this.#proc, name === '/dev/stdin' ? '-' : name))
    } catch (error) {
      if (!(error instanceof SysError)) throw error
      return undefined
    }
  }
}

/** Goes on with the next command once something is written. */
function going(written: void | Promise<void>): Maybe<undefined> {
  return written ? written.then(() => undefined) : undefined
}

function deleted(written: void | Promise<void>): Maybe<Outcome> {
  return written ? written.then(() => 'deleted') : 'deleted'
}
