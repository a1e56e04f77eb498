// What happens to typed bytes before a program reads them: lines, echo, erasing, signals (POSIX XBD 11.1).

import { sequenceLength } from '../lib/bytes.ts'
import { type Signal, SIGINT, SIGQUIT, SIGTSTP } from './signal.ts'
import { DISABLED, SANE, type Termios } from './termios.ts'

const BELL = 7
const BACKSPACE = 8
const TAB = 9
const NEWLINE = 10
const RETURN = 13
const SPACE = 32
const DELETE = 127

/** A line longer than this takes no more bytes (Linux: 4096 with the newline). */
const LINE_MAX = 4095

export interface DisciplineEvents {
  /** Bytes to show: echo. */
  show(bytes: readonly number[]): void
  signal(signal: Signal): void
  /** ^S and ^Q. */
  hold(isHeld: boolean): void
}

export class LineDiscipline {
  termios: Termios = SANE
  readonly #events: DisciplineEvents
  /** What a program may read. In canonical mode whole lines; an empty one is an end of file. */
  readonly #lines: Uint8Array[] = []
  #line: number[] = []
  #rawBytes: number[] = []
  #isLiteral = false

  constructor(events: DisciplineEvents) {
    this.#events = events
  }

  /** Typed bytes, in order. */
  input(bytes: Uint8Array): void {
    for (const byte of bytes) this.#byte(byte)
  }

  /** At most `max` bytes, at most a line in canonical mode. undefined: nothing to read; empty: an end of file was typed. */
  read(max: number): Uint8Array | undefined {
    if (!this.termios.icanon) return this.#readRaw(max)
    const line = this.#lines.shift()
    if (line === undefined) return undefined
    if (line.length > max) this.#lines.unshift(line.subarray(max))
    return line.subarray(0, max)
  }

  get available(): number {
    return this.termios.icanon ? this.#lines.length : this.#rawBytes.length
  }

  /** When canonical mode is switched, what was typed stays readable. */
  setTermios(termios: Termios): void {
    const was = this.termios
    this.termios = termios
    if (was.icanon && !termios.icanon) {
      for (const line of this.#lines.splice(0)) this.#rawBytes.push(...line)
      this.#rawBytes.push(...this.#line)
      this.#line = []
    } else if (!was.icanon && termios.icanon && this.#rawBytes.length > 0) {
      this.#lines.push(Uint8Array.from(this.#rawBytes))
      this.#rawBytes = []
    }
  }

  flush(): void {
    this.#lines.length = 0
    this.#line = []
    this.#rawBytes = []
  }

  #readRaw(max: number): Uint8Array | undefined {
    if (this.#rawBytes.length === 0) return undefined
    return Uint8Array.from(this.#rawBytes.splice(0, max))
  }

  #byte(typed: number): void {
    const { termios } = this
    if (this.#isLiteral) {
      this.#isLiteral = false
      return this.#accept(typed)
    }
    if (typed === RETURN && termios.igncr) return
    let byte = typed
    if (byte === RETURN && termios.icrnl) byte = NEWLINE
    else if (byte === NEWLINE && termios.inlcr) byte = RETURN
    if (this.#isSignal(byte) || this.#isFlow(byte)) return
    if (termios.icanon) this.#canonical(byte)
    else this.#accept(byte)
  }

  #isSignal(byte: number): boolean {
    const { isig, characters } = this.termios
    if (!isig || byte === DISABLED) return false
    const signal =
      byte === characters.intr ? SIGINT : byte === characters.quit ? SIGQUIT : byte === characters.susp ? SIGTSTP : undefined
    if (signal === undefined) return false
    if (!this.termios.noflsh) this.flush()
    // The signal comes first: it drops what waits to be shown, but not this echo.
    this.#events.signal(signal)
    this.#echo(byte)
    return true
  }

  #isFlow(byte: number): boolean {
    const { ixon, characters } = this.termios
    if (!ixon || byte === DISABLED || (byte !== characters.start && byte !== characters.stop)) return false
    this.#events.hold(byte === characters.stop)
    return true
  }

