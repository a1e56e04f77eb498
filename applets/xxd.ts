import { SysError } from '../kernel/errno.ts'
import { concat, EMPTY } from '../lib/bytes.ts'
import { flag, number, parseBasedNumber, text } from '../lib/options.ts'
import { applet, Failure } from './applet.ts'
import { openInput } from './operands.ts'
import { reverseDump } from './xxd-reverse.ts'

const size = { hasSuffix: true }

/** xxd, as in busybox. */
export default applet({
  name: 'xxd',
  about: 'Print FILE, or stdin, in hexadecimal, or make the bytes of such a print again',
  operands: '[FILE]',
  most: 1,
  options: {
    group: number('-g', 'N', 'Bytes in a group (2)'),
    columns: number('-c', 'N', 'Bytes on a line (16)'),
    plain: flag('-p', 'Nothing but digits, 30 bytes a line'),
    include: flag('-i', 'As a C array'),
    limit: number('-l', 'LENGTH', 'Stop after LENGTH bytes', undefined, size),
    skip: text('-s', 'OFFSET', 'Begin after OFFSET bytes', '0'),
    offset: text('-o', 'OFFSET', 'Add OFFSET to the addresses', '0'),
    reverse: flag('-r', 'The other way round (with -p: there are no addresses)'),
  },
  async main({ proc, options, operands }) {
    const [name = '-'] = operands
    const input = await openInput(proc, name).catch((error: unknown) => {
      if (!(error instanceof SysError)) throw error
      throw new Failure(`${name}: ${error.message}`)
    })
    if (options.reverse) return reverseDump(proc, input, options.plain)
    const bytes = input.chunks()
    const skip = parseBasedNumber(options.skip)
    const columns = options.columns ?? (options.plain ? 30 : options.include ? 12 : 16)
    const group = options.group ?? 2
    let address = skip + parseBasedNumber(options.offset)
    let total = 0
    const array = name === '-' ? undefined : name.replace(/[^a-zA-Z0-9_]/g, '_')
    if (options.include && array !== undefined) await proc.stdout.line(`unsigned char ${array}[] = {`)
    for await (const line of linesOf(bytes, columns, skip, options.limit)) {
      if (options.include) await proc.stdout.line(includeLine(line))
      else if (options.plain) await proc.stdout.line(digits(line))
      else await proc.stdout.line(dumpLine(line, address, columns, group))
      address += line.length
      total += line.length
      const pause = proc.gate()
      if (pause) await pause
    }
    if (options.include && array !== undefined) await proc.stdout.write(`};\nunsigned int ${array}_len = ${total};\n`)
  },
})

async function* linesOf(
  chunks: AsyncIterable<Uint8Array>,
  columns: number,
  skip: number,
  limit = Number.POSITIVE_INFINITY,
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
    for (; at + columns <= held.length; at += columns) yield held.subarray(at, at + columns)
    held = held.subarray(at)
    if (left === 0) break
  }
  if (held.length > 0) yield held
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

function digits(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += HEX[byte]
  return text
}

function includeLine(line: Uint8Array): string {
  return `  ${Array.from(line, byte => `0x${HEX[byte]},`).join(' ')}`
}

function dumpLine(line: Uint8Array, address: number, columns: number, group: number): string {
  let text = ''
  for (let i = 0; i < columns; i++) {
    text += i < line.length ? HEX[line[i]!] : '  '
    if (group > 0 && (i + 1) % group === 0 && i + 1 < columns) text += ' '
  }
  const shown = Array.from(line, byte => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '.')).join('')
  return `${address.toString(16).padStart(8, '0')}: ${text}  ${shown}`
}
