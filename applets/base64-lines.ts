import { concat, EMPTY } from '../lib/bytes.ts'

/** The lines of RFC 2045's base64: 76 letters each. */
export async function* base64Lines(source: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let held: Uint8Array = EMPTY
  for await (const chunk of source) {
    const bytes = held.length === 0 ? chunk : concat([held, chunk])
    let at = 0
    for (; at + LINE <= bytes.length; at += LINE) yield encodeBase64(bytes.subarray(at, at + LINE))
    held = bytes.slice(at)
  }
  if (held.length > 0) yield encodeBase64(held)
}

/** So many bytes are 76 letters. */
const LINE = 57

function encodeBase64(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 3) {
    const group = (bytes[at]! << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0)
    const letters = [18, 12, 6, 0].map(shift => LETTERS[(group >> shift) & 63])
    const real = Math.min(bytes.length - at, 3) + 1
    text += letters.slice(0, real).join('').padEnd(4, '=')
  }
  return text
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
