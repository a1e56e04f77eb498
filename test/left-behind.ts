// The files that a command left in its working directory, a line each, so that here and the real busybox can be compared.

import { createHash } from 'node:crypto'
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import type { Inode } from '../kernel/vfs/inode.ts'
import type { NodeOpener } from '../kernel/vfs/opener.ts'
import { decode } from '../lib/bytes.ts'

/** What is told of a file; times only when a command must have set them, for every run has another now. */
interface Entry {
  readonly kind: string
  readonly mode: number
  readonly uid: number
  readonly gid: number
  readonly nlink: number
  readonly mtime: number
  readonly contents: string
}

const TIMES_END = Date.parse('2020-01-01T00:00:00Z')

export function treeOfHost(folder: string): string[] {
  const lines: string[] = []
  const visit = (directory: string, prefix: string) => {
    // Names are bytes.
    for (const name of readdirSync(directory, { encoding: 'latin1' }).sort()) {
      const path = `${directory}/${name}`
      const stat = lstatSync(Buffer.from(path, 'latin1'))
      const kind = stat.isFile() ? '-' : stat.isDirectory() ? 'd' : stat.isSymbolicLink() ? 'l' : 'other'
      const contents =
        kind === '-' ? shortly(readFileSync(Buffer.from(path, 'latin1'))) : kind === 'l' ? readlinkSync(path) : ''
      const { mode, uid, gid, nlink, mtimeMs } = stat
      lines.push(
        line(decode(Buffer.from(prefix + name, 'latin1')), { kind, mode, uid, gid, nlink, mtime: mtimeMs, contents }),
      )
      if (kind === 'd') visit(path, `${prefix}${name}/`)
    }
  }
  visit(folder, '')
  return lines.sort()
}

export function treeOfInode(folder: Inode): string[] {
  const lines: string[] = []
  const visit = (directory: Inode, prefix: string) => {
    for (const [name, inode] of directory.entries()) {
      const { kind: long, mode, uid, gid, nlink, mtime } = inode.stat()
      const kind = long === 'file' ? '-' : long === 'directory' ? 'd' : long === 'symlink' ? 'l' : 'other'
      const contents = kind === '-' ? shortly(contentsOf(inode)) : kind === 'l' ? inode.readlink() : ''
      lines.push(line(prefix + name, { kind, mode, uid, gid, nlink, mtime: Number(mtime / 1_000_000n), contents }))
      if (kind === 'd') visit(inode, `${prefix}${name}/`)
    }
  }
  visit(folder, '')
  return lines.sort()
}

function line(name: string, { kind, mode, uid, gid, nlink, mtime, contents }: Entry): string {
  const bits = kind === 'l' ? '' : (mode & 0o7777).toString(8)
  const links = kind === '-' && nlink > 1 ? ` links ${nlink}` : ''
  const time = kind !== 'l' && mtime < TIMES_END ? ` ${new Date(mtime).toISOString()}` : ''
  return `${name}: ${kind}${bits} ${uid}:${gid}${links}${time} ${contents}`
}

/** An archive holds the time of its making: its members are what listing and unpacking show. */
function shortly(bytes: Uint8Array): string {
  if (/^\x7f(COWBOX|ELF)/.test(decode(bytes.subarray(0, 7)))) return 'the commands'
  if (bytes[0] === 0x1f && bytes[1] === 0x8b && isWhole(bytes)) return `gzip of ${shortly(gunzipSync(bytes))}`
  const start = decode(bytes.subarray(0, 8))
  if (start.startsWith('BZh')) return 'packed by bzip2'
  if (decode(bytes.subarray(257, 262)) === 'ustar' || /^(07070[12]|!<arch>)/.test(start))
    return `archive of ${bytes.length} bytes`
  if (bytes.length <= 200) return JSON.stringify(decode(bytes))
  return `${bytes.length} bytes ${createHash('md5').update(bytes).digest('hex')}`
}

function isWhole(bytes: Uint8Array): boolean {
  try {
    return gunzipSync(bytes).length >= 0
  } catch (error) {
    if (!(error instanceof Error)) throw error
    return false
  }
}

function contentsOf(inode: Inode): Uint8Array {
  const description = inode.open({ read: true }, '', NO_OPENER)
  const chunks: Uint8Array[] = []
  for (;;) {
    const chunk = description.read(1 << 20)
    if (!chunk || chunk.length === 0) return Buffer.concat(chunks)
    chunks.push(chunk.slice())
  }
}

const NO_OPENER: NodeOpener = {
  fifo(): never {
    throw new Error('no fifo')
  },
  device(): never {
    throw new Error('no device')
  },
}
