import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { parseSignal, SIGKILL, type Signal } from '../kernel/signal.ts'
import { exitStatus } from '../kernel/wait-status.ts'
import { text } from '../lib/options.ts'
import { applet, Failure } from './applet.ts'
import { execCommand } from './run-command.ts'
import { sleepTime } from './sleep.ts'

export default applet({
  name: 'timeout',
  about: 'Run a program, and signal it when it runs too long',
  operands: 'SECS PROG ARGS',
  least: 2,
  stopAtOperand: true,
  options: {
    signal: text('-s', 'SIG', 'The signal (default TERM)', 'TERM'),
    killAfter: text('-k', 'SECS', 'KILL it when it still runs so much later'),
  },
  async main({ proc, options, operands: [time = '', ...argv] }) {
    const signal = parseSignal(options.signal)
    if (!signal) throw new Failure(`unknown signal '${options.signal}'`)
    const ms = sleepTime(time)
    const grace = options.killAfter === undefined ? undefined : sleepTime(options.killAfter)
    if (ms === undefined) throw new Failure(`invalid number '${time}'`)
    const child = proc.fork(self => {
      try {
        execCommand(self, argv)
      } catch (error) {
        if (!(error instanceof SysError)) throw error
        void self.stderr.line(`timeout: can't execute '${argv[0]}': ${error.message}`)
        return error.errno === 'ENOENT' ? 127 : 126
      }
    })
    const { clock } = proc.kernel
    const alarms = [
      clock.alarm(ms, () => {
        child.receive(signal)
        if (grace !== undefined) alarms.push(clock.alarm(grace, () => child.receive(SIGKILL)))
      }),
    ]
    const found = await proc.wait(child.pid)
    for (const alarm of alarms) alarm.cancel()
    const status = found?.[1] ?? { exited: 1 }
    if ('killed' in status) await endAs(proc, status.killed)
    return exitStatus(status)
  },
})

/** In busybox the program takes the place of timeout, whose parent sees the signal; init goes on, for it heeds none. */
async function endAs(proc: Process, signal: Signal): Promise<void> {
  if (signal !== SIGKILL) proc.onSignal(signal, 'default')
  proc.kill(proc.pid, signal)
  await proc.gate()
}
