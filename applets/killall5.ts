import { parseSignal, SIGCONT, SIGKILL, SIGSTOP, SIGTERM } from '../kernel/signal.ts'
import { parseNumber } from '../lib/options.ts'
import { applet, Failure } from './applet.ts'
import { readProcesses } from './process-table.ts'
import { sendSignal, signalAnswer, signalList } from './send-signal.ts'

/** killall5, as in busybox. */
export default applet({
  name: 'killall5',
  about: 'Send a signal (TERM) to all processes outside of this session',
  operands: '[-l] [-SIG] [-o PID]...',
  raw: true,
  async main({ proc, operands, warn }) {
    if (operands[0] === '-l') {
      const answers = operands.slice(1).map(word => `${signalAnswer(word)}\n`)
      return void (await proc.stdout.write(answers.length === 0 ? signalList() : answers.join('')))
    }
    let rest = operands
    let signal = SIGTERM
    if (rest[0]?.startsWith('-') && rest[0] !== '-o') {
      const parsed = parseSignal(rest[0].slice(1))
      if (parsed === undefined) throw new Failure(`bad signal name '${rest[0].slice(1)}'`)
      signal = parsed
      rest = rest.slice(1)
    }
    const spared = sparedPids(rest)
    const everybody = readProcesses(proc).filter(
      ({ pid, sid }) => pid !== 1 && pid !== proc.pid && sid !== proc.sid && !spared.includes(pid),
    )
    // All are stopped first, so that none makes another while they are signalled.
    const isStopping = signal !== SIGSTOP && signal !== SIGCONT
    if (isStopping) for (const { pid } of everybody) sendSignal(proc, pid, SIGSTOP, () => {})
    for (const { pid } of everybody) sendSignal(proc, pid, signal, warn)
    if (isStopping && signal !== SIGKILL) for (const { pid } of everybody) sendSignal(proc, pid, SIGCONT, () => {})
    return everybody.length > 0 ? 0 : 2
  },
})

function sparedPids(words: readonly string[]): number[] {
  const spared: number[] = []
  for (let at = 0; at < words.length && words[at]?.startsWith('-'); at += 2) {
    const pid = words[at + 1]
    if (words[at] !== '-o' || pid === undefined) throw new Failure(`bad option '${words[at]}'`)
    spared.push(parseNumber(pid))
  }
  return spared
}
