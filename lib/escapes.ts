// Backslash escapes of echo -e, and of printf's format and %b (POSIX XCU echo, printf).

import { decode, encode } from './bytes.ts'

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

export interface EscapeOptions {
  /** `\0` may be followed by three more octal digits (echo, %b); in a format it is the first of three. */
  readonly zeroOctal: boolean
  /** bash: `\uHHHH` and `\UHHHHHHHH` are characters; busybox leaves them as they are. */
  readonly unicode?: boolean
}

/** Bytes written one by one (`\303\251`) that make up a character are that character in the text. */
export function unescapeText(text: string, how: EscapeOptions): Unescaped {
  let at = text.indexOf('\\')
  if (at === -1) return { text, isEnd: false }
  let result = ''
  let copied = 0
  let hasBytes = false
  const finish = (rest: string, isEnd: boolean): Unescaped => {
    const whole = result + rest
    return { text: hasBytes ? decode(encode(whole)) : whole, isEnd }
  }
  for (; at !== -1 && at + 1 < text.length; at = text.indexOf('\\', copied)) {
    result += text.slice(copied, at)
    const next = text[at + 1]!
    if (next === 'c') return finish('', true)
    const simple = SIMPLE.get(next)
    const number = simple === undefined ? numeric(text.slice(at + 1, at + 10), how) : undefined
    hasBytes ||= number !== undefined && number.text >= '\x80'
    result += simple ?? number?.text ?? '\\'
    copied = at + 1 + (simple === undefined ? (number?.length ?? 0) : 1)
  }
  return finish(text.slice(copied), false)
}

function numeric(rest: string, how: EscapeOptions): { text: string; length: number } | undefined {
  // busybox: a digit that would make more than a byte is left, `\400` is a space and a 0.
  const octal = (how.zeroOctal ? OCTAL_BEHIND_ZERO : OCTAL).exec(rest)
  if (octal) return { text: byteText(Number.parseInt(octal[0], 8)), length: octal[0].length }
  const hex = /^x([0-9a-fA-F]{1,2})/.exec(rest)
  if (hex) return { text: byteText(Number.parseInt(hex[1]!, 16)), length: hex[0].length }
  const unicode = how.unicode ? /^(?:u([0-9a-fA-F]{1,4})|U([0-9a-fA-F]{1,8}))/.exec(rest) : null
  const point = Number.parseInt(unicode?.[1] ?? unicode?.[2] ?? '', 16)
  return unicode && point <= 0x10ffff ? { text: String.fromCodePoint(point), length: unicode[0].length } : undefined
}

const OCTAL = /^(?:[0-3][0-7]{0,2}|[4-7][0-7]?)/
const OCTAL_BEHIND_ZERO = /^(?:0(?:[0-3][0-7]{0,2}|[4-7][0-7]?)?|[1-3][0-7]{0,2}|[4-7][0-7]?)/

/** A byte beyond ASCII as lib/bytes keeps stray ones. */
function byteText(value: number): string {
  return String.fromCharCode(value < 128 ? value : 0xdc00 + value)
}
