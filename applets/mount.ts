import { CowFileSystem } from '../kernel/vfs/cow.ts'
import { decode } from '../lib/bytes.ts'
import { flag, list, text } from '../lib/options.ts'
import { applet, Failure } from './applet.ts'
import { statOf } from './refused.ts'

export default applet({
  name: 'mount',
  about: 'Show what is mounted; mount a tmpfs, or a directory at a second place (-o bind)',
  operands: '[DEVICE] [NODE]',
  most: 2,
  options: {
    all: flag('-a', 'Everything in /etc/fstab: refused, a container has none'),
    type: text('-t', 'TYPE', 'Only this type; or the type to mount: tmpfs'),
    options: list('-o', 'OPT', 'Options: bind, ro, rw, size=N'),
    readOnly: flag('-r', 'Read-only'),
  },
  notes: ['Devices cannot be mounted: this box has none.'],
  async main({ proc, options, operands: [source, target] }) {
    if (options.all) throw new Failure('-a: a container has no /etc/fstab to mount')
    if (source === undefined) {
      for (const line of decode(proc.contentsOf('/proc/mounts'))
        .split('\n')
        .filter(row => row !== '')) {
        const [from, at, type, how] = line.split(' ')
        if (options.type === undefined || options.type === type)
          await proc.stdout.line(`${from} on ${at} type ${type} (${how})`)
      }
      return
    }
    if (target === undefined)
      throw new Failure(
        statOf(proc, '/etc/fstab')
          ? `can't find ${source} in /etc/fstab`
          : "can't read '/etc/fstab': No such file or directory",
      )
    if (proc.credentials.euid !== 0)
      throw new Failure(`mounting ${source} on ${target} failed: Operation not permitted`)
    const words = options.options.flatMap(text => text.split(','))
    const readOnly = options.readOnly || words.includes('ro')
    const { kernel } = proc
    if (words.includes('bind')) {
      const { mount, inode } = proc.locate(source)
      kernel.mount(mount.fs, proc.realpath(target), { root: inode, readOnly })
      return
    }
    // There is no kernel module to ask for another.
    if (options.type !== 'tmpfs') throw new Failure(`mounting ${source} on ${target} failed: No such device`, 255)
    const size = Number(
      /^size=(\d+)/.exec(words.find(word => word.startsWith('size=')) ?? '')?.[1] ?? kernel.limits.fileBytes,
    )
    kernel.mount(CowFileSystem.tmpfs({ size, mode: 0o1777, now: kernel.nanoseconds }), proc.realpath(target), {
      readOnly,
    })
  },
})
