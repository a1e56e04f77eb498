// What a terminal makes of typed bytes: signals, flow control, editing and echo (POSIX XBD 11.1.6 to 11.1.9; order and details as Linux's n_tty).

import { decode } from '../lib/bytes.ts'
import { textWidth } from '../lib/width.ts'
import { LineBuffer } from './line-buffer.ts'
import { SIGINT, SIGQUIT, SIGTSTP, type Signal } from './signal.ts'
import { isContinuation, isControl, isSmallLetter } from './terminal-output.ts'
import type { Character, Flag, Termios } from './termios.ts'

/** What the line discipline needs of its terminal. */
export interface Keyboard {
  readonly termios: Termios
  /** The cursor's column, and the one in which the line under edit begins. */
  column: number
  lineColumn: number
  /** Shows bytes, after output processing unless `isRaw`. */
  echo(bytes: readonly number[]): void
  signal(signal: Signal): void
  /** ^S and ^Q. */
  setStopped(isStopped: boolean): void
  readonly isStopped: boolean
  /** Throws away what was written and not yet shown. */
  flushOutput(): void
}

const BACKSPACE = 8
const BELL = 7
const TAB = 9
const NEWLINE = 10
const RETURN = 13
const SPACE = 32
/** Bytes that are no UTF-8. */
const STRAY = /[\udc80-\udcff]/
const RUBOUT = [BACKSPACE, SPACE, BACKSPACE]

export class LineDiscipline {
  readonly buffer = new LineBuffer()
  readonly #keyboard: Keyboard
  /** VLNEXT was typed: the next byte stands for itself. */
  #isQuoted = false
  /** ECHOPRT: between the \ and the / that show what is erased. */
  #isErasing = false

  constructor(keyboard: Keyboard) {
    this.#keyboard = keyboard
  }

  /** Whether a byte would be lost: what is typed then must wait until a line is read. */
  get isFull(): boolean {
    const { buffer } = this
    if (buffer.room > 0) return false
    return !this.#has('icanon') || buffer.wholeLength > 0
  }

