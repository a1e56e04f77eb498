// Runs a sed script over lines: the pattern space, the hold space, and one cycle after another (POSIX XCU sed).

import { SysError } from '../../kernel/errno.ts'
import type { Process } from '../../kernel/process.ts'
import { decode, encode } from '../../lib/bytes.ts'
import type { Regex } from '../../lib/regex/index.ts'
import { Failure } from '../applet.ts'
import { LineReader } from '../line-reader.ts'
import { openInput } from '../operands.ts'
import { startCommand } from '../run-command.ts'
import { listText } from './list.ts'
import type { Address, Command, EndAddress, Pattern, Script, Substitution } from './script.ts'
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
    for (;;) {
      if (outcome !== 'again') {
        const read = this.#read()
        if (!(read instanceof Promise ? await read : read)) return
        this.#space = this.#line!.text
        this.#hasSubstituted = false
      }
      const pause = this.#proc.gate()
      if (pause) await pause
      outcome = await this.#cycle()
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
      return this.onFile(line).then(() => true)
    }
    this.#number++
    return true
  }

  async #isLast(): Promise<boolean> {
    const next = await this.#lines.peek()
    return !next || (this.#how.isSeparate && next.isFirst)
  }

  async #cycle(): Promise<Outcome> {
    const { commands } = this.#script
    for (let at = 0; at < commands.length; ) {
      const command = commands[at]!
      const selected = this.#selects(command)
      const isSelected = (typeof selected === 'boolean' ? selected : await selected) !== command.isNegated
      const { action } = command
      at++
      if (action.kind === 'block') {
        if (!isSelected) at = command.target
        continue
      }
      if (!isSelected) continue
      switch (action.kind) {
        case 'branch':
          at = command.target
          break
        case 'branchIf':
        case 'branchUnless':
          if (this.#hasSubstituted === (action.kind === 'branchIf')) at = command.target
          this.#hasSubstituted = false
          break
        case 'substitute': {
          const done = this.#substitute(action.substitution)
          if (done) await done
          break
        }
        default: {
          const outcome = await this.#perform(command)
          if (outcome) return outcome
        }
      }
      // A script can loop without reading a line.
      const pause = this.#proc.gate()
      if (pause) await pause
    }
    return 'end'
  }

  // --- addresses -----------------------------------------------------------------------------------------------------

  #selects(command: Command): boolean | Promise<boolean> {
    const { from, to } = command
    if (!from) return true
    if (!to) return this.#matches(from)
    return this.#selectsRange(command, from, to)
  }

  #matches(address: Address): boolean | Promise<boolean> {
    switch (address.kind) {
      case 'line':
        return this.#number === address.line
      case 'last':
        return this.#isLast()
      case 'pattern':
        return this.#regex(address.pattern).test(this.#space)
      case 'step':
        if (address.step === 0) return this.#number === address.first
        return this.#number >= address.first && (this.#number - address.first) % address.step === 0
    }
  }

  async #selectsRange(command: Command, from: Address, to: EndAddress): Promise<boolean> {
    if (!command.isActive) {
      const isZero = from.kind === 'line' && from.line === 0 && this.#number === 1
      if (!isZero && !(await this.#matches(from))) return false
      command.lastLine = this.#lastLineOf(to)
      // GNU: 0,/re/ may end on the first line itself.
      if (isZero && to.kind === 'pattern' && (await this.#matches(to))) return true
      command.isActive = command.lastLine === undefined || command.lastLine > this.#number
      if (to.kind === 'last' && (await this.#isLast())) command.isActive = false
      return true
    }
    if (command.lastLine !== undefined) {
      if (this.#number >= command.lastLine) command.isActive = false
      // A line number that was passed meanwhile (by n or N): only the first line was meant.
      return this.#number <= command.lastLine
    }
    if ((to.kind === 'pattern' || to.kind === 'last') && (await this.#matches(to))) command.isActive = false
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

  async #perform(command: Command): Promise<Outcome | undefined> {
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
        await this.output.write(action.text)
        return undefined
      case 'change':
        // POSIX: a range is replaced at its end; with `!` every line is.
        if (!command.to || command.isNegated || !command.isActive) await this.output.write(action.text)
        return 'deleted'
      case 'readFile':
        this.#queue.push({ file: action.file })
        return undefined
      case 'readLine':
        this.#queue.push({ lineOf: action.file })
        return undefined
      case 'writeFile':
        await this.#how.outputs.get(action.file)!.line(this.#space, this.#line!.hasEnd)
        return undefined
      case 'writeFirst':
        await this.#how.outputs.get(action.file)!.line(this.#firstLine())
        return undefined
      case 'quit':
      case 'quitSilently':
        this.status = action.status
        return action.kind
      case 'list':
        await this.output.line(listText(this.#space, action.width ?? 70))
        return undefined
      case 'execute':
        await this.#performExecute(action.command)
        return undefined
      case 'block':
      case 'branch':
      case 'branchIf':
      case 'branchUnless':
      case 'substitute':
        return undefined
    }
  }

  async #performSimple(letter: Extract<Command['action'], { kind: 'simple' }>['letter']): Promise<Outcome | undefined> {
    switch (letter) {
      case '=':
        await this.output.write(`${this.#number}\n`)
        return undefined
      case 'F':
        await this.output.write(`${this.#line!.file}\n`)
        return undefined
      case 'd':
        return 'deleted'
      case 'D':
        return this.#deleteFirst()
      case 'g':
        this.#space = this.#hold
        return undefined
      case 'G':
        this.#space += `\n${this.#hold}`
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
        await this.output.line(this.#space, this.#line!.hasEnd)
        return undefined
      case 'P':
        await this.output.line(this.#firstLine())
        return undefined
      case 'x':
        ;[this.#space, this.#hold] = [this.#hold, this.#space]
        return undefined
      case 'z':
        this.#space = ''
        return undefined
    }
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

  async #nextLine(): Promise<Outcome | undefined> {
    // GNU and busybox: without a next line n ends as the cycle does.
    if (await this.#isLast()) return 'quit'
    if (!this.#how.isQuiet) await this.output.line(this.#space, this.#line!.hasEnd)
    await this.#flushQueue()
    await this.#read()
    this.#space = this.#line!.text
    return undefined
  }

  async #appendNextLine(): Promise<Outcome | undefined> {
    // GNU and busybox: without a next line the pattern space is printed (POSIX: it is not).
    if (await this.#isLast()) return 'end'
    await this.#flushQueue()
    await this.#read()
    this.#space += `\n${this.#line!.text}`
    return undefined
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
