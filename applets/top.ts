import type { Process } from '../kernel/process.ts'
import { flag, number, text } from '../lib/options.ts'
import { Accounts } from './accounts.ts'
import { applet, Failure } from './applet.ts'
import { readMemory } from './memory-table.ts'
import { commandLine, type ProcessEntry, readProcesses, textOf } from './process-table.ts'

export default applet({
  name: 'top',
  about: 'Show what processes do, again and again; only in batch mode',
  options: {
    batch: flag('-b', 'Print one table after the other'),
    times: number('-n', 'N', 'How many tables', undefined, { least: 1 }),
    delay: text('-d', 'SEC', 'Seconds between them', '5'),
  },
  async main({ proc, options }) {
    if (!options.batch) throw new Failure('the interactive mode is not done: use -b')
    if (!/^\d+(\.\d+)?$/.test(options.delay)) throw new Failure(`invalid number '${options.delay}'`)
    const accounts = new Accounts(proc)
    let before: Sample = { ticks: new Map(), cpu: [] }
    for (let count = 0; count !== options.times; count++) {
      if (count > 0) await proc.sleep(Number(options.delay) * 1000)
      before = await printTable(proc, accounts, before)
      await proc.stdout.flush()
    }
  },
})

/** What was counted when the last table was made: shares are of what came since. */
interface Sample {
  readonly ticks: ReadonlyMap<number, number>
  readonly cpu: readonly number[]
}

async function printTable(proc: Process, accounts: Accounts, before: Sample): Promise<Sample> {
  const entries = readProcesses(proc)
  const cpu = /^cpu\s+(.*)$/m.exec(textOf(proc, '/proc/stat'))?.[1]?.split(' ').map(Number) ?? []
  const passed = cpu.map((ticks, i) => ticks - (before.cpu[i] ?? 0))
  const whole = Math.max(
    1,
    passed.reduce((sum, ticks) => sum + ticks, 0),
  )
  const share = (ticks: number) => Math.floor((ticks * 100) / whole)
  const memory = readMemory(proc)
  const { total, free, shared, buffers, cached } = memory
  await proc.stdout.line(
    `Mem: ${total - free}K used, ${free}K free, ${shared}K shrd, ${buffers}K buff, ${cached}K cached`,
  )
  await proc.stdout.line(cpuLine(passed.map(share)))
  await proc.stdout.line(`Load average: ${textOf(proc, '/proc/loadavg').trimEnd()}`)
  await proc.stdout.line('  PID  PPID USER     STAT   VSZ %VSZ %CPU COMMAND')
  const rows = entries.map(entry => ({ entry, busy: share(entry.ticks - (before.ticks.get(entry.pid) ?? 0)) }))
  rows.sort((a, b) => b.busy - a.busy || b.entry.size - a.entry.size || a.entry.pid - b.entry.pid)
  for (const { entry, busy } of rows) {
    const user = accounts.userName(entry.uid) ?? String(entry.uid)
    await proc.stdout.line(line(entry, user, Math.floor((entry.size * 100) / total), busy))
  }
  return { ticks: new Map(entries.map(({ pid, ticks }) => [pid, ticks])), cpu }
}

const KINDS = ['usr', 'nic', 'sys', 'idle', 'io', 'irq', 'sirq']
const ORDER = ['usr', 'sys', 'nic', 'idle', 'io', 'irq', 'sirq']

function cpuLine(shares: readonly number[]): string {
  return `CPU: ${ORDER.map(kind => `${String(shares[KINDS.indexOf(kind)] ?? 0).padStart(3)}% ${kind}`).join(' ')}`
}

function line(entry: ProcessEntry, user: string, ofMemory: number, busy: number): string {
  const { pid, ppid, state, size } = entry
  const shown = size > 99999 ? `${Math.floor(size / 1024)}m` : String(size)
  const ids = `${String(pid).padStart(5)} ${String(ppid).padStart(5)} ${user.slice(0, 8).padEnd(8)}`
  const shares = `${String(ofMemory).padStart(4)}% ${String(busy).padStart(3)}%`
  return `${ids} ${state.padEnd(4)}${shown.padStart(6)}${shares} ${commandLine(entry)}`
}
