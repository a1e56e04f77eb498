// Backslash escapes of echo -e, and of printf's format and %b.

export interface Unescaped {
  readonly text: string
  /** `\c` was met: nothing more is printed. */
  readonly isEnd: boolean
}

const SIMPLE: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
}

/** `zeroOctal`: octal numbers are written `\0NNN` (echo, %b), and with one to three digits in a format. */
export function unescape(text: string, how: { zeroOctal: boolean }): Unescaped {
  if (!text.includes('\\')) return { text, isEnd: false }
  let result = ''
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!
    if (character !== '\\' || at + 1 >= text.length) {
      result += character
      continue
    }
    const next = text[at + 1]!
    if (next === 'c') return { text: result, isEnd: true }
    const simple = SIMPLE[next]
    const number = numeric(text.slice(at + 1), how.zeroOctal)
    if (simple !== undefined) {
      result += simple
      at++
    } else if (number) {
      result += byteText(number.value)
      at += number.length
    } else {
      result += '\\'
    }
  }
  return { text: result, isEnd: false }
}

function numeric(rest: string, zeroOctal: boolean): { value: number; length: number } | undefined {
  const octal = (zeroOctal ? /^0([0-7]{0,3})|^([0-7]{1,3})/ : /^()([0-7]{1,3})/).exec(rest)
  if (octal) return { value: Number.parseInt(octal[1] || octal[2] || '0', 8) & 255, length: octal[0].length }
  const hex = /^x([0-9a-fA-F]{1,2})/.exec(rest)
  return hex ? { value: Number.parseInt(hex[1] ?? '0', 16), length: hex[0].length } : undefined
}

/** A byte beyond ASCII travels as lib/bytes keeps stray ones; neighbours that make a character are one when they are printed. */
function byteText(value: number): string {
  return value < 128 ? String.fromCharCode(value) : String.fromCharCode(0xdc00 + value)
}
