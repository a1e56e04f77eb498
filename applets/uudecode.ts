import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { ByteBuilder } from '../lib/byte-builder.ts'
import { decode } from '../lib/bytes.ts'
import { text } from '../lib/options.ts'
import { applet, Failure } from './applet.ts'
import { Base64Decoder } from './base64-decoder.ts'
import { chomp, LineReader } from './line-reader.ts'
import { openInput } from './operands.ts'

/** uudecode, POSIX XCU. */
export default applet({
  name: 'uudecode',
  about: 'Make the file again that uuencode wrote as text',
  operands: '[INFILE]',
  most: 1,
  options: { output: text('-o', 'OUTFILE', 'Write OUTFILE, not the name that is stored (-: stdout)') },
  async main({ proc, options, operands }) {
    const [name = '-'] = operands
    const input = await openOrFail(proc, name)
    const lines = new LineReader(input)
    for (;;) {
      const line = await lines.next()
      if (!line) throw new Failure("no 'begin' line")
      const begin = /^begin(-base64)? ([0-7]+) (.*)$/.exec(decode(chomp(line)))
      if (!begin) continue
      const [, base64, mode = '644', stored = ''] = begin
      const body = await decodeBody(lines, base64 ? base64Body : classicBody)
      await write(proc, options.output ?? stored.trim(), body.bytes, Number.parseInt(mode, 8))
      if (body.failure) throw body.failure
      return
    }
  },
})

async function openOrFail(proc: Process, name: string) {
  try {
    return await openInput(proc, name)
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    throw new Failure(`${name}: ${error.message}`)
  }
}

async function write(proc: Process, name: string, bytes: Uint8Array, mode: number): Promise<void> {
  if (name === '-') {
    await proc.stdout.write(bytes)
    return
  }
  try {
    const fd = await proc.open(name, { write: true, create: true, truncate: true })
    await proc.write(fd, bytes)
    proc.close(fd)
    proc.chmod(name, mode & 0o777)
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    throw new Failure(`can't open '${name}': ${error.message}`)
  }
}

/** What comes before a mistake is written all the same (busybox). */
async function decodeBody(
  lines: LineReader,
  decodeInto: (lines: LineReader, bytes: ByteBuilder) => Promise<void>,
): Promise<{ bytes: Uint8Array; failure?: Failure }> {
  const bytes = new ByteBuilder()
  try {
    await decodeInto(lines, bytes)
    return { bytes: bytes.take() }
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    return { bytes: bytes.take(), failure: error }
  }
}

async function classicBody(lines: LineReader, bytes: ByteBuilder): Promise<void> {
  for (;;) {
    const raw = await lines.next()
    if (!raw) throw new Failure('short file')
    const line = chomp(raw)
    if (decode(line).trimEnd() === 'end') return
    const count = line.length === 0 ? 0 : (line[0]! - 32) & 63
    const value = (at: number) => ((line[at] ?? 32) - 32) & 63
    if (count > 0 && line.length < 1 + Math.ceil((count * 4) / 3)) throw new Failure('short file')
    for (let made = 0, at = 1; made < count; at += 4) {
      const bits = (value(at) << 18) | (value(at + 1) << 12) | (value(at + 2) << 6) | value(at + 3)
      for (let shift = 16; shift >= 0 && made < count; shift -= 8, made++) bytes.push((bits >> shift) & 255)
    }
  }
}

async function base64Body(lines: LineReader, bytes: ByteBuilder): Promise<void> {
  const decoder = new Base64Decoder()
  for (;;) {
    const line = await lines.next()
    if (!line) throw new Failure('short file')
    if (decode(line).startsWith('====')) break
    decoder.take(line)
  }
  const isWhole = decoder.finish()
  bytes.append(decoder.out.take())
  if (!isWhole) throw new Failure('truncated base64 input')
}
