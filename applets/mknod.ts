import { makeDevice } from '../kernel/vfs/stat.ts'
import { parseMode } from '../lib/mode-string.ts'
import { text, UsageError } from '../lib/options.ts'
import { applet } from './applet.ts'
import { succeeds } from './refused.ts'

const KINDS = { b: 'block', c: 'character', u: 'character', p: 'fifo' } as const

export default applet({
  name: 'mknod',
  about: 'Make a special file: b block, c or u character, p fifo',
  operands: 'NAME TYPE [MAJOR MINOR]',
  least: 2,
  most: 4,
  options: { mode: text('-m', 'MODE', 'Mode (default a=rw)') },
  main({ proc, options, operands: [path = '', type = '', major, minor], warn }) {
    if (type !== 'b' && type !== 'c' && type !== 'u' && type !== 'p') throw new UsageError('')
    const isDevice = type !== 'p'
    if (isDevice === (major === undefined || minor === undefined)) throw new UsageError('')
    const mode = options.mode === undefined ? undefined : parseMode(options.mode, { mode: 0o666, umask: proc.umask })
    succeeds(warn, path, () => {
      proc.mknod(path, KINDS[type], 0o666, isDevice ? makeDevice(Number(major), Number(minor)) : 0)
      if (mode !== undefined) proc.chmod(path, mode)
    })
  },
})
