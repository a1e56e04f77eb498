// crypt(3)'s own base64: six bits a letter, the lowest first.

export const CRYPT_LETTERS = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

export function letters(value: number, count: number): string {
  let text = ''
  for (let i = 0; i < count; i++) text += CRYPT_LETTERS[(value >>> (6 * i)) & 63]
  return text
}

/** The bytes three by three, in the order in which `order` names them. */
export function shuffled(bytes: Uint8Array, order: readonly (readonly [number, number, number])[]): string {
  return order.map(([a, b, c]) => letters((bytes[a]! << 16) | (bytes[b]! << 8) | bytes[c]!, 4)).join('')
}
