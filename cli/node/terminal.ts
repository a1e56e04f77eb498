// The terminal that the command was started on, as a kernel's terminal: keys in raw, and our own line discipline over them.

import type { Kernel } from '../../kernel/kernel.ts'
import { Terminal } from '../../kernel/terminal.ts'

export interface BridgedTerminal {
  readonly terminal: Terminal
  /** Shows what is left, and gives the terminal its modes back. */
  finish(): Promise<void>
}

export function bridgeTerminal(kernel: Kernel): BridgedTerminal {
  const { stdin, stdout } = process
  const terminal = new Terminal({
    name: 'pts/0',
    clock: kernel.clock,
    size: { rows: stdout.rows ?? 24, columns: stdout.columns ?? 80 },
    signalGroup: (pgid, signal) => kernel.signalGroup(pgid, signal),
  })
  kernel.terminals.push(terminal)
  const restore = () => {
    if (stdin.isTTY && stdin.isRaw) stdin.setRawMode(false)
  }
  if (stdin.isTTY) {
    stdin.setRawMode(true)
    stdin.on('data', (keys: Buffer) => terminal.input(new Uint8Array(keys)))
  }
  process.on('exit', restore)
  stdout.on('resize', () => terminal.setSize({ ...terminal.size, rows: stdout.rows, columns: stdout.columns }))
  for (const signal of ['SIGHUP', 'SIGTERM'] as const) process.on(signal, () => terminal.hangUp())
  const shown = show(terminal)
  return {
    terminal,
    async finish() {
      terminal.hangUp()
      await shown
      stdin.pause()
      restore()
    },
  }
}

async function show(terminal: Terminal): Promise<void> {
  for await (const bytes of terminal.output()) {
    if (!process.stdout.write(bytes)) await new Promise(resolve => process.stdout.once('drain', resolve))
  }
}
