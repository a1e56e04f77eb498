// The format strings of hexdump: `16/1 "%02x " "\n"`.

import { formatInteger, formatReal, formatText } from './format.ts'

export class HexdumpFormatError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'HexdumpFormatError'
  }
}

interface Piece {
  readonly text: string
  readonly conversion: Conversion | undefined
}

interface Conversion {
  readonly flags: string
  readonly width: number
  readonly precision: number | undefined
  /** A letter of printf, or `_a` `_A` `_c` `_p` `_u`; `_ad` with its radix in `radix`. */
  readonly kind: string
  readonly radix: string
  /** How many bytes it takes. */
  readonly bytes: number
}

interface Unit {
  readonly repeats: number
  readonly isRepeatGiven: boolean
  readonly pieces: readonly Piece[]
  readonly bytes: number
}

/** One format string: units, one behind the other. */
export class HexdumpFormat {
  readonly #units: Unit[]
  readonly bytes: number

  constructor(text: string) {
    this.#units = parseUnits(text)
    this.bytes = this.#units.reduce((sum, { bytes, repeats }) => sum + bytes * repeats, 0)
  }

  /** A last unit without a count is repeated until the block is full. */
  fill(blockSize: number): void {
    const last = this.#units.findLastIndex(({ bytes }) => bytes > 0)
    const unit = this.#units[last]
    if (!unit || unit.isRepeatGiven || this.bytes >= blockSize) return
    const more = Math.floor((blockSize - this.bytes) / unit.bytes)
    this.#units[last] = { ...unit, repeats: unit.repeats + more }
  }

  /** A block, `valid` bytes of which there are; `%_A` is left out. */
  show(block: DataView, address: number, valid: number): string {
    let out = ''
    let at = 0
    for (const { pieces, repeats } of this.#units) {
      if (pieces.some(({ conversion }) => conversion?.kind === '_A')) continue
      for (let turn = repeats; turn > 0; turn--) {
        for (const [index, { text, conversion }] of pieces.entries()) {
          const isLast = turn === 1 && repeats > 1 && index === pieces.length - 1
          // The blank that separates is not wanted behind the last.
          out += isLast && !conversion ? text.replace(/\s$/, '') : text
          if (!conversion) continue
          out += at >= valid && conversion.bytes > 0 ? blank(conversion) : convert(conversion, block, at, address + at)
          at += conversion.bytes
        }
      }
    }
    return out
  }

  /** What `%_A` prints when all is done; '' without one. */
  end(address: number): string {
    const unit = this.#units.find(({ pieces }) => pieces.some(({ conversion }) => conversion?.kind === '_A'))
    if (!unit) return ''
    const empty = new DataView(new ArrayBuffer(0))
    return unit.pieces
      .map(({ text, conversion }) => text + (conversion ? convert(conversion, empty, 0, address) : ''))
      .join('')
  }
}

const UNIT = /\s*(?:(\d+)\s*\/\s*(\d+)?|(\d+)|\/\s*(\d+))?\s*"((?:[^"\\]|\\.)*)"/y

function parseUnits(format: string): Unit[] {
  const units: Unit[] = []
  UNIT.lastIndex = 0
  let end = 0
  for (let match = UNIT.exec(format); match; match = UNIT.exec(format)) {
    end = UNIT.lastIndex
    const [, both, size, alone, sizeAlone, text = ''] = match
    const given = both ?? alone
    const bytes = size ?? sizeAlone
    const pieces = parsePieces(unescape(text), bytes === undefined ? undefined : Number(bytes))
    const sum = pieces.reduce((total, { conversion }) => total + (conversion?.bytes ?? 0), 0)
    units.push({ repeats: Number(given ?? 1), isRepeatGiven: given !== undefined, pieces, bytes: sum })
  }
  if (format.slice(end).trim() !== '') throw new HexdumpFormatError(`bad format {${format}}`)
  return units
}

const ESCAPES: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
}

function unescape(text: string): string {
  return text.replace(/\\(?:([0-7]{1,3})|(.))/gs, (_, octal: string | undefined, letter: string | undefined) =>
    octal === undefined ? (ESCAPES[letter ?? ''] ?? letter ?? '') : String.fromCharCode(Number.parseInt(octal, 8)),
  )
}

