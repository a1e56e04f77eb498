import { flag, number, parseNumber, text, UsageError } from '../lib/options.ts'
import { applet, Failure } from './applet.ts'
import { DiskImage } from './disk-image.ts'
import { Ext2Plan } from './ext2-plan.ts'
import { writeExt2 } from './ext2-write.ts'

const BLOCK_SIZES = [1024, 2048, 4096]

/** mkfs.ext2 and mke2fs, as in busybox. */
export default applet({
  name: 'mkfs.ext2',
  aliases: ['mke2fs'],
  about: 'Make an image of an ext2 file system',
  operands: 'IMAGE [KBYTES]',
  most: 2,
  options: {
    blockSize: number('-b', 'BYTES', 'Size of blocks: 1024, 2048 or 4096'),
    force: flag('-F', 'Also on what is no block device: needed here'),
    ratio: number('-i', 'BYTES', 'An inode for so many bytes'),
    inodeSize: number('-I', 'BYTES', 'Size of inodes (128)'),
    reserved: text('-m', 'PERCENT', "How much is root's (5)", '5'),
    label: text('-L', 'LABEL', 'Its label', ''),
    dry: flag('-n', 'Only tell what would be made'),
  },
  async main({ proc, options: how, operands: [name, kilobytes], warn }) {
    if (name === undefined) throw new UsageError('')
    if (how.blockSize !== undefined && !BLOCK_SIZES.includes(how.blockSize))
      throw new Failure(`blocksize ${how.blockSize} is bad`)
    if (how.ratio !== undefined && how.ratio < 1024) throw new Failure('-i is bad')
    const percent = parseNumber(how.reserved)
    if (percent > 50) throw new Failure('-m is bad')
    const image = await DiskImage.open(proc, name, kilobytes)
    if (!how.force) throw new Failure(`${name}: not a block device`)
    image.requireRoom()
    const plan = new Ext2Plan({
      size: image.size,
      blockSize: how.blockSize,
      ratio: how.ratio,
      inodeSize: sizeOfInodes(how.inodeSize, warn),
      percent,
      label: how.label,
    })
    await proc.stdout.write(plan.summary())
    if (!how.dry) {
      const now = Math.floor(proc.kernel.clock.now() / 1000)
      await writeExt2(image, plan, { now, random: count => proc.kernel.host.random(count) })
    }
    image.close()
    return 0
  },
})

/** busybox: a bad one is only told of. */
function sizeOfInodes(given: number | undefined, warn: (message: string) => void): number {
  if (given === undefined) return 128
  if (given >= 128 && given <= 4096 && (given & (given - 1)) === 0) return given
  warn('-I is bad')
  return 128
}
