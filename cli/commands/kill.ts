import { command, forEach, Refusal, requireContainer } from '../context.ts'
import { string } from '../flags.ts'

export default command({
  name: 'kill',
  about: 'Kill one or more running containers',
  operands: 'CONTAINER [CONTAINER...]',
  least: 1,
  flags: { signal: string('-s --signal', 'Signal to send to the container', 'KILL') },
  main({ engine, proc, flags, operands }) {
    return forEach({ proc, operands }, async name => {
      const handle = await requireContainer(engine, name)
      if (handle.state.status !== 'running' && handle.state.status !== 'paused') {
        throw new Refusal(`cannot kill container: ${name}: container ${handle.specification.id} is not running`)
      }
      await handle.kill(flags.signal)
    })
  },
})
