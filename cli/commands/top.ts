import { DEFAULT_LIMITS } from '../../kernel/limits.ts'
import { command, requireContainer } from '../context.ts'
import { processTable } from '../process-columns.ts'
import { table } from '../table.ts'

/** docker's tables of processes have wider columns than its others. */
const NARROWEST = 20

export default command({
  name: 'top',
  aliases: ['container top'],
  about: 'Display the running processes of a container',
  operands: 'CONTAINER [ps OPTIONS]',
  least: 1,
  stopAtOperand: true,
  async main({ engine, proc, operands: [name = '', ...options] }) {
    const handle = await requireContainer(engine, name)
    const { headings, row } = processTable(options)
    const around = {
      now: engine.host.clock.now(),
      memory: handle.specification.limits.memory ?? DEFAULT_LIMITS.memory,
    }
    const rows = (await handle.processes()).map(process => row(process, around))
    await proc.stdout.write(table(headings, rows, NARROWEST))
  },
})
