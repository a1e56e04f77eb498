import { command, forEach, requireContainer } from '../context.ts'
import { integer, string } from '../flags.ts'

export default command({
  name: 'stop',
  about: 'Stop one or more running containers',
  operands: 'CONTAINER [CONTAINER...]',
  least: 1,
  flags: {
    signal: string('-s --signal', 'Signal to send to the container'),
    time: integer('-t --time', 'Seconds to wait before killing the container'),
    timeout: integer('--timeout', 'Seconds to wait before killing the container'),
  },
  main({ engine, proc, flags, operands }) {
    return forEach({ proc, operands }, async name => {
      const handle = await requireContainer(engine, name)
      if (flags.signal !== undefined && handle.state.status === 'running') await handle.kill(flags.signal)
      await handle.stop(flags.time ?? flags.timeout)
    })
  },
})
