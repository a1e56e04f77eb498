// cpio -o: the files whose names come in, as an archive.

import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { fullMode, type Stat } from '../kernel/vfs/stat.ts'
import { encode } from '../lib/bytes.ts'
import { cpioHeader, cpioPadding, cpioTrailer } from '../lib/cpio.ts'
import { Failure } from './applet.ts'

export interface CpioWriteOptions {
  readonly dereference: boolean
  readonly uid: number | undefined
  readonly gid: number | undefined
  readonly ignoreDevices: boolean
  readonly renumber: boolean
}

interface Linked {
  readonly stat: Stat
  readonly names: string[]
}

/** Files with several names come last: their contents are with the last name (the format's rule). */
export async function* writeCpio(
  proc: Process,
  names: AsyncIterable<string>,
  how: CpioWriteOptions,
): AsyncGenerator<Uint8Array> {
  const links = new Map<string, Linked>()
  const numbers = new Map<string, number>()
  for await (const typed of names) {
    const name = typed.replace(/^(?:\.\/+)+(?=.)/, '')
    if (name === '') continue
    const stat = statOrFail(proc, name, how.dereference)
    if (stat.kind === 'file' && stat.nlink > 1) {
      const key = `${stat.dev}:${stat.ino}`
      const linked = links.get(key) ?? { stat, names: [] }
      linked.names.push(name)
      links.set(key, linked)
      continue
    }
    yield* member(proc, name, stat, how, numbers, true)
    const pause = proc.gate()
    if (pause) await pause
  }
  for (const { stat, names: all } of links.values())
    for (const [index, name] of all.entries()) yield* member(proc, name, stat, how, numbers, index === all.length - 1)
  yield cpioTrailer()
}

function statOrFail(proc: Process, name: string, follow: boolean): Stat {
  try {
    return follow ? proc.stat(name) : proc.lstat(name)
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    throw new Failure(`${name}: ${error.message}`)
  }
}

async function* member(
  proc: Process,
  name: string,
  stat: Stat,
  how: CpioWriteOptions,
  numbers: Map<string, number>,
  hasContents: boolean,
): AsyncGenerator<Uint8Array> {
  const target = stat.kind === 'symlink' ? encode(proc.readlink(name)) : undefined
  const size = target ? target.length : stat.kind === 'file' && hasContents ? stat.size : 0
  const key = `${stat.dev}:${stat.ino}`
  if (!numbers.has(key)) numbers.set(key, numbers.size + 1)
  yield cpioHeader({
    ino: how.renumber ? numbers.get(key)! : stat.ino,
    mode: fullMode(stat),
    uid: how.uid ?? stat.uid,
    gid: how.gid ?? stat.gid,
    nlink: stat.nlink,
    mtime: Number(stat.mtime / 1_000_000_000n),
    size,
    dev: how.ignoreDevices ? 0 : stat.dev,
    rdev: stat.rdev,
    name,
  })
  if (target) yield target
  else if (size > 0) yield* contents(proc, name, size)
  if (size > 0) yield cpioPadding(size)
}

/** As many bytes as the header says. */
async function* contents(proc: Process, name: string, size: number): AsyncGenerator<Uint8Array> {
  const fd = await proc.open(name)
  try {
    for (let left = size; left > 0; ) {
      const chunk = await proc.read(fd, Math.min(left, 65536))
      if (chunk.length === 0) {
        yield new Uint8Array(left)
        return
      }
      left -= chunk.length
      yield chunk
    }
  } finally {
    proc.close(fd)
  }
}
