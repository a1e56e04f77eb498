// All processes, as /proc tells of them (proc(5)).

import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { decode } from '../lib/bytes.ts'

export interface ProcessEntry {
  readonly pid: number
  readonly ppid: number
  readonly pgid: number
  readonly sid: number
  readonly uid: number
  readonly gid: number
  readonly comm: string
  readonly argv: readonly string[]
  /** R, S, T or Z. */
  readonly state: string
  /** major * 256 + minor; 0: none. */
  readonly tty: number
  /** CPU time, and the start since boot, in hundredths of a second. */
  readonly ticks: number
  readonly startTicks: number
  /** Kilobytes. */
  readonly size: number
}

/** By pid. Those that end while we look are left out. */
export function readProcesses(proc: Process): ProcessEntry[] {
  const pids = proc.readDirectory('/proc').flatMap(({ name }) => (/^\d+$/.test(name) ? [Number(name)] : []))
  return pids.sort((a, b) => a - b).flatMap(pid => readProcess(proc, pid) ?? [])
}

function readProcess(proc: Process, pid: number): ProcessEntry | undefined {
  try {
    const stat = textOf(proc, `/proc/${pid}/stat`)
    // The name may hold blanks and parentheses.
    const [open, close] = [stat.indexOf('('), stat.lastIndexOf(')')]
    const fields = stat.slice(close + 2).split(' ')
    const field = (index: number) => Number(fields[index])
    const words = textOf(proc, `/proc/${pid}/cmdline`).split('\0').slice(0, -1)
    const { uid, gid } = proc.stat(`/proc/${pid}`)
    return {
      pid,
      ppid: field(1),
      pgid: field(2),
      sid: field(3),
      uid,
      gid,
      comm: stat.slice(open + 1, close),
      argv: words,
      state: fields[0] ?? '?',
      tty: field(4),
      ticks: field(11) + field(12),
      startTicks: field(19),
      size: Math.floor(field(20) / 1024),
    }
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return undefined
  }
}

/** The whole command line; in brackets the name, where there is none, and in braces where it was started by another. */
export function commandLine({ comm, argv }: ProcessEntry): string {
  const [first] = argv
  if (first === undefined) return `[${comm}]`
  const started = first.replace(/^-/, '').replace(/^.*\//, '')
  return started.startsWith(comm) ? argv.join(' ') : `{${comm}} ${argv.join(' ')}`
}

/** As pidof and killall look: by the process's name, or by the program that was started. */
export function isNamed({ comm, argv }: ProcessEntry, name: string): boolean {
  const started = argv[0] ?? ''
  return comm === name.slice(0, 15) || started === name || started.slice(started.lastIndexOf('/') + 1) === name
}

export function textOf(proc: Process, path: string): string {
  return decode(proc.contentsOf(path))
}
