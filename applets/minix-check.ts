// What is wrong with a MINIX file system: every name is followed, and what was met is compared with the bitmaps.

import { decode } from '../lib/bytes.ts'
import type { DiskImage } from './disk-image.ts'
import { BLOCK, type MinixShape } from './minix.ts'

export interface MinixReport {
  readonly names: readonly string[]
  readonly problems: readonly string[]
  readonly counts: Readonly<Record<string, number>>
  readonly inodes: number
  readonly zones: number
}

const KINDS: ReadonlyMap<number, string> = new Map([
  [0o100000, 'file'],
  [0o040000, 'directory'],
  [0o020000, 'character'],
  [0o060000, 'block'],
  [0o120000, 'symlink'],
  [0o010000, 'fifo'],
  [0o140000, 'socket'],
])

export async function checkMinix(
  image: DiskImage,
  shape: MinixShape,
  how: { readonly modes: boolean },
): Promise<MinixReport> {
  const check = new Check(shape, await image.get(0, shape.zones * BLOCK))
  check.walk(1, '/')
  check.compare(how.modes)
  return check.report()
}

class Check {
  readonly #shape: MinixShape
  readonly #bytes: Uint8Array
  readonly #view: DataView
  readonly #names: string[] = []
  readonly #problems: string[] = []
  readonly #counts: Record<string, number> = {}
  readonly #links = new Map<number, number>()
  readonly #zones = new Map<number, number>()

  constructor(shape: MinixShape, bytes: Uint8Array) {
    this.#shape = shape
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  }

  walk(ino: number, path: string): void {
    const seen = this.#links.get(ino) ?? 0
    this.#links.set(ino, seen + 1)
    const mode = this.#inode(ino, 0)
    const kind = KINDS.get(mode & 0o170000)
    if (path !== '/') this.#names.push(`${String(ino).padStart(5)} ${mode.toString(8).padStart(7, '0')} ${path}`)
    if (seen > 0) return this.#count('links')
    if (!kind) return void this.#problems.push(`Inode ${ino} (${path}): bad mode 0${mode.toString(8)}`)
    this.#count(kind)
    if (kind !== 'file' && kind !== 'directory' && kind !== 'symlink') return
    const zones = this.#zonesOf(ino, path)
    if (kind === 'directory') this.#walkDirectory(ino, path, zones)
  }

  compare(tellsModes: boolean): void {
    const { inodes, zones, firstZone, inodeMapBlocks } = this.#shape
    for (let ino = 1; ino <= inodes; ino++) {
      const isMarked = this.#bit(2 * BLOCK, ino)
      const links = this.#links.get(ino)
      if (links === undefined) {
        if (isMarked) this.#problems.push(`Inode ${ino} not used, marked used in the bitmap`)
        else if (tellsModes && this.#inode(ino, 0) !== 0) this.#problems.push(`Inode ${ino} mode not cleared`)
        continue
      }
      if (!isMarked) this.#problems.push(`Inode ${ino} used, marked unused in the bitmap`)
      const said = this.#inode(ino, 2)
      if (said !== links)
        this.#problems.push(
          `Inode ${ino} (mode = ${this.#inode(ino, 0).toString(8)}), i_nlinks=${said}, counted=${links}`,
        )
    }
    for (let zone = firstZone; zone < zones; zone++) {
      const isMarked = this.#bit((2 + inodeMapBlocks) * BLOCK, zone - firstZone + 1)
      const users = this.#zones.get(zone) ?? 0
      if (isMarked === users > 0) continue
      this.#problems.push(`Zone ${zone}: ${isMarked ? 'marked in use' : 'not marked in use'}, counted=${users}`)
    }
  }

  report(): MinixReport {
    return {
      names: this.#names,
      problems: this.#problems,
      counts: this.#counts,
      inodes: this.#links.size,
      zones: this.#shape.firstZone + this.#zones.size,
    }
  }

  /** Each directory's own entries count as links: `.` of itself, `..` of what is above. */
  #walkDirectory(ino: number, path: string, zones: readonly number[]): void {
    const { entrySize, nameLength, inodes } = this.#shape
    const size = this.#inode(ino, 1)
    for (let at = 0; at < size; at += entrySize) {
      const zone = zones[Math.floor(at / BLOCK)]
      if (zone === undefined) break
      const start = zone * BLOCK + (at % BLOCK)
      const target = this.#view.getUint16(start, true)
      if (target === 0) continue
      const name = decode(this.#bytes.subarray(start + 2, start + 2 + nameLength)).replace(/\0.*$/s, '')
      if (target > inodes) this.#problems.push(`The directory '${path}' contains a bad inode number for file '${name}'`)
      else if (name === '.' || name === '..') this.#links.set(target, (this.#links.get(target) ?? 0) + 1)
      else this.walk(target, path === '/' ? `/${name}` : `${path}/${name}`)
    }
    // The name by which the root would be reached is its own `..`.
    if (ino === 1) this.#links.set(1, (this.#links.get(1) ?? 1) - 1)
  }

  #zonesOf(ino: number, path: string): number[] {
    const { version } = this.#shape
    const zones: number[] = []
    const width = version === 1 ? 2 : 4
    const first = this.#inodeAt(ino) + (version === 1 ? 14 : 24)
    const needed = Math.ceil(this.#inode(ino, 1) / BLOCK)
    const take = (zone: number, depth: number): void => {
      if (zone === 0 || zones.length >= needed) return
      if (zone < this.#shape.firstZone || zone >= this.#shape.zones)
        return void this.#problems.push(`Inode ${ino} (${path}): zone ${zone} is out of range`)
      this.#zones.set(zone, (this.#zones.get(zone) ?? 0) + 1)
      if (this.#zones.get(zone) === 2) this.#problems.push(`Zone ${zone} is used twice`)
      if (depth === 0) zones.push(zone)
      else for (let at = 0; at < BLOCK; at += width) take(this.#number(zone * BLOCK + at, width), depth - 1)
    }
    for (let at = 0; at < (version === 1 ? 9 : 10); at++)
      take(this.#number(first + at * width, width), Math.max(0, at - 6))
    return zones
  }

  #number(at: number, width: number): number {
    return width === 2 ? this.#view.getUint16(at, true) : this.#view.getUint32(at, true)
  }

  /** 0: the mode, 1: the size, 2: how many names it has. */
  #inode(ino: number, field: 0 | 1 | 2): number {
    const at = this.#inodeAt(ino)
    const isFirst = this.#shape.version === 1
    if (field === 0) return this.#view.getUint16(at, true)
    if (field === 1) return this.#view.getUint32(at + (isFirst ? 4 : 8), true)
    return isFirst ? this.#view.getUint8(at + 13) : this.#view.getUint16(at + 2, true)
  }

  #inodeAt(ino: number): number {
    return this.#shape.inodeTable + (ino - 1) * this.#shape.inodeSize
  }

  #bit(base: number, at: number): boolean {
    return (this.#bytes[base + (at >> 3)]! & (1 << (at & 7))) !== 0
  }

  #count(what: string): void {
    this.#counts[what] = (this.#counts[what] ?? 0) + 1
  }
}
