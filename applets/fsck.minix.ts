import { flag } from '../lib/options.ts'
import { applet, Failure } from './applet.ts'
import { DiskImage } from './disk-image.ts'
import { BLOCK, MinixShape } from './minix.ts'
import { checkMinix, type MinixReport } from './minix-check.ts'

const PROBLEM = 8
const UNREPAIRED = 4

/** fsck.minix, as in busybox, without repairs. */
export default applet({
  name: 'fsck.minix',
  about: 'Check an image of a MINIX file system',
  operands: 'IMAGE',
  least: 1,
  most: 1,
  usageStatus: PROBLEM,
  options: {
    list: flag('-l', 'List all names'),
    interactive: flag('-r', 'Refused: nothing is repaired'),
    automatic: flag('-a', 'Refused, unless there is nothing to repair'),
    verbose: flag('-v', 'Count what there is'),
    superBlock: flag('-s', 'Show the super block'),
    modes: flag('-m', 'Tell of modes of inodes that are free'),
    force: flag('-f', 'Check also what says that it is clean'),
  },
  notes: ['Partly: it finds what is wrong, and repairs nothing.'],
  async main({ proc, options: how, operands: [name = ''] }) {
    if (how.interactive && !proc.terminal(0)) throw new Failure('need terminal for interactive repairs', PROBLEM)
    if (how.interactive) throw new Failure('-r: nothing is repaired here', PROBLEM)
    const image = await DiskImage.open(proc, name, undefined, PROBLEM)
    const shape = MinixShape.read(await image.get(BLOCK, BLOCK))
    if (!shape) throw new Failure('bad magic number in superblock', PROBLEM)
    await proc.stdout.line('fsck.minix: BusyBox v1.35.0')
    if ((shape.state & 1) === 1 && !how.force) {
      if (how.verbose) await proc.stdout.line(`${name} is clean, no check`)
      return 0
    }
    if (how.force) await proc.stdout.line(`Forcing filesystem check on ${name}`)
    else await proc.stdout.line(`Filesystem on ${name} is dirty, needs checking`)
    if (how.superBlock)
      await proc.stdout.write(`${shape.summary()}Filesystem state=${shape.state}\nnamelen=${shape.nameLength}\n\n`)
    const report = await checkMinix(image, shape, how)
    if (how.list) for (const line of report.names) await proc.stdout.line(line)
    for (const line of report.problems) await proc.stdout.line(line)
    if (how.verbose) await proc.stdout.write(countsOf(shape, report))
    image.close()
    if (report.problems.length === 0) return 0
    if (how.automatic) throw new Failure('-a: nothing is repaired here', PROBLEM)
    return UNREPAIRED
  },
})

function countsOf(shape: MinixShape, { counts, inodes, zones }: MinixReport): string {
  const row = (count: number, what: string) => `${String(count).padStart(6)} ${what}\n`
  const percent = (part: number, whole: number) => Math.floor((100 * part) / whole)
  const { file = 0, directory = 0, character = 0, block = 0, symlink = 0, links = 0 } = counts
  return [
    `\n${row(inodes, `inodes used (${percent(inodes, shape.inodes)}%)`)}`,
    `${row(zones, `zones used (${percent(zones, shape.zones)}%)`)}\n`,
    row(file, 'regular files'),
    row(directory, 'directories'),
    row(character, 'character device files'),
    row(block, 'block device files'),
    row(links, 'links'),
    row(symlink, 'symbolic links'),
    '------\n',
    row(file + directory + character + block + symlink + links, 'files'),
  ].join('')
}
