import type { Process } from '../../kernel/process.ts'
import { flag, number, text } from '../../lib/options.ts'
import { Accounts } from '../accounts.ts'
import { applet, Failure } from '../applet.ts'
import { type Key, RawTerminal } from '../raw-terminal.ts'
import { NO_SAMPLE, type Order, readTable, type Table } from './table.ts'

export default applet({
  name: 'top',
  about:
    'Show what processes do, again and again\n\nKeys: N, M, P, T: sort by pid, memory, processor, time; R: the other way round; Q, ^C: end; any other: at once',
  options: {
    batch: flag('-b', 'Print one table after the other'),
    times: number('-n', 'N', 'How many tables', undefined, { least: 1 }),
    delay: text('-d', 'SEC', 'Seconds between them', '5'),
    threads: flag('-H', 'Threads, too (every process has one)'),
  },
  async main({ proc, options }) {
    if (!/^\d+(\.\d+)?$/.test(options.delay)) throw new Failure(`invalid number '${options.delay}'`)
    const terminal = options.batch ? undefined : await RawTerminal.open(proc)
    try {
      await showTables(proc, {
        show: options.batch ? table => print(proc, table) : table => draw(proc, terminal, table),
        pause: ms => (terminal ? terminal.keyWithin(ms) : proc.sleep(ms).then(() => undefined)),
        delay: Number(options.delay) * 1000,
        times: options.times ?? Number.POSITIVE_INFINITY,
      })
    } finally {
      terminal?.close()
    }
  },
})

interface Showing {
  readonly show: (table: Table) => Promise<void>
  /** A key that was typed meanwhile. */
  readonly pause: (ms: number) => Promise<Key | undefined>
  readonly delay: number
  readonly times: number
}

const ORDERS: Readonly<Record<string, Order>> = { n: 'pid', m: 'memory', p: 'cpu', t: 'time' }

async function showTables(proc: Process, { show, pause, delay, times }: Showing): Promise<void> {
  const accounts = new Accounts(proc)
  let before = NO_SAMPLE
  let order: Order = 'cpu'
  let isReversed = false
  for (let count = 1; ; count++) {
    const table = readTable(proc, { accounts, before, order, isReversed })
    before = table.sample
    await show(table)
    if (count >= times) return
    const key = (await pause(delay))?.toLowerCase()
    if (key === undefined) continue
    if (key === 'q' || key === '\x03') return
    if (key === 'r') isReversed = !isReversed
    order = ORDERS[key] ?? order
  }
}

async function print(proc: Process, { summary, heading, rows }: Table): Promise<void> {
  for (const line of [...summary, heading, ...rows]) await proc.stdout.line(line)
  await proc.stdout.flush()
}

/** As many processes as there is room for, and of each line what fits; busybox leaves the last picture standing. */
async function draw(proc: Process, terminal: RawTerminal | undefined, table: Table): Promise<void> {
  const { rows = 24, columns = 80 } = terminal ?? {}
  const cut = (line: string) => line.slice(0, columns - 1)
  const summary = table.summary.map(cut)
  const shown = table.rows.slice(0, Math.max(0, rows - summary.length - 2)).map(cut)
  const heading = `\x1b[7m${cut(table.heading)}\x1b[m`
  const end = terminal ? '\r\n' : '\n'
  await proc.stdout.write(`\x1b[H\x1b[J${[...summary, heading, ...shown].join(end)}${end}`)
  await proc.stdout.flush()
}
