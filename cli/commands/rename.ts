import { nameInUse } from '../../engine/engine.ts'
import { requireName } from '../../engine/names.ts'
import { command, requireContainer } from '../context.ts'

export default command({
  name: 'rename',
  about: 'Rename a container',
  operands: 'CONTAINER NEW_NAME',
  least: 2,
  most: 2,
  async main({ engine, operands: [name = '', newName = ''] }) {
    const handle = await requireContainer(engine, name)
    requireName(newName)
    const all = await engine.containers.list()
    const other = all.find(({ specification }) => specification.name === newName)
    if (other) throw nameInUse(newName, other.specification.id)
    await handle.rename(newName)
  },
})
