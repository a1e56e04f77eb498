// xxd -r: the bytes of a dump again.

import type { Process } from '../kernel/process.ts'
import { ByteBuilder } from '../lib/byte-builder.ts'
import type { NamedInput } from './applet.ts'

export async function reverseDump(proc: Process, input: NamedInput, isPlain: boolean): Promise<void> {
  const out = new ByteBuilder()
  for await (const line of input.lines()) {
    if (isPlain) plainBytes(line, out)
    else dumpedBytes(line, out)
    await proc.stdout.write(out.take())
    const pause = proc.gate()
    if (pause) await pause
  }
}

/** Behind the address and a colon; two characters in a row that are no digits end it. */
function dumpedBytes(line: string, out: ByteBuilder): void {
  const match = /^\s*[0-9a-fA-F]+:? ?(.*)$/s.exec(line)
  if (match) digitPairs(match[1]!, out)
}

/** Without addresses blanks mean nothing. */
function plainBytes(line: string, out: ByteBuilder): void {
  digitPairs(line.replace(/\s+/g, ''), out)
}

/** busybox: one character that is no digit is passed over; between the digits of a byte it takes the first one away. */
function digitPairs(text: string, out: ByteBuilder): void {
  for (let at = 0; at < text.length; ) {
    if (digit(text, at) < 0 && digit(text, ++at) < 0) return
    const low = digit(text, at + 1)
    if (low >= 0) out.push(digit(text, at) * 16 + low)
    at += low >= 0 ? 2 : 1
  }
}

function digit(text: string, at: number): number {
  return '0123456789abcdef'.indexOf((text[at] ?? '').toLowerCase() || 'x')
}
