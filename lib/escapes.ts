// Backslash escapes of echo -e, and of printf's format and %b (POSIX XCU echo, printf).

export interface Unescaped {
  readonly text: string
  /** `\c` was met: nothing more is printed. */
  readonly isEnd: boolean
}

const SIMPLE: ReadonlyMap<string, string> = new Map([
  ['a', '\x07'],
  ['b', '\b'],
  ['e', '\x1b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
  ['\\', '\\'],
])

/** `zeroOctal`: `\0` may be followed by three more octal digits (echo, %b); in a format it is the first of three. */
export function unescapeText(text: string, how: { readonly zeroOctal: boolean }): Unescaped {
  let at = text.indexOf('\\')
  if (at === -1) return { text, isEnd: false }
  let result = ''
  let copied = 0
  for (; at !== -1 && at + 1 < text.length; at = text.indexOf('\\', copied)) {
    result += text.slice(copied, at)
    const next = text[at + 1]!
    if (next === 'c') return { text: result, isEnd: true }
    const simple = SIMPLE.get(next)
    const number = simple === undefined ? numeric(text, at + 1, how.zeroOctal) : undefined
    result += simple ?? (number ? byteText(number.value) : '\\')
    copied = at + 1 + (simple === undefined ? (number?.length ?? 0) : 1)
  }
  return { text: result + text.slice(copied), isEnd: false }
}

function numeric(text: string, at: number, zeroOctal: boolean): { value: number; length: number } | undefined {
  const rest = text.slice(at, at + 4)
  const octal = (zeroOctal ? /^0[0-7]{0,3}|^[0-7]{1,3}/ : /^[0-7]{1,3}/).exec(rest)
  if (octal) return { value: Number.parseInt(octal[0], 8) & 255, length: octal[0].length }
  const hex = /^x([0-9a-fA-F]{1,2})/.exec(rest)
  return hex ? { value: Number.parseInt(hex[1]!, 16), length: hex[0].length } : undefined
}

/** A byte beyond ASCII travels as lib/bytes keeps stray ones; neighbours that make a character are one when printed. */
function byteText(value: number): string {
  return value < 128 ? String.fromCharCode(value) : String.fromCharCode(0xdc00 + value)
}
