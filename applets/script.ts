import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import type { Terminal } from '../kernel/terminal.ts'
import { makeRaw } from '../kernel/termios.ts'
import { encode } from '../lib/bytes.ts'
import { flag, optional, text } from '../lib/options.ts'
import { applet } from './applet.ts'
import { execOrFail } from './exec-or-fail.ts'
import { openPseudoTerminal } from './pseudo-terminal.ts'

/** script, as in busybox. */
export default applet({
  name: 'script',
  about: "Write down what a terminal's session prints, by default into typescript",
  operands: '[OUTFILE]',
  most: 1,
  options: {
    append: flag('-a', 'Append to OUTFILE'),
    command: text('-c', 'PROG', 'Run PROG, not a shell'),
    flush: flag('-f', 'Accepted: all is written at once'),
    quiet: flag('-q', 'Say nothing of the beginning and the end'),
    timing: optional('-t', 'FILE', 'Write the timing to FILE, or stderr'),
  },
  async main({ proc, options, operands: [file = 'typescript'] }) {
    const tell = (what: string) => (options.quiet ? undefined : proc.stdout.line(`Script ${what}, file is ${file}`))
    const out = await proc.open(file, {
      write: true,
      create: true,
      ...(options.append ? { append: true } : { truncate: true }),
    })
    const timing =
      typeof options.timing === 'string'
        ? await proc.open(options.timing, { write: true, create: true, truncate: true })
        : options.timing
          ? 2
          : undefined
    await tell('started')
    await proc.stdout.flush()
    const shell = proc.env.get('SHELL') ?? '/bin/sh'
    const argv = [shell, ...(options.command === undefined ? ['-i'] : ['-c', options.command])]
    await record(proc, argv, async (bytes, seconds) => {
      await proc.write(out, bytes.slice())
      if (timing !== undefined) await proc.write(timing, encode(`${seconds.toFixed(6)} ${bytes.length}\n`))
    })
    await tell('done')
    return 0
  },
})

type Keep = (bytes: Uint8Array, seconds: number) => Promise<void>

/** Runs a program on a terminal of its own, behind ours. */
async function record(proc: Process, argv: readonly string[], keep: Keep): Promise<void> {
  const own = proc.terminal(0)
  const before = own?.termios
  const { terminal, close } = openPseudoTerminal(proc, own ? { size: own.size, termios: own.termios } : {})
  const slave = terminal.openSlave()
  const child = proc.fork(
    self => {
      self.takeTerminal(terminal)
      for (const fd of [0, 1, 2]) self.fds.put(fd, slave)
      return execOrFail(self, argv)
    },
    { session: true },
  )
  if (own && before) own.setTermios(makeRaw(before))
  const pump = proc.fork(self => pumpInput(self, terminal))
  try {
    await pumpOutput(proc, terminal, keep)
    await proc.wait(child.pid)
  } finally {
    if (own && before) own.setTermios(before)
    if (!pump.status) proc.kill(pump.pid, 9)
    await proc.wait(pump.pid)
    close()
  }
}

async function pumpInput(self: Process, terminal: Terminal): Promise<number> {
  for (;;) {
    const bytes = await self.read(0)
    // busybox: at the end of stdin the program goes on, and hears nothing more.
    if (bytes.length === 0) return 0
    terminal.input(bytes)
  }
}

async function pumpOutput(proc: Process, terminal: Terminal, keep: Keep): Promise<void> {
  let last = proc.kernel.clock.now()
  for (;;) {
    const bytes = terminal.readOutput()
    if (bytes?.length === 0) return
    if (!bytes) {
      await waitForOutput(proc, terminal)
      continue
    }
    const now = proc.kernel.clock.now()
    await keep(bytes, (now - last) / 1000)
    last = now
    await proc.stdout.write(bytes)
    await proc.stdout.flush()
  }
}

async function waitForOutput(proc: Process, terminal: Terminal): Promise<void> {
  try {
    await proc.sleepOn(terminal.outputChanged)
  } catch (error) {
    if (!(error instanceof SysError) || error.errno !== 'EINTR') throw error
  }
}
