import { command, Refusal, requireContainer } from '../context.ts'
import { table } from '../table.ts'

export default command({
  name: 'top',
  about: 'Display the running processes of a container',
  operands: 'CONTAINER',
  least: 1,
  stopAtOperand: true,
  async main({ engine, proc, operands: [name = '', ...options] }) {
    if (options.length > 0) throw new Refusal(`top: ps options (${options.join(' ')}) are not done by this version`)
    const handle = await requireContainer(engine, name)
    const rows = (await handle.processes()).map(row => [
      row.user,
      String(row.pid),
      String(row.ppid),
      '0',
      new Date(row.startedAt).toISOString().slice(11, 16),
      row.terminal,
      new Date(row.cpu).toISOString().slice(11, 19),
      row.command,
    ])
    await proc.stdout.write(table(['UID', 'PID', 'PPID', 'C', 'STIME', 'TTY', 'TIME', 'CMD'], rows))
  },
})
