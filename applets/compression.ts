// What gzip, gunzip and zcat share: files that are replaced by their compressed or restored selves.

import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import type { Invocation, NamedInput } from './applet.ts'
import { GunzipError, gunzipStream, gzipStream } from './gzip-streams.ts'
import { closeInput, openInput } from './operands.ts'

export interface CompressionOptions {
  readonly isDecompressing: boolean
  readonly toStdout: boolean
  readonly force: boolean
  readonly keep: boolean
  readonly test: boolean
  readonly verbose: boolean
  readonly level: number
  /** Other words for a GunzipError: zcat has its own. */
  readonly words?: ReadonlyMap<string, string>
}

type Reporter = Pick<Invocation<Record<never, never>>, 'proc' | 'warn' | 'operands'>

export async function runCompression({ proc, warn, operands }: Reporter, how: CompressionOptions): Promise<void> {
  for (const name of operands.length === 0 ? ['-'] : operands) {
    try {
      await convert(proc, name, how, warn)
    } catch (error) {
      if (error instanceof GunzipError) warn(how.words?.get(error.message) ?? error.message)
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
      for await (const piece of gunzipStream(paced(proc, input))) if (piece.length < 0) return
      return
    }
    if (how.toStdout || name === '-') return await copy(proc, input, 1, how)
    const target = targetName(name, how.isDecompressing)
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
  const pieces = how.isDecompressing ? gunzipStream(source) : gzipStream(source, how.level)
  for await (const piece of pieces) {
    const written = fd === 1 ? proc.stdout.write(piece) : proc.write(fd, piece)
    if (written) await written
  }
}

async function* paced(proc: Process, input: NamedInput): AsyncGenerator<Uint8Array> {
  for await (const chunk of input.chunks()) {
    yield chunk
    const pause = proc.gate()
    if (pause) await pause
  }
}

function targetName(name: string, isDecompressing: boolean): string | undefined {
  if (!isDecompressing) return `${name}.gz`
  if (/.\.gz$/.test(name)) return name.slice(0, -3)
  if (/.\.(tgz|taz)$/.test(name)) return `${name.slice(0, -4)}.tar`
  return /.\.(z|Z)$/.test(name) ? name.slice(0, -2) : undefined
}
