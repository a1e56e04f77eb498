import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { Terminal, type TerminalOptions } from '../kernel/terminal.ts'
import { makeDevice } from '../kernel/vfs/stat.ts'

/** posix_openpt(3): a new terminal, with its file in /dev/pts. Who made it closes it. */
export function openPseudoTerminal(
  proc: Process,
  how: Pick<TerminalOptions, 'size' | 'termios'> = {},
): { readonly terminal: Terminal; close(): void } {
  const { kernel } = proc
  let number = 0
  while (kernel.terminals.some(terminal => terminal.number === number)) number++
  const terminal = new Terminal({
    ...how,
    name: `pts/${number}`,
    clock: kernel.clock,
    signalGroup: (pgid, signal) => kernel.signalGroup(pgid, signal),
  })
  const { uid } = proc.credentials
  terminal.owner = uid
  kernel.terminals.push(terminal)
  const folder = folderOfTerminals(proc)
  // What the kernel does when its multiplexer is opened, whoever asks.
  folder?.create(String(number), { kind: 'character', mode: 0o620, rdev: makeDevice(136, number), uid, gid: 5 })
  return {
    terminal,
    close() {
      terminal.hangUp()
      const at = kernel.terminals.indexOf(terminal)
      if (at >= 0) kernel.terminals.splice(at, 1)
      if (folder?.lookup(String(number))) folder.unlink(String(number))
    },
  }
}

function folderOfTerminals(proc: Process) {
  try {
    return proc.locate('/dev/pts').inode
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return undefined
  }
}
