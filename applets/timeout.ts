import { text } from '../lib/options.ts'
import { SysError } from '../kernel/errno.ts'
import { parseSignal, SIGKILL } from '../kernel/signal.ts'
import { exitStatus } from '../kernel/wait-status.ts'
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
    let isLate = false
    const alarms = [
      clock.alarm(ms, () => {
        isLate = true
        child.receive(signal)
        if (grace !== undefined) alarms.push(clock.alarm(grace, () => child.receive(SIGKILL)))
      }),
    ]
    const found = await proc.wait(child.pid)
    for (const alarm of alarms) alarm.cancel()
    const status = found ? exitStatus(found[1]) : 1
    // busybox: 143 of a child that was told to end is what it was; the program's own status otherwise.
    return isLate && found && 'killed' in found[1] ? (found[1].killed === SIGKILL ? 137 : 143) : status
  },
})
