// The signals of Linux on x86-64, by number, with what each does when nobody catches it (signal(7)).

export type Disposition = 'terminate' | 'core' | 'ignore' | 'stop' | 'continue'

const TABLE: readonly [name: string, number: number, disposition: Disposition, words: string][] = [
  ['HUP', 1, 'terminate', 'Hangup'],
  ['INT', 2, 'terminate', 'Interrupt'],
  ['QUIT', 3, 'core', 'Quit'],
  ['ILL', 4, 'core', 'Illegal instruction'],
  ['TRAP', 5, 'core', 'Trace/breakpoint trap'],
  ['ABRT', 6, 'core', 'Aborted'],
  ['BUS', 7, 'core', 'Bus error'],
  ['FPE', 8, 'core', 'Floating point exception'],
  ['KILL', 9, 'terminate', 'Killed'],
  ['USR1', 10, 'terminate', 'User defined signal 1'],
  ['SEGV', 11, 'core', 'Segmentation fault'],
  ['USR2', 12, 'terminate', 'User defined signal 2'],
  ['PIPE', 13, 'terminate', 'Broken pipe'],
  ['ALRM', 14, 'terminate', 'Alarm clock'],
  ['TERM', 15, 'terminate', 'Terminated'],
  ['STKFLT', 16, 'terminate', 'Stack fault'],
  ['CHLD', 17, 'ignore', 'Child exited'],
  ['CONT', 18, 'continue', 'Continued'],
  ['STOP', 19, 'stop', 'Stopped (signal)'],
  ['TSTP', 20, 'stop', 'Stopped'],
  ['TTIN', 21, 'stop', 'Stopped (tty input)'],
  ['TTOU', 22, 'stop', 'Stopped (tty output)'],
  ['URG', 23, 'ignore', 'Urgent I/O condition'],
  ['XCPU', 24, 'core', 'CPU time limit exceeded'],
  ['XFSZ', 25, 'core', 'File size limit exceeded'],
  ['VTALRM', 26, 'terminate', 'Virtual timer expired'],
  ['PROF', 27, 'terminate', 'Profiling timer expired'],
  ['WINCH', 28, 'ignore', 'Window changed'],
  ['POLL', 29, 'terminate', 'I/O possible'],
  ['PWR', 30, 'terminate', 'Power failure'],
  ['SYS', 31, 'core', 'Bad system call'],
]

/** A signal's number: 1 to 31 as in TABLE, 34 (RTMIN) to 64 (RTMAX) real-time. */
export type Signal = number

export const SIGHUP = 1
export const SIGINT = 2
export const SIGQUIT = 3
export const SIGABRT = 6
export const SIGKILL = 9
export const SIGUSR1 = 10
export const SIGSEGV = 11
export const SIGUSR2 = 12
export const SIGPIPE = 13
export const SIGALRM = 14
export const SIGTERM = 15
export const SIGCHLD = 17
export const SIGCONT = 18
export const SIGSTOP = 19
export const SIGTSTP = 20
export const SIGTTIN = 21
export const SIGTTOU = 22
export const SIGXCPU = 24
export const SIGXFSZ = 25
export const SIGWINCH = 28
const SIGRTMIN = 34
export const SIGNAL_MAX = 64

const byNumber = new Map(TABLE.map(row => [row[1], row] as const))
const byName = new Map([...TABLE.map(row => [row[0], row[1]] as const), ['IOT', 6], ['CLD', 17], ['IO', 29]] as const)

/** The signal's name without SIG, as `kill -l` prints it: `TERM`, `RTMIN+3`. undefined: no such signal. */
export function signalName(signal: Signal): string | undefined {
  const row = byNumber.get(signal)
  if (row) return row[0]
  if (signal === SIGRTMIN) return 'RTMIN'
  if (signal === SIGNAL_MAX) return 'RTMAX'
  return signal > SIGRTMIN && signal < SIGNAL_MAX ? `RTMIN+${signal - SIGRTMIN}` : undefined
}

/** A signal from its name (with or without SIG, any case) or its number. 0 is the null signal of kill(2). */
export function parseSignal(text: string): Signal | undefined {
  if (/^\d+$/.test(text)) {
    const number = Number(text)
    return number === 0 || signalName(number) !== undefined ? number : undefined
  }
  const name = text.toUpperCase().replace(/^SIG/, '')
  const realTime = /^RT(MIN|MAX)(?:([+-])(\d+))?$/.exec(name)
  if (!realTime) return byName.get(name)
  const base = realTime[1] === 'MIN' ? SIGRTMIN : SIGNAL_MAX
  const signal = base + (realTime[2] === '-' ? -1 : 1) * Number(realTime[3] ?? 0)
  return signal >= SIGRTMIN && signal <= SIGNAL_MAX ? signal : undefined
}

/** strsignal's words: what a shell says of a child that was killed. */
export function signalWords(signal: Signal): string {
  return byNumber.get(signal)?.[3] ?? `Real-time signal ${signal - SIGRTMIN}`
}

export function defaultDisposition(signal: Signal): Disposition {
  return byNumber.get(signal)?.[2] ?? 'terminate'
}

/** All signals that have a name here, in order. */
export function allSignals(): Signal[] {
  const realTime = Array.from({ length: SIGNAL_MAX - SIGRTMIN + 1 }, (_, i) => SIGRTMIN + i)
  return [...byNumber.keys(), ...realTime]
}
