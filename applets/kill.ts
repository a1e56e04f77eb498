import { applet, Failure } from './applet.ts'
import { sendSignal, signalAnswer, signalList, takeSignal } from './send-signal.ts'

export default applet({
  name: 'kill',
  about: 'Send a signal (TERM) to processes; a negative PID is a group',
  operands: '[-l [SIG]...] [-SIG | -s SIG] PID...',
  raw: true,
  async main({ proc, operands, warn }) {
    if (operands[0] === '-l') {
      const words = operands.slice(1)
      const answers = words.map(word => `${signalAnswer(word)}\n`)
      return void (await proc.stdout.write(words.length === 0 ? signalList() : answers.join('')))
    }
    const { signal, rest } = takeSignal(operands)
    if (rest.length === 0) throw new Failure('you need to specify whom to kill')
    let failures = 0
    for (const word of rest) {
      if (!/^-?\d+$/.test(word)) warn(`invalid number '${word}'`)
      else if (sendSignal(proc, Number(word), signal, warn)) continue
      failures++
    }
    // A signal to itself arrives before kill returns.
    await proc.gate()
    return failures
  },
})
