// Base64 as text (RFC 4648): what is short, without lines.

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Base64 without lines (RFC 4648). */
export function encodeBase64(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 3) {
    const [first = 0, second = 0, third = 0] = bytes.subarray(at, at + 3)
    const bits = (first << 16) | (second << 8) | third
    for (let i = 0; i < 4; i++) text += at + i > bytes.length ? '=' : LETTERS[(bits >> (18 - 6 * i)) & 63]
  }
  return text
}
