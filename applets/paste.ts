import type { Process } from '../kernel/process.ts'
import { ByteBuilder } from '../lib/byte-builder.ts'
import { encode } from '../lib/bytes.ts'
import { flag, text } from '../lib/options.ts'
import { applet, Failure, type NamedInput } from './applet.ts'
import { chomp, LineReader } from './line-reader.ts'
import { closeInput, openOperand, untilRefused } from './operands.ts'

/**
 * paste, POSIX XCU.
 * differs: where a file has ended, its column stays empty; busybox 1.35 forgets the newlines then. */
export default applet({
  name: 'paste',
  about: 'Join lines: the first of every FILE, the second of every FILE, and so on',
  operands: '[FILE]...',
  options: {
    delimiters: text('-d', 'LIST', 'What stands between, in turn: characters, \\n \\t \\\\ and \\0 for nothing', '\t'),
    serial: flag('-s', 'One file at a time, all its lines joined'),
  },
  async main(invocation) {
    const { proc, options, operands } = invocation
    if (options.delimiters === '') throw new Failure("-d '' is not supported")
    const delimiters = parseDelimiters(options.delimiters)
    const inputs: NamedInput[] = []
    for (const name of operands.length === 0 ? ['-'] : operands) {
      const input = await openOperand(invocation, name)
      // busybox: nothing is printed when one file is missing.
      if (!input) return 1
      inputs.push(input)
    }
    const stdin = new LineReader(untilRefused(proc.stdin.batches()))
    const readers = inputs.map(input => (input.fd === 0 ? stdin : new LineReader(untilRefused(input.batches()))))
    if (options.serial) await joinEach(proc, readers, delimiters)
    else await joinAll(proc, readers, delimiters)
    for (const input of inputs) closeInput(proc, input)
  },
})

function parseDelimiters(list: string): readonly Uint8Array[] {
  const parts = list.match(/\\[\s\S]|[\s\S]/gu) ?? []
  const escapes: Readonly<Record<string, string>> = { '\\n': '\n', '\\t': '\t', '\\\\': '\\', '\\0': '', ...CONTROLS }
  return parts.map(part => encode(escapes[part] ?? part.replace(/^\\(?=.)/s, '')))
}

async function joinEach(proc: Process, readers: LineReader[], delimiters: readonly Uint8Array[]): Promise<void> {
  const out = new ByteBuilder()
  for (const reader of readers) {
    let count = 0
    for (let line = await reader.next(); line; line = await reader.next()) {
      if (count > 0) out.append(delimiters[(count - 1) % delimiters.length]!)
      out.append(chomp(line))
      count++
      await passOn(proc, out)
    }
    out.push(10)
  }
  await proc.stdout.write(out.take())
}

async function joinAll(proc: Process, readers: LineReader[], delimiters: readonly Uint8Array[]): Promise<void> {
  const out = new ByteBuilder()
  for (;;) {
    const lines: (Uint8Array | undefined)[] = []
    for (const reader of readers) lines.push(await reader.next())
    if (lines.every(line => !line)) break
    for (const [column, line] of lines.entries()) {
      if (column > 0) out.append(delimiters[(column - 1) % delimiters.length]!)
      if (line) out.append(chomp(line))
    }
    out.push(10)
    await passOn(proc, out)
  }
  await proc.stdout.write(out.take())
}

async function passOn(proc: Process, out: ByteBuilder): Promise<void> {
  if (out.length > 16384) await proc.stdout.write(out.take())
  const pause = proc.gate()
  if (pause) await pause
}

const CONTROLS: Readonly<Record<string, string>> = { '\\r': '\r', '\\b': '\b', '\\f': '\f', '\\v': '\v', '\\a': '\x07' }
