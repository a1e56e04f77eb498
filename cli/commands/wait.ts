import { command, requireContainer } from '../context.ts'

export default command({
  name: 'wait',
  about: 'Block until one or more containers stop, then print their exit codes',
  operands: 'CONTAINER [CONTAINER...]',
  least: 1,
  async main({ engine, proc, operands }) {
    for (const name of operands) {
      const handle = await requireContainer(engine, name)
      await proc.stdout.line(String(await handle.wait()))
      await proc.stdout.flush()
    }
  },
})
