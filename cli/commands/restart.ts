import { command, forEach, requireContainer } from '../context.ts'
import { integer } from '../flags.ts'

export default command({
  name: 'restart',
  about: 'Restart one or more containers',
  operands: 'CONTAINER [CONTAINER...]',
  least: 1,
  flags: { time: integer('-t --time', 'Seconds to wait before killing the container') },
  main({ engine, proc, flags, operands }) {
    return forEach({ proc, operands }, async name => {
      const handle = await requireContainer(engine, name)
      await handle.stop(flags.time)
      await handle.startDetached()
    })
  },
})
