// The MINIX file system: where things lie on its image (the super block is the second kilobyte).

import { fields } from './disk-image.ts'

export const BLOCK = 1024
const BITS = 8 * BLOCK

const MAGIC: readonly (readonly [magic: number, version: 1 | 2, nameLength: number])[] = [
  [0x137f, 1, 14],
  [0x138f, 1, 30],
  [0x2468, 2, 14],
  [0x2478, 2, 30],
]

export class MinixShape {
  readonly version: 1 | 2
  readonly nameLength: number
  readonly inodes: number
  readonly zones: number
  readonly inodeMapBlocks: number
  readonly zoneMapBlocks: number
  readonly firstZone: number
  readonly maxSize: number
  readonly state: number

  private constructor(parts: Omit<MinixShape, 'entrySize' | 'inodeSize' | 'inodeTable' | 'summary' | 'superBlock'>) {
    this.version = parts.version
    this.nameLength = parts.nameLength
    this.inodes = parts.inodes
    this.zones = parts.zones
    this.inodeMapBlocks = parts.inodeMapBlocks
    this.zoneMapBlocks = parts.zoneMapBlocks
    this.firstZone = parts.firstZone
    this.maxSize = parts.maxSize
    this.state = parts.state
  }

  /** By default an inode for three blocks; their table is of whole blocks. */
  static plan(
    version: 1 | 2,
    zones: number,
    how: { readonly inodes: number | undefined; readonly nameLength: number },
  ): MinixShape {
    const perBlock = version === 1 ? 32 : 16
    const wanted = how.inodes ?? Math.floor(zones / 3)
    const inodes = Math.min(Math.ceil(wanted / perBlock) * perBlock, 65535)
    const inodeMapBlocks = Math.ceil((inodes + 1) / BITS)
    const tableBlocks = Math.ceil(inodes / perBlock)
    let zoneMapBlocks = 1
    const needed = () => Math.ceil((zones - (2 + inodeMapBlocks + zoneMapBlocks + tableBlocks) + 1) / BITS)
    while (needed() > zoneMapBlocks) zoneMapBlocks++
    return new MinixShape({
      version,
      nameLength: how.nameLength,
      inodes,
      zones,
      inodeMapBlocks,
      zoneMapBlocks,
      firstZone: 2 + inodeMapBlocks + zoneMapBlocks + tableBlocks,
      maxSize: version === 1 ? (7 + 512 + 512 * 512) * 1024 : 0x7fffffff,
      state: 1,
    })
  }

  /** undefined: no MINIX file system. */
  static read(superBlock: Uint8Array): MinixShape | undefined {
    const view = new DataView(superBlock.buffer, superBlock.byteOffset, superBlock.length)
    if (superBlock.length < 24) return undefined
    const kind = MAGIC.find(([magic]) => magic === view.getUint16(16, true))
    if (!kind) return undefined
    const [, version, nameLength] = kind
    return new MinixShape({
      version,
      nameLength,
      inodes: view.getUint16(0, true),
      zones: version === 1 ? view.getUint16(2, true) : view.getUint32(20, true),
      inodeMapBlocks: view.getUint16(4, true),
      zoneMapBlocks: view.getUint16(6, true),
      firstZone: view.getUint16(8, true),
      maxSize: view.getUint32(12, true),
      state: view.getUint16(18, true),
    })
  }

  get entrySize(): number {
    return this.nameLength + 2
  }

  get inodeSize(): number {
    return this.version === 1 ? 32 : 64
  }

  /** Where the first inode lies, in bytes. */
  get inodeTable(): number {
    return (2 + this.inodeMapBlocks + this.zoneMapBlocks) * BLOCK
  }

  superBlock(): Uint8Array {
    const magic = MAGIC.find(([, version, length]) => version === this.version && length === this.nameLength)?.[0] ?? 0
    return fields(BLOCK, [
      [0, 2, this.inodes],
      [2, 2, this.version === 1 ? this.zones : 0],
      [4, 2, this.inodeMapBlocks],
      [6, 2, this.zoneMapBlocks],
      [8, 2, this.firstZone],
      [12, 4, this.maxSize],
      [16, 2, magic],
      [18, 2, this.state],
      [20, 4, this.version === 1 ? 0 : this.zones],
    ])
  }

  summary(): string {
    return (
      `${this.inodes} inodes\n${this.zones} blocks\nFirstdatazone=${this.firstZone} (${this.firstZone})\n` +
      `Zonesize=${BLOCK}\nMaxsize=${this.maxSize}\n`
    )
  }
}
