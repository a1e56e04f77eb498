// What gzip, bzip2, xz and their sisters share: files that are replaced by their compressed or restored selves.

import { SysError } from '../kernel/errno.ts'
import { Output } from '../kernel/output.ts'
import type { Process } from '../kernel/process.ts'
import { DecompressionError } from '../lib/decompression-error.ts'
import type { Invocation, NamedInput } from './applet.ts'
import { type Codec, gzipCodec } from './codecs.ts'
import { closeInput, openInput } from './operands.ts'

export interface CompressionOptions {
  /** By default gzip. */
  readonly codec?: Codec
  readonly isDecompressing: boolean
  readonly toStdout: boolean
  readonly force: boolean
  readonly keep: boolean
  readonly test: boolean
  readonly verbose: boolean
  readonly level: number
  /** Other words for a DecompressionError: zcat has its own. */
  readonly words?: ReadonlyMap<string, string>
}

type Reporter = Pick<Invocation<Record<never, never>>, 'proc' | 'warn' | 'operands'>

export async function runCompression({ proc, warn, operands }: Reporter, how: CompressionOptions): Promise<void> {
  for (const name of operands.length === 0 ? ['-'] : operands) {
    try {
      await convert(proc, name, how, warn)
    } catch (error) {
      if (error instanceof DecompressionError) warn(how.words?.get(error.message) ?? error.message)
      else if (error instanceof SysError) warn(`${name}: ${error.message}`)
      else throw error
    }
  }
}

async function convert(
  proc: Process,
  name: string,
  how: CompressionOptions,
  warn: (message: string) => void,
): Promise<void> {
  const input = await openInput(proc, name)
  try {
    if (how.test) {
      for await (const piece of (codecOf(how).decompressViews ?? codecOf(how).decompress)(paced(proc, input)))
        if (piece.length < 0) return
      return
    }
    if (how.toStdout || name === '-') return await copy(proc, input, 1, how)
    const target = how.isDecompressing ? codecOf(how).restoredName(name) : name + codecOf(how).suffix
    if (target === undefined) return warn(`${name}: unknown suffix - ignored`)
    await replace(proc, input, target, how, warn)
  } finally {
    closeInput(proc, input)
  }
}

async function replace(
  proc: Process,
  input: NamedInput,
  target: string,
  how: CompressionOptions,
  warn: (message: string) => void,
): Promise<void> {
  const { mode, atime, mtime, kind, size } = proc.descriptionStat(input.fd)
  if (kind === 'directory') return warn(`${input.name}: ${new SysError('EISDIR').message}`)
  if (how.force) removeOld(proc, target)
  let fd: number
  try {
    fd = await proc.open(target, { write: true, create: true, exclusive: true }, mode)
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return warn(`can't open '${target}': ${error.message}`)
  }
  try {
    await copy(proc, input, fd, how)
  } catch (error) {
    // Half a result is worse than none.
    proc.unlink(target)
    throw error
  } finally {
    proc.close(fd)
  }
  proc.utimes(target, { atime, mtime })
  if (how.verbose && !how.isDecompressing) await reportRatio(proc, input.name, target, size)
  if (!how.keep) proc.unlink(input.name)
}

function removeOld(proc: Process, target: string): void {
  try {
    proc.unlink(target)
  } catch (error) {
    if (!(error instanceof SysError) || error.errno !== 'ENOENT') throw error
  }
}

async function reportRatio(proc: Process, name: string, target: string, size: number): Promise<void> {
  const after = proc.stat(target).size
  await proc.stderr.line(`${name}: ${size === 0 ? 0 : Math.round((100 * after) / size)}% - replaced with ${target}`)
}

async function copy(proc: Process, input: NamedInput, fd: number, how: CompressionOptions): Promise<void> {
  const source = paced(proc, input)
  const { compress, decompress, decompressViews = decompress } = codecOf(how)
  const pieces = how.isDecompressing || !compress ? decompressViews(source) : compress(source, how.level)
  const output =
    fd === 1 ? proc.stdout : new Output({ send: bytes => proc.write(fd, bytes), copies: () => proc.copiesWrites(fd) })
  for await (const piece of pieces) {
    const written = output.lend(piece)
    if (written) await written
  }
  if (fd !== 1) await output.flush()
}

async function* paced(proc: Process, input: NamedInput): AsyncGenerator<Uint8Array> {
  for await (const chunk of input.chunks()) {
    yield chunk
    const pause = proc.gate()
    if (pause) await pause
  }
}

function codecOf(how: CompressionOptions): Codec {
  return how.codec ?? gzipCodec
}
