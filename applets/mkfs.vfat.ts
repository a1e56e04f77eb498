import { encode } from '../lib/bytes.ts'
import { flag, text } from '../lib/options.ts'
import { applet } from './applet.ts'
import { DiskImage, fields } from './disk-image.ts'

const SECTOR = 512
const RESERVED = 6
const FATS = 2
const INFO_SECTOR = 1
const BACKUP_SECTOR = 3

/** mkfs.vfat, as in busybox: always FAT32. */
export default applet({
  name: 'mkfs.vfat',
  aliases: ['mkdosfs'],
  about: 'Make an image of a FAT32 file system',
  operands: 'IMAGE [KBYTES]',
  least: 1,
  most: 2,
  options: { label: text('-n', 'LABEL', 'Its label', ''), verbose: flag('-v', 'Tell what was made') },
  async main({ proc, options, operands: [name = '', kilobytes] }) {
    const image = await DiskImage.open(proc, name, kilobytes)
    image.requireRoom()
    const shape = shapeOf(image.size)
    const volume = Math.floor(proc.kernel.clock.now() / 1000) >>> 0
    const label = options.label.slice(0, 11).padEnd(11) === ' '.repeat(11) ? 'NO NAME' : options.label
    const name11 = label.slice(0, 11).padEnd(11)
    if (options.verbose)
      await proc.stderr.write(
        `Device '${name}':\nheads:255, sectors/track:63, bytes/sector:512\nmedia descriptor:f8\n` +
          `total sectors:${shape.total}, clusters:${shape.clusters}, sectors/cluster:${shape.perCluster}\n` +
          `FATs:2, sectors/FAT:${shape.perFat}\nvolumeID:${volume.toString(16).padStart(8, '0')}, label:'${name11}'\n`,
      )
    await write(image, shape, volume, name11, options.label !== '')
    image.close()
  },
})

interface Shape {
  readonly total: number
  readonly perCluster: number
  readonly perFat: number
  readonly clusters: number
}

/** Clusters grow with the volume; the FATs are as small as hold all clusters. */
function shapeOf(size: number): Shape {
  const total = Math.floor(size / SECTOR)
  const megabytes = size / (1024 * 1024)
  const perCluster = megabytes >= 16 * 1024 ? 32 : megabytes >= 8 * 1024 ? 16 : megabytes >= 260 ? 8 : 1
  const clustersWith = (perFat: number) => Math.floor((total - RESERVED - FATS * perFat) / perCluster)
  let perFat = 1
  const most = Math.ceil(total / perCluster / 128) + 1
  for (let low = 1, high = most; low < high; ) {
    const middle = (low + high) >> 1
    if (middle * 128 >= clustersWith(middle) + 2) high = middle
    else low = middle + 1
    perFat = high
  }
  const clusters = clustersWith(perFat)
  return { total, perCluster, perFat, clusters }
}

async function write(image: DiskImage, shape: Shape, volume: number, label: string, hasLabel: boolean): Promise<void> {
  const { perFat, perCluster, clusters } = shape
  await image.clear(0, (RESERVED + FATS * perFat + perCluster) * SECTOR)
  const boot = bootSector(shape, volume, label)
  const info = fields(SECTOR, [
    [0, 4, 0x41615252],
    [484, 4, 0x61417272],
    [488, 4, clusters - 1],
    [492, 4, 2],
    [508, 4, 0xaa550000],
  ])
  for (const base of [0, BACKUP_SECTOR]) {
    await image.put(base * SECTOR, boot.slice())
    await image.put((base + INFO_SECTOR) * SECTOR, info.slice())
  }
  for (let fat = 0; fat < FATS; fat++)
    await image.put(
      (RESERVED + fat * perFat) * SECTOR,
      fields(12, [
        [0, 4, 0x0ffffff8],
        [4, 4, 0xffffffff],
        [8, 4, 0x0ffffff8],
      ]),
    )
  if (!hasLabel) return
  const entry = new Uint8Array(32)
  entry.set(encode(label).subarray(0, 11))
  entry[11] = 0x08
  await image.put((RESERVED + FATS * perFat) * SECTOR, entry)
}

function bootSector({ total, perCluster, perFat }: Shape, volume: number, label: string): Uint8Array {
  const boot = fields(SECTOR, [
    [0x00, 4, 0x009058eb],
    [0x0b, 2, SECTOR],
    [0x0d, 1, perCluster],
    [0x0e, 2, RESERVED],
    [0x10, 1, FATS],
    [0x15, 1, 0xf8],
    [0x18, 2, 63],
    [0x1a, 2, 255],
    [0x20, 4, total],
    [0x24, 4, perFat],
    [0x2c, 4, 2],
    [0x30, 2, INFO_SECTOR],
    [0x32, 2, BACKUP_SECTOR],
    [0x42, 1, 0x29],
    [0x43, 4, volume],
    [0x1fe, 2, 0xaa55],
  ])
  boot.set(encode('mkdosfs\0'), 3)
  boot.set(encode(label).subarray(0, 11), 0x47)
  boot.set(encode('FAT32   '), 0x52)
  // Whoever boots it is sent back to the firmware (int 18h), and waits.
  boot.set([0xcd, 0x18, 0xf4, 0xeb, 0xfd], 0x5a)
  return boot
}