  /** Which signal this byte sends; undefined: none. */
  signalOf(byte: number): Signal | undefined {
    if (!this.#has('isig')) return undefined
    if (this.#is(byte, 'intr')) return SIGINT
    if (this.#is(byte, 'quit')) return SIGQUIT
    return this.#is(byte, 'susp') ? SIGTSTP : undefined
  }

  /** One typed byte. */
  receive(typed: number): void {
    const byte = this.#strip(typed)
    if (this.#isQuoted) {
      this.#isQuoted = false
      this.#store(byte, { isReturn: false })
      return
    }
    if (this.#controlsFlow(byte)) return
    const signal = this.signalOf(byte)
    if (signal !== undefined) {
      this.#interrupt(byte, signal)
      return
    }
    if (this.#has('ixany') && this.#has('ixon') && this.#keyboard.isStopped) this.#keyboard.setStopped(false)
    if (byte === RETURN && this.#has('igncr')) return
    const mapped = this.#mapNewline(byte)
    if (this.#has('icanon') && this.#edit(mapped)) return
    this.#store(mapped, { isReturn: byte === RETURN })
  }

  /** The settings have changed from these. */
  termiosChanged(old: Termios): void {
    if (old.icanon === this.#has('icanon')) return
    if (this.#has('icanon')) this.buffer.becomeCanonical()
    else this.buffer.becomeRaw()
    this.#isQuoted = false
    this.#isErasing = false
  }

  flush(): void {
    this.buffer.clear()
    this.#isQuoted = false
    this.#isErasing = false
  }

  #has(flag: Flag): boolean {
    return this.#keyboard.termios[flag]
  }

  /** A control character of 0 is none (_POSIX_VDISABLE). */
  #is(byte: number, name: Character): boolean {
    return byte !== 0 && this.#keyboard.termios.characters[name] === byte
  }

  #strip(byte: number): number {
    const stripped = this.#has('istrip') ? byte & 0x7f : byte
    const isUpper = isSmallLetter(stripped | 0x20) && (stripped & 0x20) === 0
    return isUpper && this.#has('iuclc') && this.#has('iexten') ? stripped + 32 : stripped
  }

  #controlsFlow(byte: number): boolean {
    if (!this.#has('ixon')) return false
    if (this.#is(byte, 'start')) this.#keyboard.setStopped(false)
    else if (this.#is(byte, 'stop')) this.#keyboard.setStopped(true)
    else return false
    return true
  }

  /** The signal goes first, then what waits in both directions is dropped, and last the key is shown. */
  #interrupt(byte: number, signal: Signal): void {
    this.#keyboard.signal(signal)
    if (!this.#has('noflsh')) {
      this.#keyboard.flushOutput()
      this.flush()
    }
    if (this.#has('ixon')) this.#keyboard.setStopped(false)
    if (this.#has('echo')) this.#echo(byte)
  }

  #mapNewline(byte: number): number {
    if (byte === RETURN && this.#has('icrnl')) return NEWLINE
    return byte === NEWLINE && this.#has('inlcr') ? RETURN : byte
  }

  /** Canonical mode's own keys. false: an ordinary byte. */
  #edit(byte: number): boolean {
    const isExtended = this.#has('iexten')
    if (this.#is(byte, 'erase')) this.#erase('character')
    else if (this.#is(byte, 'kill')) this.#erase('line')
    else if (isExtended && this.#is(byte, 'werase')) this.#erase('word')
    else if (isExtended && this.#is(byte, 'lnext')) this.#quoteNext()
    else if (isExtended && this.#has('echo') && this.#is(byte, 'rprnt')) this.#reprint()
    else return this.#endsLine(byte)
    return true
  }

  #endsLine(byte: number): boolean {
    if (byte === NEWLINE) {
      if (this.#has('echo') || this.#has('echonl')) this.#show([NEWLINE])
      this.buffer.endLine(NEWLINE, { isEof: false })
    } else if (this.#is(byte, 'eof')) this.buffer.endLine(0, { isEof: true })
    else if (this.#is(byte, 'eol') || (this.#has('iexten') && this.#is(byte, 'eol2'))) {
      if (this.#has('echo')) this.#echoTyped(byte)
      this.buffer.endLine(byte, { isEof: false })
    } else return false
    return true
  }

  /** Linux shows a newline that ends no line as ^J, but not when it was a carriage return. */
  #store(byte: number, how: { isReturn: boolean }): void {
    if (this.#has('imaxbel') && this.#has('icanon') && this.buffer.room <= 0) this.#show([BELL])
    if (this.#has('echo')) {
      this.#finishErasing()
      if (byte === NEWLINE && how.isReturn) this.#show([NEWLINE])
      else this.#echoTyped(byte)
    }
    if (byte === 0xff && this.#has('parmrk')) this.buffer.push(byte)
    this.buffer.push(byte)
    if (this.#has('echo') && this.#has('icanon') && isContinuation(byte)) this.#correctColumn()
  }

  #quoteNext(): void {
    this.#isQuoted = true
    if (!this.#has('echo')) return
    this.#finishErasing()
    if (this.#has('echoctl')) this.#show([0x5e, BACKSPACE])
  }

  #reprint(): void {
    this.#finishErasing()
    this.#echo(this.#keyboard.termios.characters.rprnt)
    this.#show([NEWLINE])
    for (const byte of this.buffer.editing) this.#echo(byte)
  }

  // --- erasing -------------------------------------------------------------------------------------------------------

  #erase(what: 'character' | 'word' | 'line'): void {
    if (this.buffer.editing.length === 0) return
    if (what === 'line' && !this.#erasesLineVisibly()) this.#killLine()
    else this.#eraseVisibly(what)
  }

  #eraseVisibly(what: 'character' | 'word' | 'line'): void {
    let seenWord = false
    while (this.buffer.editing.length > 0) {
      const line = this.buffer.editing
      const length = this.#lastCharacterLength(line)
      if (length === 0) break
      const first = line[line.length - length]!
      if (what === 'word') {
        if (isWordByte(first)) seenWord = true
        else if (seenWord) break
      }
      const character = line.slice(line.length - length)
      this.buffer.erase(length)
      if (this.#has('echo')) this.#echoErased(character, what)
      if (what === 'character') break
    }
    if (this.buffer.editing.length === 0 && this.#has('echo')) this.#finishErasing()
  }

  #erasesLineVisibly(): boolean {
    return this.#has('echo') && this.#has('echok') && this.#has('echoke') && this.#has('echoe')
  }

  #killLine(): void {
    this.buffer.erase(this.buffer.editing.length)
    if (!this.#has('echo')) return
    this.#finishErasing()
    this.#echo(this.#keyboard.termios.characters.kill)
    if (this.#has('echok')) this.#show([NEWLINE])
  }

  /** With IUTF8 a whole sequence; 0 when the line begins in the midst of one. */
  #lastCharacterLength(line: Uint8Array): number {
    if (!this.#has('iutf8')) return 1
    let start = line.length - 1
    while (start > 0 && isContinuation(line[start]!)) start--
    return isContinuation(line[start]!) ? 0 : line.length - start
  }

  #echoErased(character: Uint8Array, what: 'character' | 'word' | 'line'): void {
    const first = character[0]!
    if (this.#has('echoprt')) this.#printErased(character)
    else if (what === 'character' && !this.#has('echoe')) this.#echo(this.#keyboard.termios.characters.erase)
    else if (first === TAB) this.#eraseTab()
    else for (let i = this.#columnsOf(character); i > 0; i--) this.#show(RUBOUT)
  }

  #printErased(character: Uint8Array): void {
    if (!this.#isErasing) this.#show([0x5c])
    this.#isErasing = true
    this.#echo(character[0]!)
    this.#show([...character.subarray(1)])
    // Linux goes back a column for each byte of a sequence but its first.
    this.#keyboard.column = Math.max(0, this.#keyboard.column - (character.length - 1))
  }

  #finishErasing(): void {
    if (!this.#isErasing) return
    this.#show([0x2f])
    this.#isErasing = false
  }

  /** Back to where the tab began: a multiple of eight columns counted from the tab before it, or from the line's own column. */
  #eraseTab(): void {
    const line = this.buffer.editing
    const lastTab = line.lastIndexOf(TAB)
    let columns = lastTab === -1 ? this.#keyboard.lineColumn : 0
    for (const character of this.#characters(line.subarray(lastTab + 1))) columns += this.#columnsOf(character)
    const width = 8 - (columns & 7)
    this.#show(new Array<number>(width).fill(BACKSPACE))
    if (!this.#has('opost')) this.#keyboard.column = Math.max(0, this.#keyboard.column - width)
  }

  // --- echo ----------------------------------------------------------------------------------------------------------

  #echoTyped(byte: number): void {
    if (this.buffer.editing.length === 0) this.#keyboard.lineColumn = this.#keyboard.column
    this.#echo(byte)
  }

  /** ECHOCTL: a control byte as ^X. */
  #echo(byte: number): void {
    if (!this.#has('echoctl') || !isControl(byte) || byte === TAB) {
      this.#show([byte])
      return
    }
    this.#show([0x5e, byte ^ 0x40])
    // The column is kept for these even without OPOST.
    if (!this.#has('opost')) this.#keyboard.column += 2
  }

  #show(bytes: readonly number[]): void {
    this.#keyboard.echo(bytes)
  }

  /** The driver counts a column for a sequence's first byte; its last one tells how many there are. */
  #correctColumn(): void {
    const line = this.buffer.editing
    const length = this.#lastCharacterLength(line)
    if (length !== sequenceLength(line[line.length - length] ?? 0)) return
    const columns = this.#columnsOf(line.subarray(line.length - length))
    this.#keyboard.column = Math.max(0, this.#keyboard.column + columns - 1)
  }

  /** differs: Linux takes every character for one column, and so leaves half of an erased wide one on the screen. */
  #columnsOf(character: Uint8Array): number {
    const first = character[0]!
    if (isControl(first)) return this.#has('echoctl') ? 2 : 0
    const text = decode(character)
    return STRAY.test(text) ? 1 : textWidth(text)
  }

  *#characters(line: Uint8Array): Generator<Uint8Array> {
    let start = 0
    for (let end = 1; end <= line.length; end++) {
      if (end < line.length && this.#has('iutf8') && isContinuation(line[end]!)) continue
      yield line.subarray(start, end)
      start = end
    }
  }
}

/** The kernel's isalnum is Latin-1's: every UTF-8 sequence begins with what it takes for a letter. */
function isWordByte(byte: number): boolean {
  if (byte >= 0xc0) return byte !== 0xd7 && byte !== 0xf7
  const isDigit = byte >= 0x30 && byte <= 0x39
  const letter = byte | 0x20
  return isDigit || (letter >= 0x61 && letter <= 0x7a) || byte === 0x5f
}

/** How many bytes the sequence has that begins with this one. */
function sequenceLength(first: number): number {
  if (first < 0xc0) return 1
  if (first < 0xe0) return 2
  return first < 0xf0 ? 3 : 4
}
