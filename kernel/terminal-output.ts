// What a terminal makes of written bytes on their way to the screen (POSIX XBD 11.2.3), and the column that leaves the cursor in.

import type { Termios } from './termios.ts'

const BACKSPACE = 8
const TAB = 9
const NEWLINE = 10
const RETURN = 13
const SPACE = 32

export class OutputProcessing {
  termios: Termios
  /** The cursor's column, as far as a terminal driver can know it. */
  column = 0
  /** The column in which the line that is being typed begins. */
  lineColumn = 0

  constructor(termios: Termios) {
    this.termios = termios
  }

  /** The bytes to send for these. Without OPOST they are sent as they are and no column is kept. */
  process(bytes: Uint8Array): Uint8Array {
    const flags = this.termios
    if (!flags.opost) return bytes
    if (flags.olcuc || flags.tab3 || flags.ocrnl || flags.onocr || flags.onlret) return this.#byEach(bytes)
    if (flags.onlcr) return this.#addReturns(bytes)
    for (const byte of bytes) this.#advance(byte)
    return bytes
  }

  /** The usual settings, in two passes over the chunk: this is every screenful that a program prints. */
  #addReturns(bytes: Uint8Array): Uint8Array {
    let newlines = 0
    for (let at = bytes.indexOf(NEWLINE); at !== -1; at = bytes.indexOf(NEWLINE, at + 1)) newlines++
    const lastLine = newlines === 0 ? 0 : bytes.lastIndexOf(NEWLINE) + 1
    if (newlines > 0) this.column = this.lineColumn = 0
    for (let i = lastLine; i < bytes.length; i++) this.#advance(bytes[i]!)
    if (newlines === 0) return bytes
    const sent = new Uint8Array(bytes.length + newlines)
    let to = 0
    let from = 0
    for (let at = bytes.indexOf(NEWLINE); at !== -1; at = bytes.indexOf(NEWLINE, from)) {
      sent.set(bytes.subarray(from, at), to)
      to += at - from
      sent[to++] = RETURN
      sent[to++] = NEWLINE
      from = at + 1
    }
    sent.set(bytes.subarray(from), to)
    return sent
  }

  #byEach(bytes: Uint8Array): Uint8Array {
    const sent: number[] = []
    for (const byte of bytes) this.#processOne(byte, sent)
    return Uint8Array.from(sent)
  }

  #processOne(byte: number, sent: number[]): void {
    const flags = this.termios
    if (byte === RETURN && flags.onocr && this.column === 0) return
    if (byte === RETURN && flags.ocrnl) {
      if (flags.onlret) this.column = this.lineColumn = 0
      sent.push(NEWLINE)
      return
    }
    if (byte === TAB && flags.tab3) {
      const spaces = 8 - (this.column & 7)
      this.column += spaces
      for (let i = 0; i < spaces; i++) sent.push(SPACE)
      return
    }
    if (byte === NEWLINE && flags.onlcr) sent.push(RETURN)
    sent.push(flags.olcuc && isSmallLetter(byte) ? byte - 32 : byte)
    this.#advance(byte)
  }

  #advance(byte: number): void {
    const flags = this.termios
    if (byte === NEWLINE) {
      if (flags.onlcr || flags.onlret) this.column = 0
      this.lineColumn = this.column
    } else if (byte === RETURN) this.column = this.lineColumn = 0
    else if (byte === TAB) this.column += 8 - (this.column & 7)
    else if (byte === BACKSPACE) this.column = Math.max(0, this.column - 1)
    else if (!isControl(byte) && !(flags.iutf8 && isContinuation(byte))) this.column++
  }
}

/** The C0 controls and DEL: what ECHOCTL shows as ^X. */
export function isControl(byte: number): boolean {
  return byte < 32 || byte === 127
}

/** A byte of a UTF-8 sequence after its first. */
export function isContinuation(byte: number): boolean {
  return (byte & 0xc0) === 0x80
}

/** Of Latin-1: Linux's IUCLC and OLCUC know no other alphabet. */
export function isSmallLetter(byte: number): boolean {
  return (byte >= 0x61 && byte <= 0x7a) || (byte >= 0xe0 && byte !== 0xf7)
}
