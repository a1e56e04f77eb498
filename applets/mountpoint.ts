import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import type { Stat } from '../kernel/vfs/stat.ts'
import { flag } from '../lib/options.ts'
import { applet, Failure } from './applet.ts'
import { statOf } from './refused.ts'

export default applet({
  name: 'mountpoint',
  about: 'Tell whether a directory is a mount point',
  operands: 'DIR | -x DEVICE',
  least: 1,
  most: 1,
  options: {
    quiet: flag('-q', 'Say nothing'),
    device: flag('-d', 'Print the device number of the file system'),
    named: flag('-n', 'Print what is mounted there'),
    special: flag('-x', 'Print the numbers of a block device'),
  },
  async main({ proc, options, operands: [path = ''] }) {
    const stat = statOrSay(proc, path)
    const numbers = (device: number) => `${Math.floor(device / 256)}:${device % 256}`
    if (options.special) {
      if (stat.kind !== 'block') throw new Failure(`${path}: not a block device`)
      return void (await proc.stdout.line(numbers(stat.rdev)))
    }
    if (stat.kind !== 'directory') throw new Failure(`${path}: Not a directory`)
    const above = statOf(proc, `${path}/..`)
    const isMounted = above?.dev !== stat.dev || above.ino === stat.ino
    if (options.device) await proc.stdout.line(numbers(stat.dev))
    if (options.named) await proc.stdout.line(`${isMounted ? proc.statfs(path).source : 'UNKNOWN'} ${path}`)
    if (!options.quiet && !options.device && !options.named) {
      await proc.stdout.line(`${path} is ${isMounted ? '' : 'not '}a mountpoint`)
    }
    return isMounted ? 0 : 1
  },
})

function statOrSay(proc: Process, path: string): Stat {
  try {
    return proc.stat(path)
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    throw new Failure(`${path}: ${error.message}`)
  }
}
