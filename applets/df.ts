import { SysError } from '../kernel/errno.ts'
import { flag, list, parseNumber, text } from '../lib/options.ts'
import { applet } from './applet.ts'
import { humanKilobytes } from './human-size.ts'

export default applet({
  name: 'df',
  about: 'Show how full file systems are',
  operands: '[FILESYSTEM]...',
  options: {
    portable: flag('-P', 'In the format of POSIX'),
    kilobytes: flag('-k', 'Blocks of 1024 bytes (default)'),
    megabytes: flag('-m', 'Blocks of a megabyte'),
    human: flag('-h', 'Sizes such as 1.0K'),
    type: flag('-T', 'The type too'),
    only: list('-t', 'TYPE', 'Only this type'),
    all: flag('-a', 'Those without a size too'),
    inodes: flag('-i', 'Inodes instead of blocks'),
    block: text('-B', 'SIZE', 'Blocks of SIZE'),
  },
  async main({ proc, options, operands, warn }) {
    const unit = blockSize(options)
    const size = (bytes: number) => (options.human ? humanKilobytes(bytes / 1024) : String(Math.floor(bytes / unit)))
    const type = (name: string) => (options.type ? `${name.padEnd(10)} ` : '')
    const share = options.portable ? 'Capacity' : 'Use%'
    await proc.stdout.line(
      `${'Filesystem'.padEnd(20)} ${type('Type')}${heading(options, unit).padEnd(15)}Used Available ${share} Mounted on`,
    )
    const paths = operands.length > 0 ? operands : proc.kernel.mounts.all.map(mount => mount.path)
    for (const path of paths) {
      try {
        const usage = proc.statfs(path)
        const [total, taken] = options.inodes ? [usage.inodes, usage.inodesUsed] : [usage.size, usage.used]
        if (total === 0 && !options.all && operands.length === 0) continue
        if (options.only.length > 0 && !options.only.includes(usage.type)) continue
        const show = options.inodes ? String : size
        const share = total === 0 ? '0%' : `${Math.ceil((taken * 100) / total)}%`
        const row = [
          show(total).padStart(9),
          show(taken).padStart(9),
          show(total - taken).padStart(9),
          share.padStart(4),
        ]
        await proc.stdout.line(`${usage.source.padEnd(20)} ${type(usage.type)}${row.join(' ')} ${usage.mountPath}`)
      } catch (error) {
        if (!(error instanceof SysError)) throw error
        warn(`${path}: can't find mount point`)
      }
    }
  },
})

interface Options {
  readonly portable: boolean
  readonly megabytes: boolean
  readonly human: boolean
  readonly inodes: boolean
  readonly block: string | undefined
}

function blockSize({ megabytes, block }: Options): number {
  if (megabytes) return 1024 ** 2
  return block === undefined ? 1024 : parseNumber(block, { hasSuffix: true, least: 1 })
}

function heading({ portable, human, inodes }: Options, unit: number): string {
  if (inodes) return '   Inodes'
  if (human) return '     Size'
  if (portable) return `${unit}-blocks`
  const units = ['', 'K', 'M', 'G']
  let [left, power] = [unit, 0]
  for (; left >= 1024 && left % 1024 === 0 && power < 3; power++) left /= 1024
  return `${left}${units[power]}-blocks`
}
