// The processes of a container, for `top`.

import type { Kernel } from '../kernel/kernel.ts'
import type { ProcessRow } from './handle.ts'

export function processRows(kernel: Kernel): ProcessRow[] {
  return [...kernel.processes.values()].map(process => ({
    pid: process.pid,
    ppid: process.ppid,
    user: process.credentials.euid === 0 ? 'root' : String(process.credentials.euid),
    startedAt: process.startedAt,
    cpu: process.cpu,
    terminal: process.controllingTerminal?.name ?? '?',
    command: process.status ? `[${process.comm}] <defunct>` : process.argv.join(' '),
  }))
}
