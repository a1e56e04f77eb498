import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { parseSignal, SIGKILL } from '../kernel/signal.ts'
import type { Stat } from '../kernel/vfs/stat.ts'
import { flag, UsageError } from '../lib/options.ts'
import { applet, Failure } from './applet.ts'
import { readProcesses } from './process-table.ts'
import { statOrFail } from './refused.ts'
import { sendSignal } from './send-signal.ts'

/** fuser, as in busybox. */
export default applet({
  name: 'fuser',
  about: 'Find the processes that use FILEs',
  operands: '[-SIGNAL] FILE or PORT/PROTO',
  options: {
    mount: flag('-m', 'Those that use the file systems of FILEs'),
    silent: flag('-s', 'Print no pids'),
    kill: flag('-k', 'Kill them (by KILL, or -SIGNAL)'),
    four: flag('-4', 'Ports of IPv4 only'),
    six: flag('-6', 'Ports of IPv6 only'),
  },
  notes: ['Partly: PORT/tcp and PORT/udp are refused, as who holds a port is not known here.'],
  rewrite: args => args.filter(arg => signalOf(arg) === undefined),
  async main({ proc, options, operands, warn }) {
    if (operands.length === 0) throw new UsageError('')
    const port = operands.find(name => /^\d+\/(tcp|udp)$/.test(name))
    if (port !== undefined) throw new Failure(`${port}: who holds a port is not known here`)
    const wanted = operands.map(name => statOrFail(proc, name))
    const found = readProcesses(proc).filter(({ pid }) => pid !== proc.pid && uses(proc, pid, wanted, options.mount))
    if (!options.silent && found.length > 0) await proc.stdout.line(found.map(({ pid }) => `${pid} `).join(''))
    const signal =
      proc.argv
        .slice(1)
        .flatMap(arg => signalOf(arg) ?? [])
        .at(-1) ?? SIGKILL
    if (options.kill) for (const { pid } of found) sendSignal(proc, pid, signal, warn)
    return found.length > 0 ? 0 : 1
  },
})

function signalOf(arg: string): number | undefined {
  return arg.length > 2 && arg.startsWith('-') ? parseSignal(arg.slice(1)) : undefined
}

function uses(proc: Process, pid: number, wanted: readonly Stat[], isMount: boolean): boolean {
  const isWanted = (path: string) => {
    const { stat, link } = lookAt(proc, path)
    if (!stat || link === undefined) return false
    return wanted.some(({ dev, ino }) => dev === stat.dev && (isMount || ino === stat.ino))
  }
  const fds = namesAt(proc, `/proc/${pid}/fd`).map(name => `/proc/${pid}/fd/${name}`)
  return [...['cwd', 'exe', 'root'].map(name => `/proc/${pid}/${name}`), ...fds].some(isWanted)
}

function lookAt(proc: Process, path: string): { stat?: Stat; link?: string } {
  try {
    return { stat: proc.stat(path), link: proc.readlink(path) }
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return {}
  }
}

function namesAt(proc: Process, path: string): string[] {
  try {
    return proc.readNames(path)
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return []
  }
}
