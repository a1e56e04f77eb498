// A full-screen program on a terminal of its own: keys go in, the files and the last screen come out.

import { VirtualClock } from '../../kernel/clock.ts'
import type { Program } from '../../kernel/program.ts'
import { Terminal } from '../../kernel/terminal.ts'
import { decode, encode } from '../../lib/bytes.ts'
import { testHost, testKernel } from '../kernel/box.ts'
import { LittleScreen } from './little-screen.ts'

export interface Shown {
  readonly rows: readonly string[]
  readonly status: unknown
  readonly isCanonical: boolean
  file(name: string): string
}

/** Each piece of keys is typed when the program waits for them. */
export async function playKeys(
  program: Program,
  argv: readonly string[],
  files: Record<string, string>,
  keys: readonly string[],
  size = { rows: 10, columns: 40 },
): Promise<Shown> {
  const clock = new VirtualClock()
  const kernel = testKernel(files, { host: testHost(clock) })
  const terminal = new Terminal({ clock, size, signalGroup: (pgid, signal) => kernel.signalGroup(pgid, signal) })
  const screen = new LittleScreen(size.rows, size.columns)
  const slave = terminal.openSlave()
  const env = new Map([['HOME', '/']])
  const proc = kernel.boot({ argv, env, terminal, descriptions: [slave, slave, slave] }, () => ({ program, argv }))
  const settle = async () => {
    for (let i = 0; i < 20; i++) {
      await kernel.idle()
      for (let out = terminal.readOutput(); out && out.length > 0; out = terminal.readOutput()) {
        screen.write(decode(out))
      }
      if (!clock.ringNext()) break
    }
  }
  await settle()
  for (const piece of keys) {
    terminal.input(encode(piece))
    await settle()
  }
  return {
    rows: screen.lines,
    status: proc.status,
    isCanonical: terminal.termios.icanon,
    file: name => decode(proc.contentsOf(`/${name}`)),
  }
}
