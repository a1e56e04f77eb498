import { command, forEach, requireContainer } from '../context.ts'

export default command({
  name: 'unpause',
  about: 'Unpause all processes within one or more containers',
  operands: 'CONTAINER [CONTAINER...]',
  least: 1,
  main({ engine, proc, operands }) {
    return forEach({ proc, operands }, async name => (await requireContainer(engine, name)).unpause())
  },
})
