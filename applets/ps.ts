import { decode } from '../lib/bytes.ts'
import { text } from '../lib/options.ts'
import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { Accounts } from './accounts.ts'
import { applet, Failure } from './applet.ts'

interface Row {
  readonly pid: number
  readonly ppid: number
  readonly pgid: number
  readonly sid: number
  readonly user: string
  readonly group: string
  readonly comm: string
  readonly args: string
  readonly stat: string
  readonly tty: string
  readonly vsz: string
  readonly time: string
  readonly etime: string
  readonly nice: string
}

const COLUMNS: Readonly<Record<string, readonly [heading: string, width: number, key: keyof Row]>> = {
  pid: ['PID', 5, 'pid'],
  ppid: ['PPID', 5, 'ppid'],
  pgid: ['PGID', 5, 'pgid'],
  sid: ['SID', 5, 'sid'],
  user: ['USER', 8, 'user'],
  group: ['GROUP', 8, 'group'],
  comm: ['COMMAND', 16, 'comm'],
  args: ['COMMAND', 256, 'args'],
  stat: ['STAT', 4, 'stat'],
  tty: ['TT', 6, 'tty'],
  vsz: ['VSZ', 4, 'vsz'],
  rss: ['RSS', 4, 'vsz'],
  time: ['TIME', 6, 'time'],
  etime: ['ELAPSED', 7, 'etime'],
  nice: ['NI', 5, 'nice'],
}

/** The official image's ps shows all processes, with these columns; `ps aux` and `-ef` are taken as plain ps. */
export default applet({
  name: 'ps',
  about: 'Show processes',
  options: { columns: text('-o', 'COL1,COL2=HEADER', 'Columns to show'), type: text('-T', 'TYPE', 'Nothing: threads are not shown') },
  raw: true,
  async main({ proc, operands }) {
    const at = operands.findIndex(word => /^-o/.test(word))
    const given = at === -1 ? undefined : operands[at]!.length > 2 ? operands[at]!.slice(2) : operands[at + 1]
    if (at !== -1 && given === undefined) throw new Failure("option requires an argument -- 'o'")
    const columns = (given ?? 'pid,user,time,args').split(',').map(readColumn)
    const accounts = new Accounts(proc)
    const rows = pids(proc).flatMap(pid => readRow(proc, pid, accounts) ?? [])
    const isDefault = given === undefined
    await proc.stdout.line(line(columns.map(({ heading }) => heading), columns, isDefault))
    for (const row of rows) await proc.stdout.line(line(columns.map(({ key }) => String(row[key])), columns, isDefault))
  },
})

interface Column {
  readonly heading: string
  readonly width: number
  readonly key: keyof Row
}

function readColumn(word: string): Column {
  const [name = '', header] = word.split('=')
  const found = COLUMNS[name]
  if (!found) throw new Failure(`bad -o argument '${name}', supported arguments: ${Object.keys(COLUMNS).join(',')}`)
  return { heading: header ?? found[0], width: found[1], key: found[2] }
}

function line(cells: readonly string[], columns: readonly Column[], _isDefault: boolean): string {
  const isNumber = (key: keyof Row) => ['pid', 'ppid', 'pgid', 'sid'].includes(key)
  return cells
    .map((cell, i) => {
      const { width, key } = columns[i]!
      if (i === cells.length - 1) return cell
      // A heading stands at the left, numbers at the right.
      return isNumber(key) && /^\d/.test(cell) ? cell.padStart(width) : cell.slice(0, Math.max(width, cell.length)).padEnd(width)
    })
    .join(' ')
}

function pids(proc: Process): number[] {
  return proc
    .readDirectory('/proc')
    .map(({ name }) => name)
    .filter(name => /^\d+$/.test(name))
    .map(Number)
    .sort((a, b) => a - b)
}

function readRow(proc: Process, pid: number, accounts: Accounts): Row | undefined {
  try {
    const stat = decode(proc.contentsOf(`/proc/${pid}/stat`))
    const comm = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'))
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const { uid, gid } = proc.stat(`/proc/${pid}`)
    const words = decode(proc.contentsOf(`/proc/${pid}/cmdline`)).replace(/\0$/, '').split('\0').join(' ')
    const ticks = Number(fields[11]) + Number(fields[12])
    const uptime = Number(decode(proc.contentsOf('/proc/uptime')).split(' ')[0])
    const tty = Number(fields[4])
    return {
      pid,
      ppid: Number(fields[1]),
      pgid: Number(fields[2]),
      sid: Number(fields[3]),
      user: accounts.userName(uid) ?? String(uid),
      group: accounts.groupName(gid) ?? String(gid),
      comm,
      args: words === '' ? `[${comm}]` : words,
      stat: fields[0] ?? '?',
      tty: tty === 0 ? '?' : `${Math.floor(tty / 256)},${tty % 256}`,
      vsz: String(Math.floor(Number(fields[20]) / 1024)),
      time: clock(Math.floor(ticks / 100)),
      etime: clock(Math.max(0, Math.floor(uptime - Number(fields[19]) / 100))),
      nice: '0',
    }
  } catch (error) {
    // It ended while we looked.
    if (!(error instanceof SysError)) throw error
    return undefined
  }
}

function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
