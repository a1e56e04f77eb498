import { SysError } from '../../kernel/errno.ts'
import { concat, decode, encode } from '../../lib/bytes.ts'
import { flag, text } from '../../lib/options.ts'
import { ExpansionError } from '../expansion-error.ts'
import { andThen, type Completion, type Later, lastly } from '../run/completion.ts'
import { runPending } from '../run/trap.ts'
import type { Shell } from '../shell.ts'
import { BLANK, ORDINARY } from '../state/ifs.ts'
import { isName } from '../state/variables.ts'
import { builtin } from './builtin.ts'

const BACKSLASH = 92

/** POSIX XCU read, with ash's options. Never reads a byte more than the line it takes. */
export default builtin({
  name: 'read',
  about: 'Read a line into variables',
  operands: '[NAME]...',
  options: {
    raw: flag('-r', 'Backslashes mean nothing'),
    silent: flag('-s', 'Do not echo what is typed'),
    prompt: text('-p', 'TEXT', 'Show TEXT first, if stdin is a terminal'),
    timeout: text('-t', 'SECONDS', 'Give up after SECONDS'),
    count: text('-n', 'N', 'Stop after N characters'),
    delimiter: text('-d', 'CHAR', 'Stop at CHAR instead of the newline'),
    fd: text('-u', 'FD', 'Read from FD'),
  },
  main({ shell, options, operands }) {
    const bad = operands.find(name => !isName(name))
    if (bad !== undefined) {
      shell.complainWithName(`'${bad}': bad variable name`)
      return 1
    }
    const how = {
      fd: options.fd === undefined ? 0 : number(options.fd),
      isRaw: options.raw,
      delimiter: encode(options.delimiter ?? '\n')[0] ?? 0,
      count: options.count === undefined ? undefined : number(options.count),
      timeout: options.timeout === undefined ? undefined : seconds(options.timeout),
    }
    const terminal = shell.proc.terminal(how.fd)
    if (options.prompt !== undefined && terminal) shell.say(options.prompt)
    return readInto(shell, how, options.silent, line => assignFields(shell, line, operands))
  },
})

export interface ReadOptions {
  readonly fd: number
  readonly isRaw: boolean
  readonly delimiter: number
  readonly count: number | undefined
  readonly timeout: number | undefined
  /** bash's -N: the delimiter is a character like the others. */
  readonly isExact?: boolean
}

export interface Line {
  /** What was read; a character that a backslash quoted is marked in `quoted`. */
  readonly text: string
  readonly quoted: ReadonlySet<number>
  readonly status: number
}

function number(value: string): number {
  if (!/^\d+$/.test(value)) throw new ExpansionError(`invalid count: ${value}`)
  return Number(value)
}

function seconds(value: string): number {
  if (!/^\d*\.?\d*$/.test(value) || value === '' || value === '.') throw new ExpansionError(`invalid timeout: ${value}`)
  return Number(value) * 1000
}

/** `assign`: what is made of the line. */
export function readInto(shell: Shell, how: ReadOptions, isSilent: boolean, assign: (line: Line) => void): Completion {
  // Nothing is read: it is only asked whether there is something (ash, bash).
  if (how.timeout === 0) return shell.proc.poll(how.fd).readable ? 0 : 1
  const restore = changeTerminal(shell, how, isSilent)
  const take = (line: Line) => {
    assign(line)
    return line.status
  }
  try {
    const done = lastly(() => andThen(readLine(shell, how), take), restore)
    return done instanceof Promise ? done.catch(error => refused(shell, error, take)) : done
  } catch (error) {
    return refused(shell, error, take)
  }
}

