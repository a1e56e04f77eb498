// The command's own standard streams as descriptions: files and pipes of the host, and its terminal.

import { fstatSync, readSync, writeSync } from 'node:fs'
import { isatty } from 'node:tty'
import { Description, type Readiness } from '../../kernel/description.ts'
import { SysError } from '../../kernel/errno.ts'
import { NULL } from '../../kernel/vfs/device.ts'
import type { Stat } from '../../kernel/vfs/stat.ts'
import { WaitQueue } from '../../kernel/wait-queue.ts'
import { hostCall } from './host-error.ts'

const EMPTY = new Uint8Array(0)
const HIGH_WATER = 1 << 20

/** Node opens a stream when it is first asked for, which takes longer than many a command. */
const opened = new Set<NodeJS.WriteStream>()

/** stdin that is no terminal: read only when somebody asks, so that a command that needs none leaves it alone. */
export class StandardInput extends Description {
  readonly #isFile = fstatSync(0).isFile()
  readonly #changed = new WaitQueue('standard input')
  readonly #chunks: Uint8Array[] = []
  #hasBegun = false
  #hasEnded = false

  constructor() {
    super({ readable: true, writable: false })
  }

  override read(max: number): Uint8Array | undefined {
    if (this.#isFile) return readFileChunk(max)
    this.#begin()
    const chunk = this.#chunks[0]
    if (!chunk) return this.#hasEnded ? EMPTY : undefined
    const taken = chunk.subarray(0, max)
    if (taken.length === chunk.length) this.#chunks.shift()
    else this.#chunks[0] = chunk.subarray(max)
    process.stdin.resume()
    return taken
  }

  override readThrough(delimiter: number, max: number): Uint8Array | undefined {
    if (this.#isFile) return readFileChunk(1)
    this.#begin()
    const end = this.#chunks[0]?.indexOf(delimiter) ?? -1
    return this.read(end === -1 ? max : Math.min(max, end + 1))
  }

  override get changed(): WaitQueue {
    return this.#changed
  }

  override poll(): Readiness {
    const readable = this.#isFile || this.#chunks.length > 0 || this.#hasEnded
    return { readable, writable: false, hungUp: this.#hasEnded }
  }

  override stat(): Stat {
    return streamStat(0)
  }

  #begin(): void {
    if (this.#hasBegun) return
    this.#hasBegun = true
    process.stdin.on('data', (chunk: Buffer) => {
      this.#chunks.push(new Uint8Array(chunk))
      process.stdin.pause()
      this.#changed.wake()
    })
    const end = () => {
      this.#hasEnded = true
      this.#changed.wake()
    }
    process.stdin.on('end', end)
    process.stdin.on('error', end)
  }
}

function readFileChunk(max: number): Uint8Array {
  const buffer = new Uint8Array(Math.min(max, 65536))
  return buffer.subarray(
    0,
    hostCall(() => readSync(0, buffer)),
  )
}

/**
 * stdout or stderr that is no terminal. A reader that has gone is EPIPE, with SIGPIPE: the command ends without a word.
 * Nothing is opened before the first byte, and what is written in one turn of the event loop goes out together.
 */
export class StandardOutput extends Description {
  readonly #fd: 1 | 2
  /** A file, or /dev/null: writing never waits. */
  readonly #isFile: boolean
  readonly #changed = new WaitQueue('standard output')
  #stream: NodeJS.WriteStream | undefined
  #isCorked = false
  #isBroken = false

  constructor(fd: 1 | 2) {
    super({ readable: false, writable: true })
    this.#fd = fd
    const stat = fstatSync(fd)
    this.#isFile = stat.isFile() || (stat.isCharacterDevice() && stat.rdev === NULL)
  }

  override get copiesWrites(): boolean {
    return this.#isFile
  }

  override write(bytes: Uint8Array): number | undefined {
    if (this.#isBroken) throw new SysError('EPIPE')
    if (this.#isFile) return hostCall(() => writeSync(this.#fd, bytes))
    this.#stream ??= this.#open()
    const stream = this.#stream
    if (stream.writableLength > HIGH_WATER) return undefined
    this.#cork(stream)
    stream.write(bytes)
    return bytes.length
  }

  override get changed(): WaitQueue {
    return this.#changed
  }

  override poll(): Readiness {
    const waiting = this.#stream?.writableLength ?? 0
    return { readable: false, writable: waiting <= HIGH_WATER, hungUp: this.#isBroken }
  }

  override stat(): Stat {
    return streamStat(this.#fd)
  }

  #open(): NodeJS.WriteStream {
    const stream = this.#fd === 1 ? process.stdout : process.stderr
    opened.add(stream)
    stream.on('drain', () => this.#changed.wake())
    stream.on('error', () => {
      this.#isBroken = true
      this.#changed.wake()
    })
    return stream
  }

  #cork(stream: NodeJS.WriteStream): void {
    if (this.#isCorked) return
    this.#isCorked = true
    stream.cork()
    process.nextTick(() => {
      this.#isCorked = false
      stream.uncork()
    })
  }
}

/** Without opening a stream for what is none, and without asking for /dev/null. */
export function isTerminal(fd: 0 | 1 | 2): boolean {
  const stat = fstatSync(fd)
  return stat.isCharacterDevice() && stat.rdev !== NULL && isatty(fd)
}

/** process.exit would cut off what is still on its way into a pipe. */
export async function flushed(): Promise<void> {
  for (const stream of opened) {
    if (stream.writableLength > 0 && !stream.destroyed) {
      await new Promise<void>(resolve => stream.write('', () => resolve()))
    }
  }
}

function streamStat(fd: number): Stat {
  const stat = fstatSync(fd, { bigint: true })
  const kind = stat.isFile() ? 'file' : stat.isCharacterDevice() ? 'character' : 'fifo'
  return {
    dev: Number(stat.dev),
    ino: Number(stat.ino),
    kind,
    mode: Number(stat.mode) & 0o7777,
    nlink: Number(stat.nlink),
    uid: Number(stat.uid),
    gid: Number(stat.gid),
    rdev: Number(stat.rdev),
    size: Number(stat.size),
    blocks: Number(stat.blocks),
    atime: stat.atimeNs,
    mtime: stat.mtimeNs,
    ctime: stat.ctimeNs,
  }
}