const CONVERSION = /%(?:(%)|([-+ #0]*)(\d*)(?:\.(\d*))?(_[aA][dox]|_[cpu]|[a-zA-Z]))/g

function parsePieces(text: string, size: number | undefined): Piece[] {
  const pieces: Piece[] = []
  let copied = 0
  let before = ''
  for (const match of text.matchAll(CONVERSION)) {
    const [whole, percent, flags = '', width = '', precision, kind = ''] = match
    before += text.slice(copied, match.index)
    copied = match.index + whole.length
    if (percent !== undefined) {
      before += '%'
      continue
    }
    const isAddress = kind.startsWith('_a') || kind.startsWith('_A')
    const conversion = {
      flags,
      width: Number(width),
      precision: precision === undefined ? undefined : Number(precision),
      kind: isAddress ? kind.slice(0, 2) : kind,
      radix: isAddress ? (kind[2] ?? 'x') : '',
      bytes: bytesOf(kind, size),
    }
    if (size !== undefined && conversion.bytes > 0 && pieces.some(({ conversion: other }) => other && other.bytes > 0))
      throw new HexdumpFormatError('byte count with multiple conversion characters')
    pieces.push({ text: before, conversion })
    before = ''
  }
  const rest = before + text.slice(copied)
  if (rest !== '') pieces.push({ text: rest, conversion: undefined })
  return pieces
}

function bytesOf(kind: string, size: number | undefined): number {
  if (/^_[aA]/.test(kind)) return 0
  const allowed = 'diouxX'.includes(kind) ? [4, 1, 2, 8] : 'eEfgG'.includes(kind) ? [8, 4] : [1]
  if (kind === 's') {
    if (size === undefined) throw new HexdumpFormatError('%s requires a precision or a byte count')
    return size
  }
  if (!/^(?:[diouxXeEfgGc]|_[cpu])$/.test(kind)) throw new HexdumpFormatError(`bad conversion character %${kind}`)
  const bytes = size ?? allowed[0]!
  if (!allowed.includes(bytes)) throw new HexdumpFormatError(`bad byte count for conversion character ${kind}`)
  return bytes
}

/** Behind the end of the input only the width is left. */
function blank({ flags, width }: Conversion): string {
  return formatText('', { flags: flags.replace(/[^-]/g, ''), width })
}

function convert(conversion: Conversion, block: DataView, at: number, address: number): string {
  const { kind, radix, bytes, flags, width, precision } = conversion
  const spec = { flags, width, precision }
  switch (kind) {
    case '_a':
    case '_A':
      return formatInteger(BigInt(address), radix, spec)
    case '_c':
      return formatText(characterName(block.getUint8(at)), spec)
    case '_u':
      return formatText(unixName(block.getUint8(at)), spec)
    case '_p': {
      const byte = block.getUint8(at)
      return formatText(byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '.', spec)
    }
    case 'c':
      return formatText(byteText(block.getUint8(at)), spec)
    case 's':
      return formatText(
        Array.from({ length: bytes }, (_, i) => byteText(block.getUint8(at + i)))
          .join('')
          .replace(/\0.*$/s, ''),
        spec,
      )
    default:
      if ('eEfgG'.includes(kind))
        return formatReal(bytes === 4 ? block.getFloat32(at, true) : block.getFloat64(at, true), kind, spec)
      return formatInteger(readInteger(block, at, bytes, kind === 'd' || kind === 'i'), kind, spec)
  }
}

/** A byte above 127 as text that is that byte again. */
function byteText(byte: number): string {
  return String.fromCharCode(byte < 128 ? byte : 0xdc00 + byte)
}

function readInteger(block: DataView, at: number, bytes: number, isSigned: boolean): bigint {
  let value = 0n
  for (let i = bytes - 1; i >= 0; i--) value = value * 256n + BigInt(block.getUint8(at + i))
  return isSigned ? BigInt.asIntN(8 * bytes, value) : value
}

const C_ESCAPES = new Map([
  [0, '\\0'],
  [7, '\\a'],
  [8, '\\b'],
  [9, '\\t'],
  [10, '\\n'],
  [11, '\\v'],
  [12, '\\f'],
  [13, '\\r'],
])

function characterName(byte: number): string {
  const isPrintable = byte >= 32 && byte < 127
  return C_ESCAPES.get(byte) ?? (isPrintable ? String.fromCharCode(byte) : byte.toString(8).padStart(3, '0'))
}

const UNIX_NAMES =
  'nul soh stx etx eot enq ack bel bs ht lf vt ff cr so si dle dc1 dc2 dc3 dc4 nak syn etb can em sub esc fs gs rs us'.split(
    ' ',
  )

function unixName(byte: number): string {
  if (byte === 127) return 'del'
  return UNIX_NAMES[byte] ?? (byte < 127 ? String.fromCharCode(byte) : byte.toString(16))
}
