import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { flag, parseNumber, UsageError } from '../lib/options.ts'
import { applet } from './applet.ts'
import { commandLine, type ProcessEntry, readProcesses } from './process-table.ts'

/** pmap, as in busybox. What a process holds here is one piece, without an address: there are no mappings. */
export default applet({
  name: 'pmap',
  about: 'Show the memory of processes',
  operands: 'PID...',
  options: { details: flag('-x', 'More columns'), quiet: flag('-q', 'Neither titles nor sums') },
  notes: ['Partly: programs are mapped nowhere; the sum is what a process says that it holds.'],
  async main({ proc, options, operands }) {
    if (operands.length === 0) throw new UsageError('')
    let status = 0
    for (const pid of operands.map(operand => parseNumber(operand))) {
      const entry = readProcesses(proc).find(process => process.pid === pid)
      await proc.stdout.write(textOf(pid, entry, options))
      if (!entry || !isReadable(proc, pid)) status = NOT_FOUND
    }
    return status
  },
})

/** busybox: what is not there is told of by no other status. */
const NOT_FOUND = 42

function textOf(
  pid: number,
  entry: ProcessEntry | undefined,
  { details, quiet }: { readonly details: boolean; readonly quiet: boolean },
): string {
  const head = `${pid}: ${entry ? commandLine(entry) : '[?]'}\n`
  if (!entry) return head
  const titles = details && !quiet ? 'Address\t\t  Kbytes     PSS   Dirty    Swap  Mode  Mapping\n' : ''
  if (quiet) return head
  if (!details) return `${head}mapped: ${entry.size}K\n`
  const sum = String(entry.size).padStart(7)
  return `${head}${titles}----------------  ------  ------  ------  ------\ntotal\t\t ${sum} ${sum} ${sum}       0\n`
}

function isReadable(proc: Process, pid: number): boolean {
  try {
    proc.contentsOf(`/proc/${pid}/maps`)
    return true
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return false
  }
}
