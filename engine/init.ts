// `--init`: a first process that runs the command as its child, hands signals on, and reaps orphans (docker-init, tini).

import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import type { LoadedProgram } from '../kernel/program.ts'
import { allSignals, SIGCHLD, SIGKILL, SIGSTOP } from '../kernel/signal.ts'
import { exitStatus } from '../kernel/wait-status.ts'

export function initProgram(command: LoadedProgram): LoadedProgram {
  const program = { name: 'docker-init', main: (proc: Process) => supervise(proc, command) }
  return { program, argv: ['/sbin/docker-init', '--', ...command.argv] }
}

async function supervise(proc: Process, command: LoadedProgram): Promise<number> {
  const terminal = proc.terminal(0)
  const child = proc.fork(self => self.execProgram(command.program, command.argv), { group: 'new' })
  if (terminal && terminal.session === proc.sid) terminal.foreground = child.pid
  for (const signal of allSignals()) {
    if (signal === SIGKILL || signal === SIGSTOP || signal === SIGCHLD) continue
    proc.onSignal(signal, { handler: () => child.receive(signal), restart: true })
  }
  for (;;) {
    const [pid, status] = await waitForAny(proc)
    if (pid === child.pid) return exitStatus(status)
  }
}

async function waitForAny(proc: Process) {
  for (;;) {
    try {
      const found = await proc.wait('any')
      if (found) return found
    } catch (error) {
      if (!(error instanceof SysError) || error.errno !== 'EINTR') throw error
    }
  }
}
