// A file that holds a file system, for the commands that make and check such.

import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { parseNumber } from '../lib/options.ts'
import { Failure } from './applet.ts'

export class DiskImage {
  readonly #proc: Process
  readonly #fd: number
  readonly size: number

  private constructor(proc: Process, fd: number, size: number) {
    this.#proc = proc
    this.#fd = fd
    this.size = size
  }

  /** `kilobytes`: how much of it is meant; else all. Throws Failure `can't open 'x': ...`. */
  static async open(proc: Process, name: string, kilobytes?: string, status?: number): Promise<DiskImage> {
    const given = kilobytes === undefined ? undefined : parseNumber(kilobytes) * 1024
    try {
      const fd = await proc.open(name, { read: true, write: true })
      return new DiskImage(proc, fd, given ?? proc.descriptionStat(fd).size)
    } catch (error) {
      if (!(error instanceof SysError)) throw error
      throw new Failure(`can't open '${name}': ${error.message}`, status)
    }
  }

  /** busybox: no file system is made in less. Throws Failure `image is too small`. */
  requireRoom(): void {
    if (this.size < LEAST) throw new Failure('image is too small')
  }

  async put(offset: number, bytes: Uint8Array): Promise<void> {
    this.#proc.seek(this.#fd, offset)
    await this.#proc.write(this.#fd, bytes)
  }

  /** Makes it at least so long. */
  async reachTo(size: number): Promise<void> {
    if ((await this.get(size - 1, 1)).length === 0) await this.put(size - 1, new Uint8Array(1))
  }

  /** Zeros. */
  async clear(offset: number, count: number): Promise<void> {
    for (let done = 0; done < count; done += ZEROS)
      await this.put(offset + done, new Uint8Array(Math.min(ZEROS, count - done)))
  }

  /** Fewer at the end. */
  async get(offset: number, count: number): Promise<Uint8Array> {
    this.#proc.seek(this.#fd, offset)
    const bytes = new Uint8Array(count)
    for (let done = 0; done < count; ) {
      const read = await this.#proc.readInto(this.#fd, bytes.subarray(done))
      if (read === 0) return bytes.subarray(0, done)
      done += read
    }
    return bytes
  }

  close(): void {
    this.#proc.close(this.#fd)
  }
}

const ZEROS = 65536
const LEAST = 16 * 1024

/** A random UUID (RFC 4122, version 4). */
export function randomUuid(proc: Process): Uint8Array {
  const bytes = proc.kernel.host.random(16).slice()
  bytes[6] = (bytes[6]! & 0x0f) | 0x40
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  return bytes
}

export function uuidText(bytes: Uint8Array): string {
  const text = Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join('-')
}

/** Bytes with numbers at offsets, little-endian. */
export function fields(
  size: number,
  values: readonly (readonly [at: number, bytes: 1 | 2 | 4, value: number])[],
): Uint8Array {
  const bytes = new Uint8Array(size)
  const view = new DataView(bytes.buffer)
  for (const [at, width, value] of values) {
    if (width === 1) view.setUint8(at, value)
    else if (width === 2) view.setUint16(at, value, true)
    else view.setUint32(at, value, true)
  }
  return bytes
}
