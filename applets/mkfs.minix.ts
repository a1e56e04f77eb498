import { decode, encode } from '../lib/bytes.ts'
import { flag, number, text, UsageError } from '../lib/options.ts'
import { applet, Failure } from './applet.ts'
import { DiskImage, fields } from './disk-image.ts'
import { BLOCK, MinixShape } from './minix.ts'

/** mkfs.minix, as in busybox. */
export default applet({
  name: 'mkfs.minix',
  about: 'Make an image of a MINIX file system',
  operands: 'IMAGE [KBYTES]',
  least: 1,
  most: 2,
  options: {
    check: flag('-c', 'Look for bad blocks (there are none in an image)'),
    nameLength: number('-n', 'LENGTH', 'Of names: 14 or 30', 30),
    inodes: number('-i', 'N', 'How many inodes'),
    badBlocks: text('-l', 'FILE', 'Bad blocks (none may be in it)'),
    isSecond: flag('-v', 'Version 2'),
  },
  notes: ['Partly: a list of bad blocks that is not empty is refused.'],
  async main({ proc, options: how, operands: [name = '', kilobytes] }) {
    if (how.nameLength !== 14 && how.nameLength !== 30) throw new UsageError('')
    if (how.badBlocks !== undefined && badBlocksIn(proc.contentsOf(how.badBlocks)) > 0)
      throw new Failure(`-l ${how.badBlocks}: bad blocks are not set aside`)
    const image = await DiskImage.open(proc, name, kilobytes)
    const blocks = Math.floor(image.size / BLOCK)
    image.requireRoom()
    const shape = MinixShape.plan(how.isSecond ? 2 : 1, how.isSecond ? blocks : Math.min(blocks, 65535), {
      inodes: how.inodes,
      nameLength: how.nameLength,
    })
    await proc.stdout.write(shape.summary())
    await writeFileSystem(image, shape, {
      uid: proc.credentials.uid,
      gid: proc.credentials.gid,
      time: Math.floor(proc.kernel.clock.now() / 1000),
    })
    if (how.check || how.badBlocks !== undefined) await proc.stdout.line('0 bad block(s)')
    image.close()
  },
})

function badBlocksIn(bytes: Uint8Array): number {
  return decode(bytes)
    .split(/\s+/)
    .filter(word => word !== '').length
}

interface Made {
  readonly uid: number
  readonly gid: number
  readonly time: number
}

async function writeFileSystem(image: DiskImage, shape: MinixShape, made: Made): Promise<void> {
  await image.clear(0, (shape.firstZone + 1) * BLOCK)
  await image.put(BLOCK, shape.superBlock())
  await image.put(2 * BLOCK, bitmap(shape.inodeMapBlocks, shape.inodes, 1))
  await image.put((2 + shape.inodeMapBlocks) * BLOCK, bitmap(shape.zoneMapBlocks, shape.zones - shape.firstZone, 1))
  await image.put(shape.inodeTable, rootInode(shape, made))
  const root = new Uint8Array(2 * shape.entrySize)
  root.set(fields(2, [[0, 2, 1]]))
  root.set(encode('.'), 2)
  root.set(fields(2, [[0, 2, 1]]), shape.entrySize)
  root.set(encode('..'), shape.entrySize + 2)
  await image.put(shape.firstZone * BLOCK, root)
  await image.reachTo(shape.zones * BLOCK)
}

/** Bit 0 is nobody's, the next ones are in use, and so are those beyond the last that there is. */
function bitmap(blocks: number, last: number, used: number): Uint8Array {
  const bits = new Uint8Array(blocks * BLOCK).fill(0xff)
  for (let at = used + 1; at <= last; at++) bits[at >> 3]! &= ~(1 << (at & 7))
  return bits
}

function rootInode(shape: MinixShape, { uid, gid, time }: Made): Uint8Array {
  const size = 2 * shape.entrySize
  if (shape.version === 1)
    return fields(32, [
      [0, 2, 0o040755],
      [2, 2, uid],
      [4, 4, size],
      [8, 4, time],
      [12, 1, gid],
      [13, 1, 2],
      [14, 2, shape.firstZone],
    ])
  return fields(64, [
    [0, 2, 0o040755],
    [2, 2, 2],
    [4, 2, uid],
    [6, 2, gid],
    [8, 4, size],
    [12, 4, time],
    [16, 4, time],
    [20, 4, time],
    [24, 4, shape.firstZone],
  ])
}
