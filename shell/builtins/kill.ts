import { SysError } from '../../kernel/errno.ts'
import { allSignals, parseSignal, SIGTERM, type Signal, signalName } from '../../kernel/signal.ts'
import { andThen, type Completion } from '../run/completion.ts'
import { flushAnyway } from '../run/fork.ts'
import type { Shell } from '../shell.ts'
import { builtin } from './builtin.ts'
import { findJob } from './find-job.ts'
import { print } from './print.ts'

/** Of the shell, because it knows jobs. */
export default builtin({
  name: 'kill',
  raw: true,
  about: 'Send a signal to processes or jobs',
  operands: '[-l] [-s SIGNAL|-SIGNAL] PID|%JOB...',
  main({ shell, operands }): Completion {
    const [first, ...others] = operands
    if (first === '-l' || first === '-L') return list(shell, others)
    const { signal, name, rest } = takeSignal(operands)
    if (signal === undefined) {
      shell.complainBriefly(`bad signal name '${name}'`)
      return 1
    }
    if (rest.length === 0) {
      shell.complainBriefly('you need to specify whom to kill')
      return 1
    }
    // A child that has ended is no process any more; and what was printed is not lost, should the signal be the shell's end.
    shell.jobs.poll(shell.proc, shell.options.monitor)
    return andThen(flushAnyway(shell), () => sendAll(shell, rest, signal))
  },
})

function sendAll(shell: Shell, targets: readonly string[], signal: Signal): Completion {
  const failures = targets.filter(target => !send(shell, target, signal))
  const status = failures.length === 0 ? 0 : 1
  // A signal to itself arrives before kill returns.
  const gate = shell.proc.gate()
  return gate ? gate.then(() => status) : status
}

function takeSignal(words: readonly string[]): { signal: Signal | undefined; name: string; rest: readonly string[] } {
  const [first = '', second = ''] = words
  if (first === '--') return { signal: SIGTERM, name: 'TERM', rest: words.slice(1) }
  if (!first.startsWith('-')) return { signal: SIGTERM, name: 'TERM', rest: words }
  const isSeparate = first === '-s' || first === '-n'
  const name = isSeparate ? second : first.slice(1).replace(/^s(?=[A-Z])/, '')
  const after = words.slice(isSeparate ? 2 : 1)
  return { signal: parseSignal(name), name, rest: after[0] === '--' ? after.slice(1) : after }
}

/** A job with a group of its own is signalled as a whole. */
function send(shell: Shell, target: string, signal: Signal): boolean {
  try {
    if (!target.startsWith('%')) {
      if (!/^-?\d+$/.test(target)) throw new SysError('EINVAL')
      shell.proc.kill(Number(target), signal)
      return true
    }
    const job = findJob(shell, target)
    if (job.pgid !== undefined) shell.proc.kill(-job.pgid, signal)
    else for (const { pid } of job.members) shell.proc.kill(pid, signal)
    return true
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    const isNumber = error.errno !== 'EINVAL'
    shell.complainBriefly(isNumber ? `can't kill pid ${target}: ${error.message}` : `invalid number '${target}'`)
    return false
  }
}

function list(shell: Shell, words: readonly string[]): Completion {
  if (words.length === 0) {
    return print(
      shell,
      allSignals()
        .map(signal => `${String(signal).padStart(2)}) ${signalName(signal)}\n`)
        .join(''),
    )
  }
  const lines = words.map(word => {
    const number = /^\d+$/.test(word) ? Number(word) : undefined
    // A status of a killed command is its signal and 128.
    return number === undefined ? parseSignal(word) : signalName(number > 128 ? number - 128 : number)
  })
  const unknown = words.find((_, index) => lines[index] === undefined)
  if (unknown !== undefined) shell.complainBriefly(`unknown signal '${unknown}'`)
  const known = lines.filter(line => line !== undefined)
  return print(shell, known.map(line => `${line}\n`).join(''), unknown === undefined ? 0 : 1)
}