  #canonical(byte: number): void {
    const { characters, iexten } = this.termios
    if (byte === DISABLED) return this.#accept(byte)
    switch (byte) {
      case characters.erase:
        return this.#erase(1)
      case characters.kill:
        return this.#erase(this.#line.length)
      case characters.eof:
        return this.#endLine()
      case characters.werase:
        return iexten ? this.#eraseWord() : this.#accept(byte)
      case characters.lnext:
        return iexten ? this.#quoteNext() : this.#accept(byte)
      case characters.rprnt:
        return iexten ? this.#reprint() : this.#accept(byte)
      case NEWLINE:
      case characters.eol:
        this.#echoNewline(byte)
        this.#line.push(byte)
        return this.#endLine()
      default:
        return this.#accept(byte)
    }
  }

  #accept(byte: number): void {
    if (!this.termios.icanon) {
      this.#rawBytes.push(byte)
      this.#echo(byte)
      return
    }
    if (this.#line.length >= LINE_MAX) return this.#events.show([BELL])
    this.#line.push(byte)
    this.#echo(byte)
  }

  #endLine(): void {
    this.#lines.push(Uint8Array.from(this.#line))
    this.#line = []
  }

  #quoteNext(): void {
    this.#isLiteral = true
    if (this.termios.echo && this.termios.echoctl) this.#events.show([0x5e, BACKSPACE])
  }

  /** Erases so many characters (not bytes), and their echo. */
  #erase(characters: number): void {
    for (let i = 0; i < characters && this.#line.length > 0; i++) {
      const width = this.#lastWidth()
      this.#line.length -= this.#lastLength()
      if (this.termios.echo && this.termios.echoe) {
        for (let column = 0; column < width; column++) this.#events.show([BACKSPACE, SPACE, BACKSPACE])
      }
    }
  }

  #eraseWord(): void {
    const isBlank = (byte: number | undefined) => byte === SPACE || byte === TAB
    while (this.#line.length > 0 && isBlank(this.#line.at(-1))) this.#erase(1)
    while (this.#line.length > 0 && !isBlank(this.#line.at(-1))) this.#erase(1)
  }

  #reprint(): void {
    if (!this.termios.echo) return
    this.#echo(this.termios.characters.rprnt)
    this.#events.show([NEWLINE])
    for (const byte of this.#line) this.#echo(byte)
  }

  /** How many bytes the last character has. */
  #lastLength(): number {
    const tail = Uint8Array.from(this.#line.slice(-4))
    for (let length = Math.min(4, tail.length); length > 1; length--) {
      if (sequenceLength(tail, tail.length - length) === length) return length
    }
    return 1
  }

  /** How many columns the echo of the last character took. */
  #lastWidth(): number {
    const length = this.#lastLength()
    const byte = this.#line.at(-length)!
    if (byte === TAB) return tabWidth(this.#line.slice(0, -1))
    if (length > 1) return isWide(this.#line.slice(-length)) ? 2 : 1
    return byte < SPACE || byte === DELETE ? (this.termios.echoctl ? 2 : 0) : 1
  }

  #echo(byte: number): void {
    const { echo, echoctl, echonl } = this.termios
    if (byte === NEWLINE && (echo || (echonl && this.termios.icanon))) return this.#events.show([byte])
    if (!echo) return
    const isControl = (byte < SPACE && byte !== TAB && byte !== NEWLINE) || byte === DELETE
    this.#events.show(isControl && echoctl ? [0x5e, byte ^ 0x40] : [byte])
  }

  #echoNewline(byte: number): void {
    if (this.termios.echo || this.termios.echonl) this.#events.show([byte])
  }
}

/** Columns that a tab took after these bytes; the prompt before them is not known, so stops are counted from the line's start. */
function tabWidth(before: readonly number[]): number {
  let column = 0
  for (const byte of before) column = byte === TAB ? column + 8 - (column % 8) : (byte & 0xc0) === 0x80 ? column : column + 1
  return 8 - (column % 8)
}

/** East Asian wide, roughly by block: CJK, Hangul, kana, full-width forms, emoji. */
function isWide(bytes: readonly number[]): boolean {
  const [a = 0, b = 0, c = 0, d = 0] = bytes
  const point =
    bytes.length === 4
      ? ((a & 7) << 18) | ((b & 63) << 12) | ((c & 63) << 6) | (d & 63)
      : bytes.length === 3
        ? ((a & 15) << 12) | ((b & 63) << 6) | (c & 63)
        : ((a & 31) << 6) | (b & 63)
  return (
    (point >= 0x1100 && point <= 0x115f) ||
    (point >= 0x2e80 && point <= 0xa4cf) ||
    (point >= 0xac00 && point <= 0xd7a3) ||
    (point >= 0xf900 && point <= 0xfaff) ||
    (point >= 0xfe30 && point <= 0xfe6f) ||
    (point >= 0xff00 && point <= 0xff60) ||
    (point >= 0x1f300 && point <= 0x1faff) ||
    (point >= 0x20000 && point <= 0x3fffd)
  )
}
