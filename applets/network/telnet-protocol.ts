// What a telnet client makes of the bytes of a server, and of those that are typed (RFC 854, 857, 858, 1091).

import { ByteBuilder } from '../../lib/byte-builder.ts'
import { encode } from '../../lib/bytes.ts'

export type Mode = 'character' | 'line'

const IAC = 255
const DONT = 254
const DO = 253
const WONT = 252
const WILL = 251
const SB = 250
const SE = 240

const ECHO = 1
const SUPPRESS_GO_AHEAD = 3
const TERMINAL_TYPE = 24
const NEW_ENVIRONMENT = 39

export interface Received {
  readonly shown: Uint8Array
  /** What the server is told. */
  readonly answer: Uint8Array
  /** Set when the server decides who echoes. */
  readonly mode: Mode | undefined
}

export class TelnetProtocol {
  readonly #user: string | undefined
  readonly #terminal: string | undefined
  /** A command that is not all there yet. */
  #command: number[] = []
  #serverEchoes = false

  constructor(how: { readonly user: string | undefined; readonly terminal: string | undefined }) {
    this.#user = how.user
    this.#terminal = how.terminal
  }

  receive(bytes: Uint8Array): Received {
    const shown = new ByteBuilder()
    const answer = new ByteBuilder()
    let mode: Mode | undefined
    for (const byte of bytes) {
      if (this.#command.length === 0 && byte !== IAC) {
        shown.push(byte)
        continue
      }
      this.#command.push(byte)
      if (this.#command[1] === IAC) shown.push(IAC)
      if (!this.#isComplete()) continue
      const [, verb = 0, option = 0] = this.#command
      mode = this.#obey(verb, option, answer) ?? mode
      this.#command = []
    }
    return { shown: shown.take(), answer: answer.take(), mode }
  }

  /** What is typed, for the line: a newline is CR LF, and 255 is doubled. */
  send(bytes: Uint8Array): Uint8Array {
    const sent = new ByteBuilder()
    for (const byte of bytes) {
      if (byte === 10) sent.push(13)
      sent.push(byte)
      if (byte === IAC) sent.push(IAC)
      else if (byte === 13) sent.push(0)
    }
    return sent.take()
  }

  #isComplete(): boolean {
    const [, verb] = this.#command
    if (verb === undefined) return false
    if (verb === SB) return this.#command.at(-1) === SE && this.#command.at(-2) === IAC
    return verb < WILL || verb === IAC || this.#command.length === 3
  }

  #obey(verb: number, option: number, answer: ByteBuilder): Mode | undefined {
    const say = (...bytes: number[]) => {
      for (const byte of [IAC, ...bytes]) answer.push(byte)
    }
    if (verb === SB) {
      if (option === TERMINAL_TYPE && this.#terminal !== undefined) {
        say(SB, TERMINAL_TYPE, 0, ...encode(this.#terminal), IAC, SE)
      }
      if (option === NEW_ENVIRONMENT && this.#user !== undefined) {
        say(SB, NEW_ENVIRONMENT, 0, 0, ...encode('USER'), 1, ...encode(this.#user), IAC, SE)
      }
      return undefined
    }
    if (option === ECHO) return this.#obeyEcho(verb, say)
    // busybox asks for the same of the server.
    if (option === SUPPRESS_GO_AHEAD) say(verb === WILL || verb === DO ? DO : DONT, SUPPRESS_GO_AHEAD)
    else if (verb === DO) say(this.#offers(option) ? WILL : WONT, option)
    else if (verb === WILL) say(DONT, option)
    return undefined
  }

  #offers(option: number): boolean {
    if (option === TERMINAL_TYPE) return this.#terminal !== undefined
    return option === NEW_ENVIRONMENT && this.#user !== undefined
  }

  #obeyEcho(verb: number, say: (...bytes: number[]) => void): Mode | undefined {
    if (verb === DO) say(WONT, ECHO)
    if (verb !== WILL && verb !== WONT) return undefined
    const echoes = verb === WILL
    if (echoes !== this.#serverEchoes) say(echoes ? DO : DONT, ECHO)
    this.#serverEchoes = echoes
    return echoes ? 'character' : 'line'
  }
}
