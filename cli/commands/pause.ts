import { command, forEach, requireContainer } from '../context.ts'

export default command({
  name: 'pause',
  about: 'Pause all processes within one or more containers',
  operands: 'CONTAINER [CONTAINER...]',
  least: 1,
  main({ engine, proc, operands }) {
    return forEach({ proc, operands }, async name => (await requireContainer(engine, name)).pause())
  },
})
