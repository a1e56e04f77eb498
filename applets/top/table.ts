// What top shows of a moment: memory, processor, load, and a line for each process.

import type { Process } from '../../kernel/process.ts'
import type { Accounts } from '../accounts.ts'
import { readMemory } from '../memory-table.ts'
import { commandLine, type ProcessEntry, readProcesses, textOf } from '../process-table.ts'

/** What was counted when the last table was made: shares are of what came since. */
export interface Sample {
  readonly ticks: ReadonlyMap<number, number>
  readonly cpu: readonly number[]
}

export const NO_SAMPLE: Sample = { ticks: new Map(), cpu: [] }

export interface Row {
  readonly entry: ProcessEntry
  /** Percent of the time since the last sample. */
  readonly busy: number
}

export type Order = 'cpu' | 'memory' | 'pid' | 'time'

export interface Table {
  readonly summary: readonly string[]
  readonly heading: string
  readonly rows: readonly string[]
  readonly sample: Sample
}

export interface TableOptions {
  readonly accounts: Accounts
  readonly before: Sample
  readonly order: Order
  readonly isReversed: boolean
}

export function readTable(proc: Process, { accounts, before, order, isReversed }: TableOptions): Table {
  const entries = readProcesses(proc)
  const cpu = /^cpu\s+(.*)$/m.exec(textOf(proc, '/proc/stat'))?.[1]?.split(' ').map(Number) ?? []
  const passed = cpu.map((ticks, i) => ticks - (before.cpu[i] ?? 0))
  const whole = Math.max(
    1,
    passed.reduce((sum, ticks) => sum + ticks, 0),
  )
  const share = (ticks: number) => Math.floor((ticks * 100) / whole)
  const { total, free, shared, buffers, cached } = readMemory(proc)
  const rows = entries.map(entry => ({ entry, busy: share(entry.ticks - (before.ticks.get(entry.pid) ?? 0)) }))
  rows.sort((a, b) => compare(order, a, b))
  if (isReversed) rows.reverse()
  const user = (uid: number) => accounts.userName(uid) ?? String(uid)
  return {
    summary: [
      `Mem: ${total - free}K used, ${free}K free, ${shared}K shrd, ${buffers}K buff, ${cached}K cached`,
      cpuLine(passed.map(share)),
      `Load average: ${textOf(proc, '/proc/loadavg').trimEnd()}`,
    ],
    heading: '  PID  PPID USER     STAT   VSZ %VSZ %CPU COMMAND',
    rows: rows.map(row => line(row, user(row.entry.uid), Math.floor((row.entry.size * 100) / total))),
    sample: { ticks: new Map(entries.map(({ pid, ticks }) => [pid, ticks])), cpu },
  }
}

/** What is most comes first, and the highest pid, as in busybox; whoever is equal comes by size and by age. */
function compare(order: Order, a: Row, b: Row): number {
  return difference(order, a, b) || b.entry.size - a.entry.size || a.entry.pid - b.entry.pid
}

function difference(order: Order, a: Row, b: Row): number {
  switch (order) {
    case 'cpu':
      return b.busy - a.busy
    case 'memory':
      return b.entry.size - a.entry.size
    case 'pid':
      return b.entry.pid - a.entry.pid
    case 'time':
      return b.entry.ticks - a.entry.ticks
  }
}

const KINDS = ['usr', 'nic', 'sys', 'idle', 'io', 'irq', 'sirq']
const SHOWN = ['usr', 'sys', 'nic', 'idle', 'io', 'irq', 'sirq']

function cpuLine(shares: readonly number[]): string {
  return `CPU: ${SHOWN.map(kind => `${String(shares[KINDS.indexOf(kind)] ?? 0).padStart(3)}% ${kind}`).join(' ')}`
}

function line({ entry, busy }: Row, user: string, ofMemory: number): string {
  const { pid, ppid, state, size } = entry
  const shown = size > 99999 ? `${Math.floor(size / 1024)}m` : String(size)
  const ids = `${String(pid).padStart(5)} ${String(ppid).padStart(5)} ${user.slice(0, 8).padEnd(8)}`
  const shares = `${String(ofMemory).padStart(4)}% ${String(busy).padStart(3)}%`
  return `${ids} ${state.padEnd(4)}${shown.padStart(6)}${shares} ${commandLine(entry)}`
}
