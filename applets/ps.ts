import { flag, list, UsageError } from '../lib/options.ts'
import { Accounts } from './accounts.ts'
import { applet, Failure } from './applet.ts'
import { commandLine, type ProcessEntry, readProcesses, textOf } from './process-table.ts'

/** Operands are passed over, so that `ps aux` and `ps -ef` show what busybox shows. */
export default applet({
  name: 'ps',
  about: 'Show all processes',
  options: {
    columns: list('-o', 'COL1,COL2=HEADER', 'Columns to show'),
    threads: flag('-T', 'Threads too: a process has one'),
  },
  async main({ proc, options }) {
    const columns = (options.columns.length > 0 ? options.columns.join(',') : 'pid,user,time,args')
      .split(',')
      .map(readColumn)
    const context: Context = {
      accounts: new Accounts(proc),
      uptime: Number(textOf(proc, '/proc/uptime').split(' ')[0]),
    }
    await proc.stdout.line(line(columns, ({ heading }) => heading))
    for (const entry of readProcesses(proc)) await proc.stdout.line(line(columns, ({ show }) => show(entry, context)))
  },
})

interface Context {
  readonly accounts: Accounts
  /** Seconds. */
  readonly uptime: number
}

interface Column {
  readonly heading: string
  readonly width: number
  readonly isNumber: boolean
  show(entry: ProcessEntry, context: Context): string
}

function text(heading: string, width: number, show: Column['show']): Column {
  return { heading, width, isNumber: false, show }
}

function count(heading: string, width: number, show: (entry: ProcessEntry) => number): Column {
  return { heading, width, isNumber: true, show: entry => String(show(entry)) }
}

const userName: Column['show'] = ({ uid }, { accounts }) => accounts.userName(uid) ?? String(uid)
const groupName: Column['show'] = ({ gid }, { accounts }) => accounts.groupName(gid) ?? String(gid)

const COLUMNS: ReadonlyMap<string, Column> = new Map([
  ['user', text('USER', 8, userName)],
  ['group', text('GROUP', 8, groupName)],
  ['comm', text('COMMAND', 16, ({ comm }) => comm)],
  ['args', text('COMMAND', 256, commandLine)],
  ['pid', count('PID', 5, ({ pid }) => pid)],
  ['ppid', count('PPID', 5, ({ ppid }) => ppid)],
  ['pgid', count('PGID', 5, ({ pgid }) => pgid)],
  ['etime', text('ELAPSED', 7, ({ startTicks }, { uptime }) => clock(uptime - startTicks / 100))],
  ['nice', text('NI', 5, () => '0')],
  ['rgroup', text('RGROUP', 8, groupName)],
  ['ruser', text('RUSER', 8, userName)],
  ['time', text('TIME', 5, ({ ticks }) => clock(ticks / 100))],
  ['tty', text('TT', 6, ({ tty }) => (tty === 0 ? '?' : `${Math.floor(tty / 256)},${tty % 256}`))],
  ['vsz', text('VSZ', 4, ({ size }) => String(size))],
  ['sid', count('SID', 5, ({ sid }) => sid)],
  ['stat', text('STAT', 4, ({ state }) => state)],
  ['rss', text('RSS', 4, ({ size }) => String(size))],
])

/** A heading of one's own is the column's width too. */
function readColumn(word: string): Column {
  const [name = '', ...heading] = word.split('=')
  if (name === '') throw new UsageError('')
  const found = COLUMNS.get(name)
  if (!found) throw new Failure(`bad -o argument '${name}', supported arguments: ${[...COLUMNS.keys()].join(',')}`)
  if (heading.length === 0) return found
  const own = heading.join('=')
  return { ...found, heading: own, width: own.length }
}

/** Numbers stand at the right, headings at the left; the last column ends the line. */
function line(columns: readonly Column[], cell: (column: Column) => string): string {
  return columns
    .map((column, index) => {
      const text = cell(column)
      if (column.isNumber && text !== column.heading) return text.padStart(column.width)
      return index === columns.length - 1 ? text : text.padEnd(column.width)
    })
    .join(' ')
}

function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}
