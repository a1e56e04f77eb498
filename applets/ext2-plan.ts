// How an ext2 file system is laid out on an image: groups of blocks, each with its bitmaps and its table of inodes.

import { Failure } from './applet.ts'

const LEAST_BLOCKS = 60
const FIRST_INODE = 11
const DESCRIPTOR = 32

export interface Ext2Wishes {
  readonly size: number
  readonly blockSize: number | undefined
  readonly ratio: number | undefined
  readonly inodeSize: number
  readonly percent: number
  readonly label: string
}

export class Ext2Plan {
  readonly blockSize: number
  readonly inodeSize: number
  readonly label: string
  readonly percent: number
  readonly blocks: number
  readonly firstBlock: number
  readonly groups: number
  readonly inodesPerGroup: number
  /** Blocks of a group's table of inodes, and of the table of groups. */
  readonly tableBlocks: number
  readonly descriptorBlocks: number
  /** Of the directory lost+found. */
  readonly foundBlocks: number

  /** Throws Failure `need >= 60 blocks`. */
  constructor(wishes: Ext2Wishes) {
    const { size, inodeSize, percent, label } = wishes
    const isLarge = size >= 512 * 1024 * 1024
    this.blockSize = wishes.blockSize ?? (isLarge ? 4096 : 1024)
    const ratio = wishes.ratio ?? (size < 3 * 1024 * 1024 ? 8192 : isLarge ? 16384 : 4096)
    this.inodeSize = inodeSize
    this.label = label
    this.percent = percent
    this.firstBlock = this.blockSize === 1024 ? 1 : 0
    const inodesPerBlock = this.blockSize / inodeSize
    let blocks = Math.floor(size / this.blockSize)
    if (blocks < LEAST_BLOCKS) throw new Failure('need >= 60 blocks')
    const inodes = Math.max(Math.floor(size / ratio), FIRST_INODE + 1)
    for (;;) {
      const groups = Math.ceil((blocks - this.firstBlock) / this.blocksPerGroup)
      const wanted = Math.max(16, Math.ceil(inodes / groups))
      const inodesPerGroup = Math.min(Math.ceil(wanted / inodesPerBlock) * inodesPerBlock, this.blockSize * 8)
      const tableBlocks = Math.ceil(inodesPerGroup / inodesPerBlock)
      const descriptorBlocks = Math.ceil((groups * DESCRIPTOR) / this.blockSize)
      // A last group in which little more than its own tables has room is left away.
      const rest = (blocks - this.firstBlock) % this.blocksPerGroup
      if (groups > 1 && rest > 0 && rest < 3 + descriptorBlocks + tableBlocks + 50) {
        blocks -= rest
        continue
      }
      this.groups = groups
      this.inodesPerGroup = inodesPerGroup
      this.tableBlocks = tableBlocks
      this.descriptorBlocks = descriptorBlocks
      break
    }
    this.blocks = blocks
    this.foundBlocks = Math.min(12, 16384 / this.blockSize)
  }

  get blocksPerGroup(): number {
    return this.blockSize * 8
  }

  get inodes(): number {
    return this.inodesPerGroup * this.groups
  }

  get reservedBlocks(): number {
    return Math.floor((this.blocks * this.percent) / 100)
  }

  startOf(group: number): number {
    return this.firstBlock + group * this.blocksPerGroup
  }

  blocksIn(group: number): number {
    return Math.min(this.blocksPerGroup, this.blocks - this.startOf(group))
  }

  /** sparse_super: the first two groups, and powers of 3, 5 and 7. */
  hasSuper(group: number): boolean {
    return group <= 1 || [3, 5, 7].some(base => isPower(group, base))
  }

  /** The first block of a group that is no copy of the super block and of the table of groups. */
  bitmapOf(group: number): number {
    return this.startOf(group) + (this.hasSuper(group) ? 1 + this.descriptorBlocks : 0)
  }

  tableOf(group: number): number {
    return this.bitmapOf(group) + 2
  }

  /** How many blocks of a group are in use. */
  usedIn(group: number): number {
    const directories = group === 0 ? 1 + this.foundBlocks : 0
    return this.tableOf(group) - this.startOf(group) + this.tableBlocks + directories
  }

  summary(): string {
    const log = Math.log2(this.blockSize / 1024)
    const backups = Array.from({ length: this.groups }, (_, group) => group).filter(
      group => group > 0 && this.hasSuper(group),
    )
    return [
      `Filesystem label=${this.label}`,
      'OS type: Linux',
      `Block size=${this.blockSize} (log=${log})`,
      `Fragment size=${this.blockSize} (log=${log})`,
      `${this.inodes} inodes, ${this.blocks} blocks`,
      `${this.reservedBlocks} blocks (${this.percent}%) reserved for the super user`,
      `First data block=${this.firstBlock}`,
      `Maximum filesystem blocks=${(this.blockSize / DESCRIPTOR) * this.blocksPerGroup}`,
      `${this.groups} block groups`,
      `${this.blocksPerGroup} blocks per group, ${this.blocksPerGroup} fragments per group`,
      `${this.inodesPerGroup} inodes per group`,
      ...(backups.length === 0
        ? []
        : ['Superblock backups stored on blocks:', `\t${backups.map(group => this.startOf(group)).join(', ')}`]),
      '',
    ].join('\n')
  }
}

function isPower(value: number, base: number): boolean {
  let power = base
  while (power < value) power *= base
  return power === value
}
