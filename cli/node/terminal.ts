// The terminal that the command was started on, as a kernel's terminal: keys in raw, and our own line discipline over them.

import type { Kernel } from '../../kernel/kernel.ts'
import { Terminal } from '../../kernel/terminal.ts'
import { SANE, type Termios } from '../../kernel/termios.ts'
import { isTerminal } from './stdio.ts'

export interface BridgedTerminal {
  readonly terminal: Terminal
  /** Shows what is left, and gives the host's terminal its modes back. */
  finish(): Promise<void>
}

/** undefined: stdin is no terminal, or nothing can be shown on it. With stdout in a pipe, stderr is its screen. */
export function bridgeTerminal(kernel: Kernel): BridgedTerminal | undefined {
  if (!isTerminal(0) || !(isTerminal(1) || isTerminal(2))) return undefined
  const screen = isTerminal(1) ? process.stdout : process.stderr
  const terminal = new HostTerminal(kernel, screen)
  kernel.terminals.push(terminal)
  screen.on('resize', () => terminal.setSize({ rows: screen.rows, columns: screen.columns }))
  const shown = show(terminal, screen)
  return {
    terminal,
    async finish() {
      terminal.hangUp()
      await shown
      terminal.giveBack()
    },
  }
}

/**
 * Leaves the host's terminal as it is until somebody reads keys or sets a mode: a command that does neither can be typed
 * ahead of, and runs in the background, where setting a mode would stop it (SIGTTOU).
 */
class HostTerminal extends Terminal {
  #isTaken = false
  readonly #giveBack = () => this.giveBack()
  readonly #keys = (keys: Buffer) => this.input(new Uint8Array(keys))
  readonly #lost = () => this.hangUp()
  /** A shell that continues us has set its own modes. */
  readonly #continued = () => void process.stdin.setRawMode(false).setRawMode(true)

  constructor(kernel: Kernel, screen: NodeJS.WriteStream) {
    super({
      name: 'pts/0',
      clock: kernel.clock,
      // A serial line may know no size.
      size: { rows: screen.rows || 24, columns: screen.columns || 80 },
      // The host's terminal makes the CR of a line's end, until it is taken.
      termios: { ...SANE, opost: false },
      signalGroup: (pgid, signal) => kernel.signalGroup(pgid, signal),
    })
  }

  override takeLine(max: number): Uint8Array | undefined {
    this.#take()
    return super.takeLine(max)
  }

  override setTermios(termios: Termios, when: 'now' | 'drain' | 'flush' = 'now'): void {
    this.#take()
    // What was saved before it was taken is put back while the host's terminal is raw.
    super.setTermios(termios.icanon ? { ...termios, opost: true } : termios, when)
  }

  giveBack(): void {
    if (!this.#isTaken) return
    this.#isTaken = false
    const { stdin } = process
    process.off('exit', this.#giveBack)
    process.off('SIGCONT', this.#continued)
    stdin.off('data', this.#keys)
    stdin.pause()
    // One that was hung up has no modes any more, and says so as an error that tells nothing new.
    if (!stdin.destroyed) stdin.setRawMode(false)
  }

  #take(): void {
    if (this.#isTaken || this.isHungUp) return
    this.#isTaken = true
    const { stdin } = process
    process.on('exit', this.#giveBack)
    process.on('SIGCONT', this.#continued)
    stdin.on('error', this.#lost)
    stdin.on('end', this.#lost)
    stdin.on('data', this.#keys)
    stdin.setRawMode(true)
    stdin.resume()
    super.setTermios({ ...this.termios, opost: true })
  }
}

async function show(terminal: Terminal, screen: NodeJS.WriteStream): Promise<void> {
  // The terminal was closed: the end of stdin and SIGHUP tell that too.
  screen.on('error', () => terminal.hangUp())
  for await (const bytes of terminal.output()) {
    if (screen.destroyed) return
    if (!screen.write(bytes)) await drained(screen)
  }
}

function drained(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise(resolve => {
    const done = () => {
      for (const event of ['drain', 'close', 'error']) stream.off(event, done)
      resolve()
    }
    for (const event of ['drain', 'close', 'error']) stream.on(event, done)
  })
}
