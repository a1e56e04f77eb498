// What hexdump and hd share: files shown block by block.

import type { Process } from '../kernel/process.ts'
import { concat, EMPTY, equalBytes } from '../lib/bytes.ts'
import { HexdumpFormat, HexdumpFormatError } from '../lib/hexdump-format.ts'
import { Failure } from './applet.ts'
import { openEach } from './operands.ts'

export interface HexdumpOptions {
  readonly formats: readonly string[]
  readonly showsAll: boolean
  readonly skip: number
  readonly limit: number | undefined
}

/** hexdump -C. */
export const CANONICAL = [
  '"%08.8_Ax\n"',
  '"%08.8_ax  " 8/1 "%02x " "  " 8/1 "%02x " ',
  '"  |" 16/1 "%_p" "|\n"',
] as const

export async function hexdumpFiles(
  reporter: { readonly proc: Process; readonly warn: (message: string) => void },
  operands: readonly string[],
  how: HexdumpOptions,
): Promise<void> {
  const { proc } = reporter
  const formats = parse(how.formats)
  const size = Math.max(1, ...formats.map(({ bytes }) => bytes))
  for (const format of formats) format.fill(size)
  let address = how.skip
  let before: Uint8Array | undefined
  let isFolding = false
  for await (const block of blocks(bytesOf(reporter, operands), size, how)) {
    const isWhole = block.length === size
    if (isWhole && !how.showsAll && before && equalBytes(before, block)) {
      if (!isFolding) await proc.stdout.line('*')
      isFolding = true
    } else {
      isFolding = false
      const padded = new Uint8Array(size)
      padded.set(block)
      for (const format of formats)
        await proc.stdout.write(format.show(new DataView(padded.buffer), address, block.length))
    }
    before = block
    address += block.length
    const pause = proc.gate()
    if (pause) await pause
  }
  // The last that says how to end counts.
  if (address > 0) await proc.stdout.write(formats.reduce((end, format) => format.end(address) || end, ''))
}

function parse(formats: readonly string[]): HexdumpFormat[] {
  try {
    return formats.map(format => new HexdumpFormat(format))
  } catch (error) {
    if (!(error instanceof HexdumpFormatError)) throw error
    throw new Failure(error.message)
  }
}

async function* bytesOf(
  reporter: Parameters<typeof hexdumpFiles>[0],
  operands: readonly string[],
): AsyncGenerator<Uint8Array> {
  for await (const input of openEach(reporter, operands)) yield* input.chunks()
}

async function* blocks(
  chunks: AsyncIterable<Uint8Array>,
  size: number,
  { skip, limit = Number.POSITIVE_INFINITY }: HexdumpOptions,
): AsyncGenerator<Uint8Array> {
  let held: Uint8Array = EMPTY
  let toSkip = skip
  let left = limit
  for await (const chunk of chunks) {
    const skipped = Math.min(toSkip, chunk.length)
    toSkip -= skipped
    const wanted = chunk.subarray(skipped, skipped + left)
    left -= wanted.length
    held = held.length === 0 ? wanted : concat([held, wanted])
    let at = 0
    for (; at + size <= held.length; at += size) yield held.slice(at, at + size)
    held = held.subarray(at)
    if (left === 0) break
  }
  if (held.length > 0) yield held
}
