import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { SIGHUP, SIGTERM } from '../kernel/signal.ts'
import { flag, text } from '../lib/options.ts'
import { applet } from './applet.ts'
import { execCommand, startCommand } from './run-command.ts'

const LOOK_MS = 5000
const RETRY_MS = 1000

/** runsvdir, as in busybox (runit). */
export default applet({
  name: 'runsvdir',
  about: 'Run a runsv for every folder in DIR, and again when one ends',
  operands: 'DIR',
  least: 1,
  most: 1,
  options: {
    sessions: flag('-P', 'Each in a session of its own'),
    script: text('-s', 'SCRIPT', 'Run SCRIPT with the number of a signal that came'),
  },
  async main({ proc, options, operands: [folder = ''] }) {
    let came = 0
    for (const signal of [SIGTERM, SIGHUP]) {
      proc.onSignal(signal, () => {
        came = signal
      })
    }
    const running = new Map<string, number>()
    for (;;) {
      reap(proc, running)
      // busybox: a folder that is not there may yet come.
      const isThere = isFolder(proc, folder)
      if (isThere) look(proc, folder, { running, isApart: options.sessions })
      else await proc.stderr.line(`runsvdir: ${folder}: warning: can't stat ${folder}`)
      if (came === 0) await pause(proc, isThere ? LOOK_MS : RETRY_MS)
      if (came === 0) continue
      if (options.script !== undefined) {
        const { child } = startCommand(proc, [options.script, String(came)])
        await proc.wait(child.pid)
      }
      // HUP takes the services along; TERM leaves them.
      if (came === SIGTERM) return 0
      for (const pid of running.values()) terminate(proc, pid)
      return 111
    }
  },
})

function look(
  proc: Process,
  folder: string,
  { running, isApart }: { readonly running: Map<string, number>; readonly isApart: boolean },
): void {
  const names = proc
    .readDirectory(folder)
    .filter(({ name }) => !name.startsWith('.') && isFolder(proc, `${folder}/${name}`))
    .map(({ name }) => name)
  for (const name of names) {
    if (running.has(name)) continue
    const run = (self: Process) => {
      self.chdir(folder)
      return execCommand(self, ['runsv', name])
    }
    const child = proc.fork(run, isApart ? { session: true } : {})
    running.set(name, child.pid)
  }
  for (const [name, pid] of running) {
    if (names.includes(name)) continue
    terminate(proc, pid)
    running.delete(name)
  }
}

function isFolder(proc: Process, name: string): boolean {
  try {
    return proc.stat(name).kind === 'directory'
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return false
  }
}

function reap(proc: Process, running: Map<string, number>): void {
  while (proc.children.size > 0) {
    const ended = proc.waitNow('any')
    if (!ended) return
    for (const [name, pid] of running) if (pid === ended[0]) running.delete(name)
  }
}

async function pause(proc: Process, ms: number): Promise<void> {
  try {
    await proc.sleep(ms)
  } catch (error) {
    if (!(error instanceof SysError) || error.errno !== 'EINTR') throw error
  }
}

function terminate(proc: Process, pid: number): void {
  try {
    proc.kill(pid, SIGTERM)
  } catch (error) {
    if (!(error instanceof SysError)) throw error
  }
}
