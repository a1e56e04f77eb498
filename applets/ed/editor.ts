// ed's buffer and commands.

import { SysError } from '../../kernel/errno.ts'
import type { Process } from '../../kernel/process.ts'
import { concat, decode, encode } from '../../lib/bytes.ts'
import { chomp, type LineReader } from '../line-reader.ts'
import { Addresses, type Place } from './addresses.ts'
import { EdError } from './error.ts'
import { substitute } from './substitute.ts'

export { EdError } from './error.ts'

/** How many lines z shows. */
const WINDOW = 22

export class Editor {
  readonly #proc: Process
  readonly #how: { readonly silent: boolean; readonly prompt: string }
  readonly #input: LineReader
  #lines: string[] = []
  /** Counted from 1; 0 before the first. */
  #current = 0
  #file: string | undefined
  #isChanged = false
  #sought = ''
  readonly #marks = new Map<string, number>()

  constructor(proc: Process, how: { readonly silent: boolean; readonly prompt: string }, input: LineReader) {
    this.#proc = proc
    this.#how = how
    this.#input = input
  }

  async open(file: string): Promise<void> {
    this.#file = file
    await this.#read(file, 0)
    this.#isChanged = false
    this.#current = this.#lines.length
  }

  /** One command. Throws EdError. */
  async step(): Promise<'ended' | undefined> {
    await this.#prompt()
    const line = await this.#nextLine()
    if (line === undefined) return 'ended'
    const { first, second, rest } = this.#addresses().parse(line.trimStart())
    const letter = rest.charAt(0)
    const argument = rest.slice(1).trim()
    const from = first ?? this.#current
    const to = second ?? from
    switch (letter) {
      case '':
        return this.#next(first, from)
      case 'a':
        return await this.#insert(from + 1)
      case 'i':
        return await this.#insert(Math.max(from, this.#lines.length === 0 ? 1 : 0))
      case 'c':
        this.#delete(from, to)
        return await this.#insert(from)
      case 'd':
        return this.#delete(from, to)
      case 'f':
        return await this.#name(argument)
      case 'k':
        return this.#mark(argument, from)
      case 'l':
      case 'p':
        return await this.#print(from, to, letter === 'l')
      case 'q':
        return await this.#quit(argument)
      case 'r':
        return await this.#readCommand(argument, first ?? this.#lines.length)
      case 's':
        return await this.#substitute(rest.slice(1), from, to)
      case 'w':
        return await this.#write(argument, first ?? 1, second ?? first ?? this.#lines.length)
      case 'z':
        return await this.#window(from, argument)
      case '=':
        return void (await this.#proc.stdout.line(String(first ?? this.#lines.length)))
      default:
        throw new EdError('unimplemented command')
    }
  }

  #addresses(): Addresses {
    const place: Place = { lines: this.#lines, current: this.#current, marks: this.#marks, sought: this.#sought }
    return new Addresses(place, sought => (this.#sought = sought))
  }

  async #prompt(): Promise<void> {
    if (this.#how.prompt !== '') await this.#proc.stdout.write(this.#how.prompt)
    await this.#proc.stdout.flush()
  }

  async #nextLine(): Promise<string | undefined> {
    const line = await this.#input.next()
    return line && decode(chomp(line))
  }

  async #next(given: number | undefined, at: number): Promise<undefined> {
    const wanted = given ?? at + 1
    if (wanted < 1 || wanted > this.#lines.length) throw new EdError(`line number ${wanted} does not exist`)
    this.#current = wanted
    await this.#proc.stdout.line(this.#lines[wanted - 1]!)
  }

  async #insert(at: number): Promise<undefined> {
    if (at < 1 || at > this.#lines.length + 1) throw new EdError('inserting at bad line number')
    let place = at
    for (;;) {
      await this.#proc.stdout.flush()
      const line = await this.#nextLine()
      if (line === undefined || line === '.') return
      this.#lines.splice(place - 1, 0, line)
      this.#current = place++
      this.#isChanged = true
    }
  }

  #delete(from: number, to: number): undefined {
    this.#require(from, to, 'delete')
    this.#lines.splice(from - 1, to - from + 1)
    if (this.#current >= from) this.#current = Math.max(Math.min(from, this.#lines.length), 0)
    this.#isChanged = true
  }

  async #name(name: string): Promise<undefined> {
    if (name !== '') this.#file = name
    else if (this.#file === undefined) await this.#proc.stdout.line('No file name')
    else await this.#proc.stdout.line(`"${this.#file}"`)
  }

  #mark(letter: string, at: number): undefined {
    if (!/^[a-z]$/.test(letter)) throw new EdError('bad mark name')
    this.#marks.set(letter, at)
  }

  async #print(from: number, to: number, isVisible: boolean): Promise<undefined> {
    this.#require(from, to, 'print')
    for (let at = from; at <= to; at++) {
      const line = this.#lines[at - 1]!
      await this.#proc.stdout.line(isVisible ? `${visible(line)}$` : line)
    }
    this.#current = to
  }

