import { flag, list, text } from '../lib/options.ts'
import { parseNumber } from '../lib/options.ts'
import { SysError } from '../kernel/errno.ts'
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
    const unit = options.megabytes ? 1024 ** 2 : options.block === undefined ? 1024 : parseNumber(options.block, { hasSuffix: true, least: 1 })
    const isHuman = options.human
    const size = (bytes: number) => (isHuman ? humanKilobytes(bytes / 1024) : String(Math.floor(bytes / unit)))
    const blocks = options.inodes ? 'Inodes' : isHuman ? 'Size' : options.megabytes ? '1M-blocks' : unit === 1024 ? (options.portable ? '1024-blocks' : '1K-blocks') : `${unit}-blocks`
    const [used, free, percent] = options.inodes ? ['Used', 'Available', 'Use%'] : ['Used', 'Available', options.portable ? 'Capacity' : 'Use%']
    const type = (name: string) => (options.type ? `${name.padEnd(10)} ` : '')
    await proc.stdout.line(`${'Filesystem'.padEnd(20)} ${type('Type')}${blocks.padStart(options.portable ? 11 : 9)} ${used!.padStart(9)} ${free!.padStart(9)} ${percent!.padStart(3)} Mounted on`)
    const paths = operands.length > 0 ? operands : proc.kernel.mounts.all.map(mount => mount.path)
    for (const path of paths) {
      try {
        const usage = proc.statfs(path)
        const [total, taken] = options.inodes ? [usage.inodes, usage.inodesUsed] : [usage.size, usage.used]
        if (total === 0 && !options.all && operands.length === 0) continue
        if (options.only.length > 0 && !options.only.includes(usage.type)) continue
        const show = options.inodes ? String : size
        const share = total === 0 ? '0%' : `${Math.ceil((taken * 100) / total)}%`
        const row = [show(total).padStart(options.portable ? 11 : 9), show(taken).padStart(9), show(total - taken).padStart(9), share.padStart(4)]
        await proc.stdout.line(`${usage.source.padEnd(20)} ${type(usage.type)}${row.join(' ')} ${usage.mountPath}`)
      } catch (error) {
        if (!(error instanceof SysError)) throw error
        warn(`${path}: can't find mount point`)
      }
    }
  },
})
