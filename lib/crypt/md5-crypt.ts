// `$1$`: Poul-Henning Kamp's password hash by MD5.

import { encode } from '../bytes.ts'
import { Md5 } from '../md5.ts'
import { letters, shuffled } from './base64.ts'

const ORDER = [
  [0, 6, 12],
  [1, 7, 13],
  [2, 8, 14],
  [3, 9, 15],
  [4, 10, 5],
] as const

export function md5Crypt(password: string, salt: string): string {
  const key = encode(password)
  const seed = encode(salt)
  const first = digest(key, seed, key)
  const main = new Md5()
  main.update(key)
  main.update(encode('$1$'))
  main.update(seed)
  for (let left = key.length; left > 0; left -= 16) main.update(first.subarray(0, Math.min(16, left)))
  for (let bits = key.length; bits > 0; bits >>= 1) main.update(bits & 1 ? Uint8Array.of(0) : key.subarray(0, 1))
  let result = main.finish()
  for (let round = 0; round < 1000; round++) {
    const parts = [round & 1 ? key : result]
    if (round % 3 !== 0) parts.push(seed)
    if (round % 7 !== 0) parts.push(key)
    parts.push(round & 1 ? result : key)
    result = digest(...parts)
  }
  return `$1$${salt}$${shuffled(result, ORDER)}${letters(result[11]!, 2)}`
}

function digest(...parts: readonly Uint8Array[]): Uint8Array {
  const md5 = new Md5()
  for (const part of parts) md5.update(part)
  return md5.finish()
}