  async #quit(argument: string): Promise<'ended' | undefined> {
    if (argument !== '') throw new EdError('bad quit command')
    if (!this.#isChanged) return 'ended'
    await this.#proc.stdout.write('Really quit? ')
    await this.#proc.stdout.flush()
    const answer = await this.#nextLine()
    return answer === undefined || /^[yY]/.test(answer.trimStart()) ? 'ended' : undefined
  }

  async #readCommand(name: string, after: number): Promise<undefined> {
    const file = name === '' ? this.#file : name
    if (file === undefined) throw new EdError('no file name')
    this.#file ??= file
    await this.#read(file, after)
  }

  async #read(file: string, after: number): Promise<void> {
    const bytes = this.#attempt(file, () => this.#proc.contentsOf(file))
    const lines = decode(bytes).split('\n')
    if (lines.at(-1) === '') lines.pop()
    this.#lines.splice(after, 0, ...lines)
    this.#current = after + lines.length
    if (lines.length > 0) this.#isChanged = true
    if (!this.#how.silent) await this.#proc.stdout.line(String(bytes.length))
  }

  async #write(name: string, from: number, to: number): Promise<undefined> {
    const file = name === '' ? this.#file : name
    if (file === undefined) throw new EdError('no file name specified')
    this.#require(from, to, 'write')
    const bytes = concat(this.#lines.slice(from - 1, to).map(line => encode(`${line}\n`)))
    const size = bytes.length
    try {
      const fd = await this.#proc.open(file, { write: true, create: true, truncate: true })
      await this.#proc.write(fd, bytes)
      this.#proc.close(fd)
    } catch (error) {
      throw refusal(error, file)
    }
    if (from === 1 && to === this.#lines.length) this.#isChanged = false
    if (!this.#how.silent) await this.#proc.stdout.line(String(size))
  }

  async #substitute(text: string, from: number, to: number): Promise<undefined> {
    this.#require(from, to, 'substitute')
    const { found, shows, sought } = substitute(this.#lines, from, to, text, this.#sought)
    this.#sought = sought
    if (found === undefined) throw new EdError(`no substitutions found for "${sought}"`)
    this.#isChanged = true
    this.#current = found
    if (shows) await this.#proc.stdout.line(this.#lines[found - 1]!)
  }

  /** A window of lines: `z` from here on, `z-` up to here, `z.` around. */
  async #window(at: number, kind: string): Promise<undefined> {
    const start = kind.startsWith('-') ? at - WINDOW + 1 : kind.startsWith('.') ? at - Math.floor(WINDOW / 2) : at
    const from = Math.max(1, start)
    await this.#print(from, Math.min(this.#lines.length, start + WINDOW - 1), false)
  }

  #require(from: number, to: number, what: string): void {
    if (from < 1 || to > this.#lines.length || from > to) throw new EdError(`bad line range for ${what}`)
  }

  #attempt<T>(file: string, piece: () => T): T {
    try {
      return piece()
    } catch (error) {
      throw refusal(error, file)
    }
  }
}

function refusal(error: unknown, file: string): unknown {
  return error instanceof SysError ? new EdError(`${file}: ${error.message}`) : error
}

/** busybox: bytes above 127 as M-x, control characters as ^x. */
function visible(line: string): string {
  let shown = ''
  for (const byte of encode(line)) {
    let code = byte
    if (code >= 128) {
      shown += 'M-'
      code -= 128
    }
    shown += code < 32 ? `^${String.fromCharCode(code + 64)}` : code === 127 ? '^?' : String.fromCharCode(code)
  }
  return shown
}
