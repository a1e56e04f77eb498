import { requireTerminal, terminalSize, wire } from '../attach.ts'
import { command, requireContainer } from '../context.ts'
import { readVariable } from '../create-options.ts'
import { boolean, list, string } from '../flags.ts'

export default command({
  name: 'exec',
  about: 'Execute a command in a running container',
  operands: 'CONTAINER COMMAND [ARG...]',
  least: 2,
  stopAtOperand: true,
  flags: {
    detach: boolean('-d --detach', 'Detached mode: run command in the background'),
    env: list('-e --env', 'Set environment variables'),
    interactive: boolean('-i --interactive', 'Keep STDIN open even if not attached'),
    tty: boolean('-t --tty', 'Allocate a pseudo-TTY'),
    user: string('-u --user', 'Username or UID (format: "<name|uid>[:<group|gid>]")'),
    workdir: string('-w --workdir', 'Working directory inside the container'),
  },
  async main({ engine, proc, flags, operands: [name = '', ...argv] }) {
    if (!flags.detach) requireTerminal(proc, { tty: flags.tty, stdin: flags.interactive })
    const handle = await requireContainer(engine, name)
    const size = terminalSize(proc)
    const attachment = await handle.exec({
      argv,
      tty: flags.tty,
      stdin: flags.interactive,
      env: flags.env.flatMap(word => readVariable(proc, word)),
      ...(flags.user === undefined ? {} : { user: flags.user }),
      ...(flags.workdir === undefined ? {} : { workingDirectory: flags.workdir }),
      ...(size ? { size } : {}),
    })
    if (flags.detach) {
      // The end of a terminal's input is a hang-up: a detached terminal goes on.
      if (!flags.tty) attachment.closeInput()
      attachment.detach()
      return 0
    }
    const isTerminal = flags.tty && proc.terminal(0) !== undefined
    const status = await wire(proc, attachment, { tty: isTerminal, stdin: flags.interactive })
    return status === 'detached' ? 0 : status
  },
})
