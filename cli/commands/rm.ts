import { command, forEach, requireContainer } from '../context.ts'
import { boolean } from '../flags.ts'

export default command({
  name: 'rm',
  about: 'Remove one or more containers',
  operands: 'CONTAINER [CONTAINER...]',
  least: 1,
  flags: {
    force: boolean('-f --force', 'Force the removal of a running container (uses SIGKILL)'),
    volumes: boolean('-v --volumes', 'Remove anonymous volumes associated with the container'),
  },
  main({ engine, proc, flags, operands }) {
    return forEach({ proc, operands }, async name => {
      const handle = await requireContainer(engine, name)
      await engine.containers.remove(handle, { force: flags.force, volumes: flags.volumes })
    })
  },
})
