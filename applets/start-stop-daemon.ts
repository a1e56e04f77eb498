import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { parseSignal, SIGTERM } from '../kernel/signal.ts'
import { decode, encode } from '../lib/bytes.ts'
import { flag, number, text, UsageError } from '../lib/options.ts'
import { Accounts } from './accounts.ts'
import { applet, Failure, type Invocation } from './applet.ts'
import { becomeNamed } from './become-user.ts'
import { type ProcessEntry, readProcesses } from './process-table.ts'
import { execCommand } from './run-command.ts'
import { sendSignal } from './send-signal.ts'

const options = {
  start: flag('-S --start', 'Start a program, unless a process that matches is found'),
  stop: flag('-K --stop', 'Stop all processes that match'),
  user: text('-u --user', 'USER', 'Only processes of this user'),
  name: text('-n --name', 'NAME', 'Processes of this name'),
  exec: text('-x --exec', 'FILE', 'Processes started as FILE; with -S, what is started'),
  pidfile: text('-p --pidfile', 'FILE', 'The process whose pid is in FILE'),
  startAs: text('-a --startas', 'NAME', 'The name it is started under'),
  background: flag('-b --background', 'In the background'),
  output: text('-O --output', 'FILE', 'Append stdout and stderr to FILE'),
  nice: number('-N --nicelevel', 'N', 'Accepted: all processes share one priority', undefined, { isSigned: true }),
  chuid: text('-c --chuid', 'USER[:GRP]', 'As this user'),
  directory: text('-d --chdir', 'DIR', 'In this directory'),
  makePidfile: flag('-m --make-pidfile', 'Write the pid to the file of -p'),
  signal: text('-s --signal', 'SIG', 'What is sent (TERM)', 'TERM'),
  test: flag('-t --test', 'Only tell, by the status, whether one is found'),
  okNoDo: flag('-o --oknodo', 'It is well when nothing is done'),
  verbose: flag('-v --verbose', 'Tell more'),
  quiet: flag('-q --quiet', 'Tell nothing'),
  retry: text('-R --retry', 'SECONDS', 'Accepted: nothing is waited for'),
}

/** start-stop-daemon, as in busybox. */
export default applet({
  name: 'start-stop-daemon',
  about: 'Start a program unless it runs, or stop it',
  operands: '[ARG]...',
  options,
  async main(invocation) {
    const { options: how } = invocation
    if (how.start === how.stop) throw new UsageError('')
    if (how.start && how.exec === undefined && how.startAs === undefined) throw new UsageError('')
    if (how.makePidfile && how.pidfile === undefined) throw new UsageError('')
    const { exec, pidfile, user, name } = how
    if (how.stop && [exec, pidfile, user, name].every(wanted => wanted === undefined)) throw new UsageError('')
    return how.stop ? stop(invocation) : start(invocation)
  },
})

type Daemon = Invocation<typeof options>

function matching({ proc, options: how }: Daemon): ProcessEntry[] {
  const uid = how.user === undefined ? undefined : new Accounts(proc).uid(how.user)
  const pid = how.pidfile === undefined ? undefined : readPid(proc, how.pidfile)
  if (how.pidfile !== undefined && pid === undefined) return []
  const program = how.exec ?? how.startAs
  return readProcesses(proc).filter(
    entry =>
      entry.pid !== proc.pid &&
      entry.state !== 'Z' &&
      (pid === undefined || entry.pid === pid) &&
      (uid === undefined || entry.uid === uid) &&
      (how.name === undefined || entry.comm === how.name.slice(0, 15)) &&
      (program === undefined || entry.argv[0] === program),
  )
}

function readPid(proc: Process, file: string): number | undefined {
  try {
    const match = /^\s*(\d+)/.exec(decode(proc.contentsOf(file)))
    return match ? Number(match[1]) : undefined
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    if (error.errno === 'ENOENT') return undefined
    throw new Failure(`open pidfile ${file}: ${error.message}`)
  }
}

async function stop(daemon: Daemon): Promise<number> {
  const { proc, options: how, warn } = daemon
  const { exec, name, pidfile, user } = how
  const what =
    exec ?? name ?? (pidfile === undefined ? `process(es) owned by '${user}'` : `process in pidfile '${pidfile}'`)
  const signal = parseSignal(how.signal) ?? (/^\d+$/.test(how.signal) ? Number(how.signal) : undefined)
  if (signal === undefined) throw new Failure(`unknown signal '${how.signal}'`)
  const found = matching(daemon)
  if (found.length === 0) {
    if (!how.quiet) await proc.stdout.line(`no ${what} found; none killed`)
    return how.okNoDo ? 0 : 1
  }
  const killed = how.test ? found : found.filter(({ pid }) => sendSignal(proc, pid, signal, warn))
  if (!how.quiet && killed.length > 0)
    await proc.stdout.line(`stopped ${what} (pid ${killed.map(({ pid }) => pid).join(' ')})`)
  return killed.length > 0 || signal !== SIGTERM ? 0 : 1
}

async function start(daemon: Daemon): Promise<number> {
  const { proc, options: how, operands } = daemon
  const [running] = matching(daemon)
  const program = how.exec ?? how.startAs ?? ''
  if (running) {
    if (!how.quiet) await proc.stdout.line(`${program} is already running\n${running.pid}`)
    return how.okNoDo ? 0 : 1
  }
  if (how.test) return how.okNoDo ? 0 : 1
  const argv = [how.startAs ?? program, ...operands]
  if (!how.background) return become(daemon, program, argv)
  const child = proc.fork(
    async self => {
      const none = await self.open('/dev/null', { read: true, write: true })
      for (const fd of [0, 1, 2]) self.dup(none, { onto: fd })
      return become({ ...daemon, proc: self }, program, argv)
    },
    { session: true },
  )
  if (how.makePidfile) await writePid(proc, how.pidfile!, child.pid)
  return 0
}

async function become({ proc, options: how }: Daemon, program: string, argv: readonly string[]): Promise<number> {
  if (how.makePidfile && !how.background) await writePid(proc, how.pidfile!, proc.pid)
  try {
    if (how.output !== undefined) {
      const fd = await proc.open(how.output, { write: true, create: true, append: true })
      proc.dup(fd, { onto: 1 })
      proc.dup(fd, { onto: 2 })
    }
    if (how.chuid !== undefined) becomeNamed(proc, how.chuid)
    if (how.directory !== undefined) proc.chdir(how.directory)
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    throw new Failure(`can't change directory to '${how.directory}': ${error.message}`)
  }
  try {
    return program === argv[0] ? execCommand(proc, argv) : proc.exec(program, argv)
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    throw new Failure(`can't execute '${program}': ${error.message}`)
  }
}

async function writePid(proc: Process, file: string, pid: number): Promise<void> {
  const fd = await proc.open(file, { write: true, create: true, truncate: true })
  await proc.write(fd, encode(`${pid}\n`))
  proc.close(fd)
}