function refused(shell: Shell, error: unknown, take: (line: Line) => number): Completion {
  if (!(error instanceof SysError)) throw error
  if (error.errno === 'EINTR') {
    const [signal] = shell.traps.pending
    return shell.hasArrived ? runPending(shell, 128 + (signal ?? 0)) : 1
  }
  // dash, ash: a closed fd is the end of a file; the message tells more.
  if (error.errno === 'EBADF' && !shell.bash) take({ text: '', quoted: NONE, status: 1 })
  shell.complainWithName(`error: ${error.message}`)
  return 1
}

/** -s switches the echo off, -n and -d need every character as it is typed. */
function changeTerminal(shell: Shell, how: ReadOptions, isSilent: boolean): () => void {
  const terminal = shell.proc.terminal(how.fd)
  const isByCharacter = how.count !== undefined || how.delimiter !== 10
  if (!terminal || !(isSilent || isByCharacter)) return () => undefined
  const before = terminal.termios
  terminal.setTermios({ ...before, ...(isSilent && { echo: false }), ...(isByCharacter && { icanon: false }) })
  return () => terminal.setTermios(before)
}

function readLine(shell: Shell, how: ReadOptions): Later<Line> {
  if (how.timeout !== undefined) return readInTime(shell, how, shell.proc.kernel.clock.now() + how.timeout)
  const line = new LineBytes(how)
  if (line.isComplete) return line.end(0)
  const chunk = readMore(shell, how)
  if (chunk instanceof Promise) return readRest(shell, how, line, chunk)
  return wholeLine(chunk, how) ?? readRest(shell, how, line, chunk)
}

/** Nearly every line comes in one piece, without a backslash that means something. */
function wholeLine(chunk: Uint8Array, how: ReadOptions): Line | undefined {
  const last = chunk.length - 1
  const isWhole =
    how.count === undefined &&
    !how.isExact &&
    chunk[last] === how.delimiter &&
    (how.isRaw || !chunk.includes(BACKSLASH))
  return isWhole ? { text: textOf(chunk.subarray(0, last)), quoted: NONE, status: 0 } : undefined
}

const NONE: ReadonlySet<number> = new Set()

/** A NUL cannot be in a value. */
function textOf(bytes: Uint8Array): string {
  const text = decode(bytes)
  return text.includes('\0') ? text.replaceAll('\0', '') : text
}

function readMore(shell: Shell, how: ReadOptions): Later<Uint8Array> {
  return how.count === undefined ? shell.proc.readThrough(how.fd, how.delimiter) : shell.proc.read(how.fd, 1)
}

async function readRest(shell: Shell, how: ReadOptions, line: LineBytes, first: Later<Uint8Array>): Promise<Line> {
  for (let chunk = await first; chunk.length > 0; chunk = await readMore(shell, how)) {
    shell.requireRoom(line.size + chunk.length)
    line.add(chunk)
    if (line.isComplete) return line.end(0)
  }
  return line.end(1)
}

async function readInTime(shell: Shell, how: ReadOptions, until: number): Promise<Line> {
  const line = new LineBytes(how)
  while (!line.isComplete) {
    // busybox: what has come of a line is lost.
    if (!(await isReady(shell, how.fd, until))) return shell.bash ? line.end(142) : new LineBytes(how).end(1)
    const chunk = await readMore(shell, how)
    if (chunk.length === 0) return line.end(1)
    shell.requireRoom(line.size + chunk.length)
    line.add(chunk)
  }
  return line.end(0)
}

async function isReady(shell: Shell, fd: number, until: number): Promise<boolean> {
  const left = until - shell.proc.kernel.clock.now()
  return (await shell.proc.select([fd], Math.max(0, left))).length > 0
}

class LineBytes {
  readonly #how: ReadOptions
  #bytes: Uint8Array[] = []
  isComplete = false
  size = 0

  constructor(how: ReadOptions) {
    this.#how = how
    this.isComplete = how.count === 0
  }

