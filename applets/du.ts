import type { Process } from '../kernel/process.ts'
import type { Stat } from '../kernel/vfs/stat.ts'
import { flag, number } from '../lib/options.ts'
import { applet } from './applet.ts'
import { humanKilobytes } from './human-size.ts'
import { joinPath, succeeds } from './refused.ts'

export default applet({
  name: 'du',
  about: 'Show how much space files take',
  operands: '[FILE]...',
  options: {
    all: flag('-a', 'Files too'),
    apparent: flag('-b', 'Bytes that they seem to have, holes counted'),
    follow: flag('-L', 'Follow all symlinks'),
    followOperands: flag('-H', 'Follow symlinks that are operands'),
    depth: number('-d', 'N', 'Only so deep'),
    total: flag('-c', 'A total at the end'),
    links: flag('-l', 'Count hard links each time'),
    summary: flag('-s', 'Only a sum for each operand'),
    oneSystem: flag('-x', 'Stay on one file system'),
    human: flag('-h', 'Sizes such as 1.0K'),
    megabytes: flag('-m', 'In megabytes'),
    kilobytes: flag('-k', 'In kilobytes (default)'),
  },
  async main({ proc, options, operands, warn }) {
    const seen = new Set<string>()
    let sum = 0
    const show = (bytes: number) =>
      options.apparent
        ? String(bytes)
        : options.human
          ? humanKilobytes(bytes / 1024)
          : String(Math.ceil(bytes / (options.megabytes ? 1024 ** 2 : 1024)))
    const deepest = options.summary ? 0 : (options.depth ?? Number.POSITIVE_INFINITY)

    const measure = async (path: string, depth: number, device: number | undefined): Promise<number> => {
      const pause = proc.gate()
      if (pause) await pause
      let stat: Stat | undefined
      const follow = options.follow || (options.followOperands && depth === 0)
      if (!succeeds(warn, path, () => (stat = follow ? proc.stat(path) : proc.lstat(path))) || !stat) return 0
      if (options.oneSystem && device !== undefined && stat.dev !== device) return 0
      const key = `${stat.dev}:${stat.ino}`
      if (stat.kind !== 'directory' && stat.nlink > 1 && !options.links) {
        if (seen.has(key)) return 0
        seen.add(key)
      }
      let bytes = options.apparent ? stat.size : stat.blocks * 512
      if (stat.kind === 'directory')
        for (const child of children(proc, path, warn)) bytes += await measure(child, depth + 1, stat.dev)
      if (depth <= deepest && (stat.kind === 'directory' || options.all || depth === 0))
        await proc.stdout.line(`${show(bytes)}\t${path}`)
      return bytes
    }

    for (const path of operands.length === 0 ? ['.'] : operands) sum += await measure(path, 0, undefined)
    if (options.total) await proc.stdout.line(`${show(sum)}\ttotal`)
  },
})

function children(proc: Process, path: string, warn: (message: string) => void): string[] {
  let names: string[] = []
  succeeds(warn, `can't open '${path}'`, () => {
    names = proc.readDirectory(path).map(({ name }) => joinPath(path, name))
  })
  return names
}
