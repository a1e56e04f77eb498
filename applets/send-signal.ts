// What kill, killall and pkill share: the signal on the command line, lists of signals, and sending.

import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { parseSignal, SIGTERM, type Signal, signalName } from '../kernel/signal.ts'
import { Failure } from './applet.ts'

/** Takes `-SIG` or `-s SIG` off the words. Throws Failure `bad signal name 'X'`. */
export function takeSignal(words: readonly string[]): { readonly signal: Signal; readonly rest: readonly string[] } {
  const [first = '', second] = words
  if (first === '--') return { signal: SIGTERM, rest: words.slice(1) }
  if (!first.startsWith('-')) return { signal: SIGTERM, rest: words }
  const isSeparate = first === '-s' && second !== undefined
  const name = isSeparate ? second : first.slice(1)
  const signal = parseSignal(name)
  if (signal === undefined) throw new Failure(`bad signal name '${name}'`)
  const rest = words.slice(isSeparate ? 2 : 1)
  return { signal, rest: rest[0] === '--' ? rest.slice(1) : rest }
}

/** Whether it was sent; a refusal is warned of. */
export function sendSignal(proc: Process, pid: number, signal: Signal, warn: (message: string) => void): boolean {
  try {
    proc.kill(pid, signal)
    return true
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    warn(`can't kill pid ${pid}: ${error.message}`)
    return false
  }
}

const LAST = 31

/** `kill -l`: the numbers and names. */
export function signalList(): string {
  const lines = Array.from({ length: LAST }, (_, i) => `${String(i + 1).padStart(2)}) ${signalName(i + 1)}\n`)
  return lines.join('')
}

/** `kill -l WORD`: the name of a number (of a signal, or of the status it gives), the number of a name. */
export function signalAnswer(word: string): string {
  if (!/^\d+$/.test(word)) {
    const signal = parseSignal(word)
    if (signal === undefined || signal > LAST) throw new Failure(`unknown signal '${word}'`)
    return String(signal)
  }
  const signal = Number(word) & 127
  return signal === 0 ? 'EXIT' : signal > LAST ? String(signal) : (signalName(signal) ?? String(signal))
}
