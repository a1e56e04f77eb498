// What happened in a box, call by call: who ran, what they opened, how they ended; and faults that a test puts in their way.

import type { Clock } from '../kernel/clock.ts'
import { type Errno, SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { parseSignal } from '../kernel/signal.ts'
import { exitStatus } from '../kernel/wait-status.ts'
import { type CallName, SLEEPING_CALLS, type SystemCall, type Watcher } from '../kernel/watched-process.ts'
import { EngineError } from './errors.ts'

/** Which calls a fault is for; what is left out fits every call. */
export interface FaultTarget {
  /** The process's name, as `ps` shows it: `cp`. */
  readonly process?: string
  /** The path that is named, or that the descriptor is open on. */
  readonly path?: string
}

export interface ProcessRecord {
  readonly pid: number
  readonly ppid: number
  /** Its words, after each exec. */
  readonly commands: readonly (readonly string[])[]
  /** Milliseconds since the box was started. */
  readonly startedAt: number
  /** undefined: it still runs. */
  readonly endedAt: number | undefined
  /** As the shell's `$?` has it. */
  readonly exitCode: number | undefined
  readonly opened: readonly {
    readonly path: string
    readonly how: 'read' | 'write' | 'read and write'
    readonly error?: string
  }[]
}

interface OpenRecord {
  readonly pid: number
  readonly ppid: number
  readonly commands: (readonly string[])[]
  readonly startedAt: number
  endedAt: number | undefined
  exitCode: number | undefined
  readonly opened: { path: string; how: 'read' | 'write' | 'read and write'; error?: string }[]
}

interface Fault {
  readonly call: CallName
  readonly target: FaultTarget
  /** How many fitting calls go by before it acts, and how many it acts on then. */
  passing: number
  left: number
  act(call: SystemCall, proceed: () => unknown): unknown
}

export class Observer {
  readonly watcher: Watcher
  readonly #clock: Clock
  readonly #start: number
  readonly #records = new Map<number, OpenRecord>()
  readonly #faults: Fault[] = []

  constructor(clock: Clock) {
    this.#clock = clock
    this.#start = clock.now()
    this.watcher = {
      onStart: process => this.#started(process),
      onEnd: process => this.#ended(process),
      intercept: (call, proceed) => this.#intercept(call, proceed),
    }
  }

  get records(): readonly ProcessRecord[] {
    return [...this.#records.values()]
  }

  failNext(call: CallName, errno: Errno, how: FaultTarget & { readonly times?: number } = {}): void {
    this.#add(call, how, { left: how.times ?? 1 }, () => {
      throw new SysError(errno)
    })
  }

  slow(call: CallName, ms: number, how: FaultTarget & { readonly times?: number } = {}): void {
    if (!SLEEPING_CALLS.has(call)) {
      throw new EngineError(
        'invalid-option',
        `${call} never sleeps: only ${[...SLEEPING_CALLS].join(', ')} can be slow`,
      )
    }
    this.#add(call, how, { left: how.times ?? Number.POSITIVE_INFINITY }, (made, proceed) =>
      made.process.sleepOn(undefined, ms).then(proceed),
    )
  }

  /** At the n-th fitting call from now on. */
  signalAt(call: CallName, nth: number, signal: string, how: FaultTarget = {}): void {
    const number = parseSignal(signal)
    if (!number) throw new EngineError('invalid-option', `invalid signal: ${signal}`)
    this.#add(call, how, { left: 1, passing: nth - 1 }, (made, proceed) => {
      made.process.receive(number, { force: true })
      return proceed()
    })
  }

  #add(
    call: CallName,
    { process, path }: FaultTarget,
    counts: { readonly left: number; readonly passing?: number },
    act: Fault['act'],
  ): void {
    const target = { ...(process === undefined ? {} : { process }), ...(path === undefined ? {} : { path }) }
    this.#faults.push({ call, target, passing: counts.passing ?? 0, left: counts.left, act })
  }

  #started(process: Process): void {
    this.#records.set(process.pid, {
      pid: process.pid,
      ppid: process.ppid,
      commands: [],
      startedAt: this.#clock.now() - this.#start,
      endedAt: undefined,
      exitCode: undefined,
      opened: [],
    })
  }

  #ended(process: Process): void {
    const record = this.#records.get(process.pid)
    if (!record) return
    record.endedAt = this.#clock.now() - this.#start
    record.exitCode = exitStatus(process.status ?? { exited: 0 })
    if (record.commands.length === 0) record.commands.push(process.argv)
  }

  #intercept(call: SystemCall, proceed: () => unknown): unknown {
    const { name, args } = call
    if (name === 'open') return this.#opening(call, () => this.#underFaults(call, proceed))
    if (name === 'exec' && Array.isArray(args[1])) this.#executing(call.process, args[1].map(String))
    return this.#underFaults(call, proceed)
  }

  #executing(process: Process, argv: readonly string[]): void {
    const record = this.#records.get(process.pid)
    if (record?.commands.length === 0 && process.pid === 1) record.commands.push(process.argv)
    record?.commands.push(argv)
  }

  #opening(call: SystemCall, proceed: () => unknown): unknown {
    const [path, flags] = call.args
    const entry = { path: absolute(call.process, String(path)), how: howOpened(flags) }
    const opened = this.#records.get(call.process.pid)?.opened
    try {
      const fd = proceed()
      opened?.push(entry)
      return fd
    } catch (error) {
      if (error instanceof SysError) opened?.push({ ...entry, error: error.errno })
      throw error
    }
  }

  #underFaults(call: SystemCall, proceed: () => unknown): unknown {
    for (const fault of this.#faults) {
      if (fault.left === 0 || fault.call !== call.name || !fits(fault.target, call)) continue
      if (fault.passing-- > 0) continue
      fault.left--
      return fault.act(call, proceed)
    }
    return proceed()
  }
}

/** A process a line: what ran, how it ended, what it opened in vain. */
export function printReport(records: readonly ProcessRecord[]): string {
  return records.map(printRecord).join('')
}

function printRecord(record: ProcessRecord): string {
  const { pid, ppid, commands, startedAt, endedAt, exitCode, opened } = record
  const words = commands.map(argv => argv.join(' ')).join(' => ')
  const end = endedAt === undefined ? 'still runs' : `${endedAt} ms: exit ${exitCode}`
  const lines = [`${pid} (of ${ppid}) ${words === '' ? '(forked)' : words}: ${startedAt} ms to ${end}`]
  for (const { path, how, error } of opened) lines.push(`    ${how} ${path}${error ? `: ${error}` : ''}`)
  return `${lines.join('\n')}\n`
}

function fits({ process, path }: FaultTarget, call: SystemCall): boolean {
  if (process !== undefined && call.process.comm !== process) return false
  return path === undefined || pathOf(call) === path
}

/** The path that a call names, or that its descriptor is open on. */
function pathOf({ process, args: [first] }: SystemCall): string | undefined {
  if (typeof first === 'string') return absolute(process, first)
  return typeof first === 'number' && process.fds.has(first) ? process.fds.get(first).path : undefined
}

function absolute(process: Process, path: string): string {
  return path.startsWith('/') ? path : `${process.cwd.replace(/\/$/, '')}/${path}`
}

function howOpened(flags: unknown): 'read' | 'write' | 'read and write' {
  if (typeof flags !== 'object' || flags === null || !('write' in flags && flags.write)) return 'read'
  return 'read' in flags && flags.read ? 'read and write' : 'write'
}
