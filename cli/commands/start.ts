import { terminalSize, wire } from '../attach.ts'
import { command, forEach, requireContainer } from '../context.ts'
import { boolean } from '../flags.ts'

export default command({
  name: 'start',
  about: 'Start one or more stopped containers',
  operands: 'CONTAINER [CONTAINER...]',
  least: 1,
  flags: {
    attach: boolean('-a --attach', 'Attach STDOUT/STDERR and forward signals'),
    interactive: boolean('-i --interactive', "Attach container's STDIN"),
  },
  async main({ engine, proc, flags, operands }) {
    if (!flags.attach && !flags.interactive) {
      const status = await forEach({ proc, operands }, async name => {
        const handle = await requireContainer(engine, name)
        if (handle.state.status !== 'running') await handle.startDetached()
      })
      if (status !== 0) await proc.stderr.line('failed to start containers')
      return status
    }
    const handle = await requireContainer(engine, operands[0] ?? '')
    const size = terminalSize(proc)
    const attachment = await handle.start(size ? { size } : {})
    const { tty, openStdin } = handle.specification
    const how = { tty: tty && proc.terminal(0) !== undefined, stdin: flags.interactive && openStdin }
    const status = await wire(proc, attachment, {
      ...how,
      ...(tty ? {} : { kill: signal => handle.kill(signal) }),
    })
    return status === 'detached' ? 0 : status
  },
})
