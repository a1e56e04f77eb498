import { command } from '../context.ts'
import { CREATE_FLAGS, createContainer } from '../create-options.ts'

export default command({
  name: 'create',
  about: 'Create a new container',
  operands: 'IMAGE [COMMAND] [ARG...]',
  least: 1,
  stopAtOperand: true,
  flags: CREATE_FLAGS,
  async main({ engine, proc, flags, operands }) {
    const handle = await createContainer({ engine, proc }, flags, operands)
    await proc.stdout.line(handle.specification.id)
  },
})
