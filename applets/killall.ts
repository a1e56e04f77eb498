import { applet, Failure } from './applet.ts'
import { isNamed, readProcesses } from './process-table.ts'
import { sendSignal, signalAnswer, signalList, takeSignal } from './send-signal.ts'

export default applet({
  name: 'killall',
  about: 'Send a signal (TERM) to all processes of a name',
  operands: '[-l] [-q] [-SIG | -s SIG] NAME...',
  raw: true,
  async main({ proc, operands, warn }) {
    if (operands[0] === '-l') {
      const answers = operands.slice(1).map(word => `${signalAnswer(word)}\n`)
      return void (await proc.stdout.write(answers.length === 0 ? signalList() : answers.join('')))
    }
    const isQuiet = operands[0] === '-q'
    const { signal, rest } = takeSignal(isQuiet ? operands.slice(1) : operands)
    if (rest.length === 0) throw new Failure('you need to specify whom to kill')
    const processes = readProcesses(proc).filter(({ pid }) => pid !== proc.pid)
    let failures = 0
    for (const name of rest) {
      const found = processes.filter(entry => isNamed(entry, name))
      if (found.length === 0) {
        failures++
        if (!isQuiet) warn(`${name}: no process killed`)
      }
      for (const { pid } of found) if (!sendSignal(proc, pid, signal, warn)) failures++
    }
    return failures
  },
})
