import { wire } from '../attach.ts'
import { command, Refusal, requireContainer } from '../context.ts'
import { boolean, string } from '../flags.ts'

export default command({
  name: 'attach',
  about: 'Attach local standard input, output, and error streams to a running container',
  operands: 'CONTAINER',
  least: 1,
  most: 1,
  flags: {
    detachKeys: string('--detach-keys', 'Override the key sequence for detaching a container'),
    noStdin: boolean('--no-stdin', 'Do not attach STDIN'),
    sigProxy: boolean('--sig-proxy', 'Proxy all received signals to the process', true),
  },
  async main({ engine, proc, flags, operands: [name = ''] }) {
    const handle = await requireContainer(engine, name)
    if (handle.state.status !== 'running') throw new Refusal('cannot attach to a stopped container, start it first')
    const { tty, openStdin } = handle.specification
    const status = await wire(proc, await handle.attach(), {
      tty: tty && proc.terminal(0) !== undefined,
      stdin: openStdin && !flags.noStdin,
      // docker: a terminal's keys say it all.
      ...(flags.sigProxy && !tty ? { kill: signal => handle.kill(signal) } : {}),
      ...(flags.detachKeys === undefined ? {} : { detachKeys: flags.detachKeys }),
    })
    return status === 'detached' ? 0 : status
  },
})
