// The processes of a container, for `top`.

import type { Kernel } from '../kernel/kernel.ts'
import type { ProcessState } from '../kernel/process.ts'
import type { ProcessRow } from './handle.ts'

const STATES: Readonly<Record<ProcessState, string>> = { running: 'R', sleeping: 'S', stopped: 'T', zombie: 'Z' }

export function processRows(kernel: Kernel): ProcessRow[] {
  return [...kernel.processes.values()].map(process => ({
    pid: process.pid,
    ppid: process.ppid,
    pgid: process.pgid,
    sid: process.sid,
    uid: process.credentials.euid,
    gid: process.credentials.egid,
    state: STATES[process.state],
    memory: process.memory,
    isForeground: process.controllingTerminal?.foreground === process.pgid,
    comm: process.comm,
    user: process.credentials.euid === 0 ? 'root' : String(process.credentials.euid),
    startedAt: process.startedAt,
    cpu: process.cpu,
    terminal: process.controllingTerminal?.name ?? '?',
    command: process.status ? `[${process.comm}] <defunct>` : process.argv.join(' '),
  }))
}
