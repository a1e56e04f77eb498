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
      const bytes = base64 ? await base64Body(lines) : await classicBody(lines)
      await write(proc, options.output ?? stored.trim(), bytes, Number.parseInt(mode, 8))
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

async function classicBody(lines: LineReader): Promise<Uint8Array> {
  const bytes = new ByteBuilder()
  for (;;) {
    const raw = await lines.next()
    if (!raw) throw new Failure('short file')
    const line = chomp(raw)
    if (decode(line).trimEnd() === 'end') return bytes.take()
    const count = line.length === 0 ? 0 : (line[0]! - 32) & 63
    const value = (at: number) => ((line[at] ?? 32) - 32) & 63
    if (count > 0 && line.length < 1 + Math.ceil((count * 4) / 3)) throw new Failure('short file')
    for (let made = 0, at = 1; made < count; at += 4) {
      const bits = (value(at) << 18) | (value(at + 1) << 12) | (value(at + 2) << 6) | value(at + 3)
      for (let shift = 16; shift >= 0 && made < count; shift -= 8, made++) bytes.push((bits >> shift) & 255)
    }
  }
}

async function base64Body(lines: LineReader): Promise<Uint8Array> {
  const decoder = new Base64Decoder()
  for (;;) {
    const line = await lines.next()
    if (!line) throw new Failure('short file')
    if (decode(line).startsWith('====')) break
    decoder.take(line)
  }
  if (!decoder.finish()) throw new Failure('truncated base64 input')
  return decoder.out.take()
}