  add(chunk: Uint8Array): void {
    this.#bytes.push(chunk)
    this.size += chunk.length
    const { delimiter, count } = this.#how
    const isAtDelimiter = chunk[chunk.length - 1] === delimiter && this.#how.isExact !== true
    if (isAtDelimiter && !this.#isContinued(delimiter)) this.isComplete = true
    if (count !== undefined && this.#characters() >= count) this.isComplete = true
  }

  end(status: number): Line {
    const bytes = concat(this.#bytes.length === 0 ? [new Uint8Array(0)] : this.#bytes)
    const isEnded = this.isComplete && this.#how.isExact !== true && bytes[bytes.length - 1] === this.#how.delimiter
    const text = textOf(isEnded ? bytes.subarray(0, bytes.length - 1) : bytes)
    return this.#how.isRaw ? { text, quoted: NONE, status } : { ...unquote(text), status }
  }

  /** The delimiter follows an odd number of backslashes. */
  #isContinued(delimiter: number): boolean {
    if (this.#how.isRaw || delimiter === BACKSLASH) return false
    let count = 0
    for (const chunk of [...this.#bytes].reverse()) {
      for (let at = chunk.length - 1; at >= 0; at--) {
        const byte = chunk[at]
        if (count === 0 && byte === delimiter && chunk === this.#bytes.at(-1) && at === chunk.length - 1) continue
        if (byte !== BACKSLASH) return count % 2 === 1
        count++
      }
    }
    return count % 2 === 1
  }

  #characters(): number {
    return [...decode(concat(this.#bytes))].length
  }
}

/** A backslash quotes the next character; with a newline after it, the line goes on. */
function unquote(text: string): { text: string; quoted: Set<number> } {
  const quoted = new Set<number>()
  let result = ''
  for (let at = 0; at < text.length; at++) {
    if (text[at] !== '\\') {
      result += text[at]
      continue
    }
    at++
    if (at >= text.length || text[at] === '\n') continue
    quoted.add(result.length)
    result += text[at]
  }
  return { text: result, quoted }
}

/** Fields go to the names in order, and what is left to the last (POSIX XCU read). */
export function assignFields(
  shell: Shell,
  line: Line,
  names: readonly string[],
  set: (name: string, value: string) => void = (name, value) => shell.assign(name, value),
): void {
  if (names.length === 0) {
    set('REPLY', line.text)
    return
  }
  const { ifs } = shell.variables
  const kindAt =
    line.quoted.size === 0
      ? (at: number) => ifs.classify(line.text.charCodeAt(at))
      : (at: number) => (line.quoted.has(at) ? ORDINARY : ifs.classify(line.text.charCodeAt(at)))
  const end = line.text.length
  const skipBlanks = (from: number): number => {
    let at = from
    while (at < end && kindAt(at) === BLANK) at++
    return at
  }
  let at = skipBlanks(0)
  for (const [index, name] of names.entries()) {
    if (index === names.length - 1) {
      set(name, lastField(line.text, at, kindAt))
      return
    }
    const start = at
    while (at < end && kindAt(at) === ORDINARY) at++
    set(name, line.text.slice(start, at))
    at = skipBlanks(at)
    if (at < end && at > start && kindAt(at) !== ORDINARY) at = skipBlanks(at + 1)
    else if (at === start && at < end && kindAt(at) !== ORDINARY) at = skipBlanks(at + 1)
  }
}

/** Blanks at its end are no part of it, and one delimiter at its end is none when nothing else delimits it. */
function lastField(text: string, start: number, kindAt: (at: number) => number): string {
  let end = text.length
  while (end > start && kindAt(end - 1) === BLANK) end--
  const isDelimited = end > start && kindAt(end - 1) !== ORDINARY
  if (isDelimited) {
    let inner = end - 1
    while (inner > start && kindAt(inner - 1) === BLANK) inner--
    let hasOther = false
    for (let at = start; at < inner; at++) if (kindAt(at) !== ORDINARY && kindAt(at) !== BLANK) hasOther = true
    if (!hasOther) end = inner
  }
  return text.slice(start, end)
}
