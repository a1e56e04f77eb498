import { removeVolume } from '../../engine/volumes.ts'
import { command, forEach } from '../context.ts'
import { boolean } from '../flags.ts'

export default command({
  name: 'volume rm',
  aliases: ['volume remove'],
  about: 'Remove one or more volumes',
  operands: 'VOLUME [VOLUME...]',
  least: 1,
  flags: { force: boolean('-f --force', 'Say nothing of those that are not there') },
  main({ engine, proc, flags, operands }) {
    return forEach({ proc, operands }, async name => {
      if (flags.force && !engine.volumes.find(name)) return
      await removeVolume(engine, name)
    })
  },
})
