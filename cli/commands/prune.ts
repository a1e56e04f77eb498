import { command } from '../context.ts'
import { boolean } from '../flags.ts'

export default command({
  name: 'container prune',
  about: 'Remove all stopped containers',
  most: 0,
  flags: { force: boolean('-f --force', 'Do not prompt for confirmation (this command never prompts)') },
  async main({ engine, proc }) {
    const stopped = (await engine.containers.list()).filter(
      ({ state }) => state.status === 'exited' || state.status === 'created',
    )
    if (stopped.length > 0) await proc.stdout.line('Deleted Containers:')
    for (const handle of stopped) {
      await engine.containers.remove(handle, { force: false })
      await proc.stdout.line(handle.specification.id)
    }
  },
})
