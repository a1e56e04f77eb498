// What opening a fifo or a device gives: pipes that have a name, and the devices by number (Linux's devices.txt).

import type { Description } from './description.ts'
import { SysError } from './errno.ts'
import type { Kernel } from './kernel.ts'
import { Pipe, PipeEnd } from './pipe.ts'
import { DeviceDescription, type DeviceOperations, simpleDevice } from './vfs/device.ts'
import type { Inode, OpenFlags } from './vfs/inode.ts'
import type { NodeOpener } from './vfs/opener.ts'
import { makeDevice } from './vfs/stat.ts'

const TTY = makeDevice(5, 0)
const CONSOLE = makeDevice(5, 1)
const PTS = 136

export class KernelOpener implements NodeOpener {
  readonly #kernel: Kernel
  /** A fifo is one pipe per inode, however often it is opened, for as long as somebody has it open. */
  readonly #pipes = new WeakMap<Inode, Pipe>()

  constructor(kernel: Kernel) {
    this.#kernel = kernel
  }

  fifo(inode: Inode, flags: OpenFlags, path: string): Description {
    let pipe = this.#pipes.get(inode)
    if (!pipe || (pipe.readers === 0 && pipe.writers === 0)) {
      pipe = new Pipe(this.#kernel.limits.pipeBytes)
      this.#pipes.set(inode, pipe)
    }
    const how = { readable: flags.read ?? false, writable: flags.write ?? false }
    return new PipeEnd(pipe, how, { stat: () => inode.stat(), path })
  }

  device(inode: Inode, flags: OpenFlags, path: string): Description {
    const { rdev, kind } = inode.stat()
    if (kind === 'block') throw new SysError('ENXIO')
    const operations = this.#operations(rdev)
    if (operations) return new DeviceDescription(inode, operations, flags, path)
    return this.#terminal(rdev).openSlave(path)
  }

  #operations(rdev: number): DeviceOperations | undefined {
    return simpleDevice(rdev, count => this.#kernel.host.random(count))
  }

  #terminal(rdev: number) {
    const { terminals } = this.#kernel
    const terminal =
      rdev === TTY
        ? this.#kernel.opening?.controllingTerminal
        : rdev === CONSOLE
          ? terminals[0]
          : Math.floor(rdev / 256) === PTS
            ? terminals.find(({ name }) => name === `pts/${rdev % 256}`)
            : undefined
    if (!terminal) throw new SysError('ENXIO')
    return terminal
  }
}
