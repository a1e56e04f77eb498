import { decode, encode } from '../../lib/bytes.ts'

/** What the inside of `$'...'` means (POSIX.1-2024 XCU 2.2.4). `\u` and `\U` are bash's; ash keeps them as they are. */
export function decodeDollarQuotes(text: string, dialect: 'ash' | 'bash'): string {
  if (!text.includes('\\')) return text
  const pattern = dialect === 'bash' ? bashEscape : ashEscape
  const decoded = text.replace(pattern, (whole: string, body: string) => decodeEscape(body) ?? whole)
  // Bytes written one by one may make up a character: decode them together.
  return decode(encode(decoded))
}

const ashEscape = /\\([0-7]{1,3}|x[0-9a-fA-F]{1,2}|c[\s\S]|[\s\S])/gu
const bashEscape = /\\([0-7]{1,3}|x[0-9a-fA-F]{1,2}|u[0-9a-fA-F]{1,4}|U[0-9a-fA-F]{1,8}|c[\s\S]|[\s\S])/gu

const simple = new Map([
  ['a', '\x07'],
  ['b', '\b'],
  ['e', '\x1b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
  ['\\', '\\'],
  ["'", "'"],
  ['"', '"'],
])

function decodeEscape(body: string): string | undefined {
  const known = simple.get(body)
  if (known !== undefined) return known
  if (/^[0-7]/.test(body)) return byte(Number.parseInt(body, 8))
  if (/^x./.test(body)) return byte(Number.parseInt(body.slice(1), 16))
  if (/^c./.test(body)) return byte(body.charCodeAt(1) & 0x1f)
  if (/^[uU]./.test(body)) return character(Number.parseInt(body.slice(1), 16))
  return undefined
}

/** A NUL cannot be in a word; ash drops it. */
function byte(value: number): string {
  const low = value & 0xff
  if (low === 0) return ''
  return String.fromCharCode(low < 0x80 ? low : 0xdc00 + low)
}

function character(value: number): string {
  return value === 0 || value > 0x10ffff ? '' : String.fromCodePoint(value)
}
