import { EngineError } from '../../engine/errors.ts'
import { requireTerminal, terminalSize, wire } from '../attach.ts'
import { command } from '../context.ts'
import { CREATE_FLAGS, createContainer } from '../create-options.ts'
import { boolean, string } from '../flags.ts'

/** docker run: create, start, attach. The exit status is the command's own; 125, 126 and 127 when it cannot start. */
export default command({
  name: 'run',
  about: 'Create and run a new container from an image',
  operands: 'IMAGE [COMMAND] [ARG...]',
  least: 1,
  stopAtOperand: true,
  flags: {
    ...CREATE_FLAGS,
    detach: boolean('-d --detach', 'Run container in background and print container ID'),
    detachKeys: string('--detach-keys', 'Override the key sequence for detaching a container'),
    sigProxy: boolean('--sig-proxy', 'Proxy received signals to the process', true),
  },
  async main({ engine, proc, flags, operands }) {
    const isWatching = flags.attach.length === 0 || flags.attach.some(name => name.toLowerCase() === 'stdin')
    if (!flags.detach) requireTerminal(proc, { tty: flags.tty, stdin: flags.interactive && isWatching })
    const handle = await createContainer({ engine, proc }, flags, operands)
    const { id, tty } = handle.specification
    if (flags.detach) {
      await proc.stdout.line(id)
      await proc.stdout.flush()
      await handle.startDetached()
      return 0
    }
    try {
      const size = terminalSize(proc)
      const attachment = await handle.start(size ? { size } : {})
      const status = await wire(proc, attachment, {
        tty: tty && proc.terminal(0) !== undefined,
        stdin: flags.interactive && isWatching,
        ...(flags.sigProxy ? { kill: signal => handle.kill(signal) } : {}),
        ...(flags.detachKeys === undefined ? {} : { detachKeys: flags.detachKeys }),
      })
      return status === 'detached' ? 0 : status
    } catch (error) {
      if (error instanceof EngineError && error.code === 'start-failed' && flags.rm)
        await engine.containers.remove(handle, { force: true })
      throw error
    }
  },
})
