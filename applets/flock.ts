import { SysError } from '../kernel/errno.ts'
import { tryLock, unlock } from '../kernel/file-lock.ts'
import { exitStatus } from '../kernel/wait-status.ts'
import { flag, parseNumber, UsageError } from '../lib/options.ts'
import { applet, Failure } from './applet.ts'
import { startCommand } from './run-command.ts'

/** flock, as in busybox. */
export default applet({
  name: 'flock',
  about: 'Lock FILE and run PROG, or lock or unlock an open FD',
  operands: 'FD | { FILE [-c] PROG ARGS }',
  least: 1,
  stopAtOperand: true,
  options: {
    shared: flag('-s --shared', 'A lock that others may share'),
    exclusive: flag('-x -e --exclusive', 'A lock of its own (the default)'),
    unlock: flag('-u --unlock', 'Unlock FD'),
    nonBlocking: flag('-n --nonblock', 'Fail, do not wait'),
  },
  async main({ proc, options, operands }) {
    const [file = '', ...given] = operands
    const fd = given.length === 0 ? parseNumber(file) : await openFile()
    const kind = options.shared ? 'shared' : 'exclusive'
    try {
      const description = proc.fds.get(fd)
      if (options.unlock) unlock(description)
      else
        for (let queue = tryLock(description, kind); queue; queue = tryLock(description, kind)) {
          if (options.nonBlocking) return 1
          await proc.sleepOn(queue)
        }
    } catch (error) {
      if (!(error instanceof SysError)) throw error
      throw new Failure(`: ${error.message}`)
    }
    if (given.length === 0) return 0
    const [first = '', ...rest] = given
    if (first === '-c' && rest.length !== 1) throw new UsageError('')
    const argv = first === '-c' ? [proc.env.get('SHELL') || '/bin/sh', '-c', rest[0] ?? ''] : given
    // The program must not hold the lock beyond our own end: it does not get the descriptor.
    const started = startCommand(proc, argv, { prepare: child => child.close(fd) })
    const ended = await proc.wait(started.child.pid)
    if (started.refusal) throw new Failure(`${argv[0]}: ${started.refusal.message}`, 255)
    return ended ? exitStatus(ended[1]) : 1

    async function openFile(): Promise<number> {
      for (const how of [{ read: true, create: true }, { read: true }]) {
        try {
          return await proc.open(file, how)
        } catch (error) {
          if (!(error instanceof SysError)) throw error
          if (error.errno !== 'EISDIR') throw new Failure(`can't open '${file}': ${error.message}`)
        }
      }
      throw new Failure(`can't open '${file}'`)
    }
  },
})
