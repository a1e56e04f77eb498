import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { decode } from '../lib/bytes.ts'
import { applet, Failure } from './applet.ts'
import { DiskImage, uuidText } from './disk-image.ts'
import { MinixShape } from './minix.ts'

/** blkid, as in busybox: of what is not known nothing is said. */
export default applet({
  name: 'blkid',
  about: 'Print the labels, UUIDs and types of the file systems in IMAGEs',
  operands: '[IMAGE]...',
  notes: ['Partly: ext2, ext3, ext4, vfat, minix, swap, xfs, btrfs, squashfs and iso9660; there are no block devices.'],
  async main({ proc, operands }) {
    for (const name of operands) {
      const found = await identify(proc, name)
      if (!found) continue
      const label = found.label === '' ? '' : ` LABEL="${found.label}"`
      const uuid = found.uuid === '' ? '' : ` UUID="${found.uuid}"`
      await proc.stdout.line(`${name}:${label}${uuid} TYPE="${found.type}"`)
    }
    return 0
  },
})

interface Found {
  readonly type: string
  readonly label: string
  readonly uuid: string
}

async function identify(proc: Process, name: string): Promise<Found | undefined> {
  let image: DiskImage
  try {
    image = await DiskImage.open(proc, name)
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    return undefined
  }
  try {
    for (const look of KINDS) {
      const found = await look(image)
      if (found) return found
    }
    return undefined
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return undefined
  } finally {
    image.close()
  }
}

const KINDS: readonly ((image: DiskImage) => Promise<Found | undefined>)[] = [
  ext,
  swap,
  vfat,
  minix,
  xfs,
  btrfs,
  squashfs,
  iso,
]

async function ext(image: DiskImage): Promise<Found | undefined> {
  const block = await image.get(1024, 1024)
  if (block.length < 1024 || block[56] !== 0x53 || block[57] !== 0xef) return undefined
  const view = new DataView(block.buffer)
  const hasJournal = (view.getUint32(92, true) & 4) !== 0
  // What ext3 does not know: 64bit, extents, flex_bg ...; huge_file, gdt_csum ...
  const isFourth = (view.getUint32(96, true) & 0x02c0) !== 0 || (view.getUint32(100, true) & 0x0478) !== 0
  const type = isFourth ? 'ext4' : hasJournal ? 'ext3' : 'ext2'
  return { type, label: textOf(block, 120, 16), uuid: uuidText(block.subarray(104, 120)) }
}

async function swap(image: DiskImage): Promise<Found | undefined> {
  const page = await image.get(0, 4096)
  if (textOf(page, 4086, 10) !== 'SWAPSPACE2') return undefined
  return { type: 'swap', label: textOf(page, 1052, 15), uuid: uuidText(page.subarray(1036, 1052)) }
}

async function vfat(image: DiskImage): Promise<Found | undefined> {
  const sector = await image.get(0, 512)
  if (sector.length < 512 || sector[510] !== 0x55 || sector[511] !== 0xaa) return undefined
  const isLarge = textOf(sector, 0x52, 5) === 'FAT32'
  if (!isLarge && textOf(sector, 0x36, 3) !== 'FAT') return undefined
  const view = new DataView(sector.buffer)
  const at = isLarge ? 0x43 : 0x27
  const label = (await rootLabel(image, view, isLarge)) ?? textOf(sector, at + 4, 11).trimEnd()
  const id = view.getUint32(at, true).toString(16).toUpperCase().padStart(8, '0')
  return { type: 'vfat', label: label === 'NO NAME' ? '' : label, uuid: `${id.slice(0, 4)}-${id.slice(4)}` }
}

/** The label that stands among the names of the root directory. */
async function rootLabel(image: DiskImage, view: DataView, isLarge: boolean): Promise<string | undefined> {
  const sectorSize = view.getUint16(0x0b, true)
  const perFat = isLarge ? view.getUint32(0x24, true) : view.getUint16(0x16, true)
  const start = (view.getUint16(0x0e, true) + view.getUint8(0x10) * perFat) * sectorSize
  const root = await image.get(start, 512)
  for (let at = 0; at + 32 <= root.length && root[at] !== 0; at += 32)
    if (root[at + 11] === 0x08 && root[at] !== 0xe5) return textOf(root, at, 11).trimEnd()
  return undefined
}

async function minix(image: DiskImage): Promise<Found | undefined> {
  return MinixShape.read(await image.get(1024, 1024)) ? { type: 'minix', label: '', uuid: '' } : undefined
}

async function xfs(image: DiskImage): Promise<Found | undefined> {
  const block = await image.get(0, 512)
  if (textOf(block, 0, 4) !== 'XFSB') return undefined
  return { type: 'xfs', label: textOf(block, 108, 12), uuid: uuidText(block.subarray(32, 48)) }
}

async function btrfs(image: DiskImage): Promise<Found | undefined> {
  const block = await image.get(65536, 1024)
  if (textOf(block, 64, 8) !== '_BHRfS_M') return undefined
  return { type: 'btrfs', label: textOf(block, 299, 256), uuid: uuidText(block.subarray(32, 48)) }
}

async function squashfs(image: DiskImage): Promise<Found | undefined> {
  const block = await image.get(0, 4)
  return ['hsqs', 'sqsh'].includes(textOf(block, 0, 4)) ? { type: 'squashfs', label: '', uuid: '' } : undefined
}

async function iso(image: DiskImage): Promise<Found | undefined> {
  const block = await image.get(32768, 2048)
  if (textOf(block, 1, 5) !== 'CD001') return undefined
  return { type: 'iso9660', label: textOf(block, 40, 32).trimEnd(), uuid: '' }
}

function textOf(bytes: Uint8Array, at: number, length: number): string {
  return decode(bytes.subarray(at, at + length)).replace(/\0.*$/s, '')
}
