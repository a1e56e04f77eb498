// An interactive shell on a terminal, as init: a test types, and reads what is shown.

import { VirtualClock } from '../../kernel/clock.ts'
import type { Kernel } from '../../kernel/kernel.ts'
import { Terminal } from '../../kernel/terminal.ts'
import { decode, encode } from '../../lib/bytes.ts'
import { bash } from '../../shell/bash.ts'
import { sh } from '../../shell/sh.ts'
import { type BoxOptions, ENV, shellKernel } from './box.ts'

export interface Session {
  readonly kernel: Kernel
  /** Types text (`\r` is Enter), waits until everybody sleeps, and answers what was shown since the last time. */
  type(text: string): Promise<string>
  /** Lets virtual time pass until nothing is left to happen, or so many milliseconds. */
  pass(ms: number): Promise<string>
  isOver(): boolean
}

export async function openSession(how: BoxOptions & { program?: 'sh' | 'bash' } = {}): Promise<Session> {
  const name = how.program ?? 'sh'
  const program = name === 'sh' ? sh : bash
  const kernel = shellKernel(how)
  const clock = kernel.clock
  const terminal = new Terminal({ clock, signalGroup: (pgid, signal) => kernel.signalGroup(pgid, signal) })
  kernel.terminals.push(terminal)
  const slave = terminal.openSlave()
  const boot = { argv: [name], env: ENV, descriptions: [slave, slave, slave], terminal }
  const init = kernel.boot(boot, () => ({ program, argv: [name] }))
  const shown = async () => {
    await kernel.idle()
    return decode(terminal.readOutput() ?? new Uint8Array(0))
  }
  await kernel.idle()
  return {
    kernel,
    type(text) {
      terminal.input(encode(text))
      return shown()
    },
    async pass(ms) {
      if (clock instanceof VirtualClock) {
        const end = clock.now() + ms
        while (clock.ringNext(end)) await kernel.idle()
        clock.moveTo(end)
      }
      return shown()
    },
    isOver: () => init.status !== undefined,
  }
}

/** Without what the editor sends to move the cursor and to colour. */
export function plain(text: string): string {
  return text.replace(/\x1b\[[0-9;?]*[A-Za-z]/g, '').replaceAll('\r', '')
}
