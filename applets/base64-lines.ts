import { encodeBase64 } from '../lib/base64.ts'
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
