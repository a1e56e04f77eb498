import type { Process } from '../kernel/process.ts'
import { makeRaw, type Termios } from '../kernel/termios.ts'
import { encode } from '../lib/bytes.ts'
import { flag, text } from '../lib/options.ts'
import { applet } from './applet.ts'
import { dial } from './network/dial.ts'
import { resolveHost, resolvePort } from './network/resolve.ts'
import { type Mode, TelnetProtocol } from './network/telnet-protocol.ts'

const ESCAPE = 0x1d

/** telnet, as in busybox, over the loopback device. */
export default applet({
  name: 'telnet',
  about: 'Connect to a telnet server of this box',
  operands: 'HOST [PORT]',
  least: 1,
  most: 2,
  options: {
    automatic: flag('-a', 'Log in as $USER'),
    login: text('-l', 'USER', 'Log in as USER'),
  },
  async main({ proc, options, operands: [host = '', port = '23'] }) {
    const to = resolveHost(proc, host, resolvePort(proc, port))
    const socket = await dial(proc, to)
    const user = options.login ?? (options.automatic ? proc.env.get('USER') : undefined)
    const session = new Session(proc, socket, new TelnetProtocol({ user, terminal: proc.env.get('TERM') }))
    await session.tell(`Connected to ${host}\n`)
    try {
      await session.run()
    } finally {
      session.restore()
    }
    await session.end()
    return 0
  },
})

class Session {
  readonly #proc: Process
  readonly #socket: number
  readonly #protocol: TelnetProtocol
  readonly #before: Termios | undefined
  #mode: Mode | undefined
  /** What it says itself: where that is no terminal, at the end, as stdio of the real one writes it. */
  #said = ''

  constructor(proc: Process, socket: number, protocol: TelnetProtocol) {
    this.#proc = proc
    this.#socket = socket
    this.#protocol = protocol
    this.#before = proc.terminal(0)?.termios
  }

  /** Until either side ends. */
  async run(): Promise<void> {
    for (;;) {
      const ready = await this.#proc.select([0, this.#socket])
      if (ready.includes(this.#socket) && !(await this.#receive())) return
      if (ready.includes(0) && !(await this.#send())) return
    }
  }

  restore(): void {
    if (this.#before) this.#proc.terminal(0)?.setTermios(this.#before)
  }

  async tell(text: string): Promise<void> {
    this.#said += text
    if (this.#proc.terminal(1)) await this.end()
  }

  async end(): Promise<void> {
    await this.#proc.write(1, encode(this.#said))
    this.#said = ''
  }

  async #receive(): Promise<boolean> {
    const bytes = await this.#proc.read(this.#socket)
    if (bytes.length === 0) {
      await this.#proc.write(1, encode('Connection closed by foreign host\r\n'))
      return false
    }
    const { shown, answer, mode } = this.#protocol.receive(bytes)
    if (answer.length > 0) await this.#proc.write(this.#socket, answer)
    if (mode !== undefined && mode !== this.#mode) {
      await this.#enter(mode)
      await this.#proc.write(1, encode('\r\n'))
    }
    await this.#proc.write(1, shown)
    return true
  }

  async #enter(mode: Mode): Promise<void> {
    this.#mode = mode
    const key = mode === 'character' ? ']' : 'C'
    await this.tell(`\r\nEntering ${mode} mode\r\nEscape character is '^${key}'.\r\n`)
    if (!this.#before) return
    this.#proc.terminal(0)?.setTermios(mode === 'character' ? makeRaw(this.#before) : this.#before)
  }

  async #send(): Promise<boolean> {
    const bytes = await this.#proc.read(0)
    if (bytes.length === 0) return false
    const at = this.#before && this.#mode === 'character' ? bytes.indexOf(ESCAPE) : -1
    if (at !== -1) return this.#askCommand()
    await this.#proc.write(this.#socket, this.#protocol.send(bytes))
    return true
  }

  /** What ^] leads to. */
  async #askCommand(): Promise<boolean> {
    const menu =
      '\r\nConsole escape. Commands are:\r\n\n l\tgo to line mode\r\n c\tgo to character mode\r\n e\texit telnet\r\n'
    await this.#proc.write(1, encode(menu))
    const [key] = await this.#proc.read(0, 1)
    if (key === undefined || key === 0x65) return false
    if (key === 0x6c || key === 0x63) await this.#enter(key === 0x6c ? 'line' : 'character')
    return true
  }
}
