// An empty ext2 file system, written as an Ext2Plan has it (the format is Linux's; fs/ext2 documents its fields).

import { concat, encode } from '../lib/bytes.ts'
import { type DiskImage, fields } from './disk-image.ts'
import type { Ext2Plan } from './ext2-plan.ts'

interface Circumstances {
  /** Seconds since the epoch. */
  readonly now: number
  random(count: number): Uint8Array
}

const ROOT = 2
const FOUND = 11
const DIRECTORY = 2
const SIX_MONTHS = 180 * 24 * 60 * 60
const MOST_MOUNTS = 24

export async function writeExt2(image: DiskImage, plan: Ext2Plan, how: Circumstances): Promise<void> {
  const { blockSize: size } = plan
  const base = superBlock(plan, how)
  const descriptors = groupTable(plan)
  await image.clear(0, 1024)
  for (let group = 0; group < plan.groups; group++) {
    const start = plan.startOf(group)
    if (plan.hasSuper(group)) {
      await image.clear(start * size + (group === 0 && size > 1024 ? 1024 : 0), 1024)
      await image.put(group === 0 ? 1024 : start * size, withGroup(base, group))
      await image.put((start + 1) * size, descriptors.slice())
    }
    await image.put(plan.bitmapOf(group) * size, bitmap(size, plan.usedIn(group), plan.blocksIn(group)))
    const usedInodes = group === 0 ? FOUND : 0
    await image.put((plan.bitmapOf(group) + 1) * size, bitmap(size, usedInodes, plan.inodesPerGroup))
    await image.clear(plan.tableOf(group) * size, plan.tableBlocks * size)
  }
  await writeDirectories(image, plan, how.now)
  await image.reachTo(plan.blocks * size)
}

function superBlock(plan: Ext2Plan, { now, random }: Circumstances): Uint8Array {
  const log = Math.log2(plan.blockSize / 1024)
  const block = fields(1024, [
    [0, 4, plan.inodes],
    [4, 4, plan.blocks],
    [8, 4, plan.reservedBlocks],
    [12, 4, freeBlocks(plan)],
    [16, 4, plan.inodes - FOUND],
    [20, 4, plan.firstBlock],
    [24, 4, log],
    [28, 4, log],
    [32, 4, plan.blocksPerGroup],
    [36, 4, plan.blocksPerGroup],
    [40, 4, plan.inodesPerGroup],
    [48, 4, now],
    [54, 2, MOST_MOUNTS],
    [56, 2, 0xef53],
    [58, 2, 1],
    [60, 2, 1],
    [64, 4, now],
    [68, 4, SIX_MONTHS],
    [76, 4, 1],
    [84, 4, FOUND],
    [88, 2, plan.inodeSize],
    // dir_index; filetype; sparse_super.
    [92, 4, 0x20],
    [96, 4, 0x02],
    [100, 4, 0x01],
    [0xfc, 1, 1],
    [0x108, 4, now],
    // Names are hashed as unsigned bytes.
    [0x160, 4, 2],
  ])
  block.set(versionFour(random(16)), 104)
  block.set(encode(plan.label).subarray(0, 16), 120)
  block.set(versionFour(random(16)), 0xec)
  return block
}

function versionFour(bytes: Uint8Array): Uint8Array {
  const uuid = bytes.slice()
  uuid[6] = (uuid[6]! & 0x0f) | 0x40
  uuid[8] = (uuid[8]! & 0x3f) | 0x80
  return uuid
}

function withGroup(base: Uint8Array, group: number): Uint8Array {
  const copy = base.slice()
  copy.set(fields(2, [[0, 2, group]]), 90)
  return copy
}

function freeBlocks(plan: Ext2Plan): number {
  let free = 0
  for (let group = 0; group < plan.groups; group++) free += plan.blocksIn(group) - plan.usedIn(group)
  return free
}

function groupTable(plan: Ext2Plan): Uint8Array {
  const rows = Array.from({ length: plan.groups }, (_, group) =>
    fields(32, [
      [0, 4, plan.bitmapOf(group)],
      [4, 4, plan.bitmapOf(group) + 1],
      [8, 4, plan.tableOf(group)],
      [12, 2, plan.blocksIn(group) - plan.usedIn(group)],
      [14, 2, plan.inodesPerGroup - (group === 0 ? FOUND : 0)],
      [16, 2, group === 0 ? 2 : 0],
    ]),
  )
  const table = concat(rows)
  const whole = new Uint8Array(plan.descriptorBlocks * plan.blockSize)
  whole.set(table)
  return whole
}

/** The first `used` are in use, and so is what is beyond the last. */
function bitmap(size: number, used: number, count: number): Uint8Array {
  const bits = new Uint8Array(size).fill(0xff)
  for (let at = used; at < count; at++) bits[at >> 3]! &= ~(1 << (at & 7))
  return bits
}

async function writeDirectories(image: DiskImage, plan: Ext2Plan, now: number): Promise<void> {
  const { blockSize: size, foundBlocks } = plan
  const rootBlock = plan.tableOf(0) + plan.tableBlocks
  const found = Array.from({ length: foundBlocks }, (_, at) => rootBlock + 1 + at)
  const inodeAt = (ino: number) => plan.tableOf(0) * size + (ino - 1) * plan.inodeSize
  await image.put(inodeAt(ROOT), inode(0o040755, 3, size, [rootBlock], now))
  await image.put(inodeAt(FOUND), inode(0o040700, 2, size, found, now))
  const root = [entry(ROOT, '.', 12), entry(ROOT, '..', 12), entry(FOUND, 'lost+found', size - 24)]
  await image.put(rootBlock * size, concat(root))
  for (const [at, block] of found.entries()) {
    const names = at === 0 ? [entry(FOUND, '.', 12), entry(ROOT, '..', size - 12)] : [entry(0, '', size)]
    await image.put(block * size, concat(names))
  }
}

function inode(mode: number, links: number, blockSize: number, blocks: readonly number[], now: number): Uint8Array {
  return fields(128, [
    [0, 2, mode],
    [4, 4, blocks.length * blockSize],
    [8, 4, now],
    [12, 4, now],
    [16, 4, now],
    [26, 2, links],
    [28, 4, (blocks.length * blockSize) / 512],
    ...blocks.map((block, at) => [40 + 4 * at, 4, block] as const),
  ])
}

function entry(ino: number, name: string, length: number): Uint8Array {
  const bytes = fields(length, [
    [0, 4, ino],
    [4, 2, length],
    [6, 1, name.length],
    [7, 1, name === '' ? 0 : DIRECTORY],
  ])
  bytes.set(encode(name), 8)
  return bytes
}
