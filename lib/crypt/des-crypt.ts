// The traditional crypt: DES (FIPS 46-3) twenty-five times over zeros, with twelve bits of salt.

import { encode } from '../bytes.ts'
import { CRYPT_LETTERS } from './base64.ts'

// FIPS 46-3: positions count from 1.
const INITIAL = rows([58, 60, 62, 64, 57, 59, 61, 63], start => Array.from({ length: 8 }, (_, i) => start - 8 * i))
const FINAL = inverse(INITIAL)
const EXPANSION = Array.from({ length: 48 }, (_, i) => ((4 * Math.floor(i / 6) + (i % 6) - 1 + 32) % 32) + 1)
const PERMUTATION = [
  16, 7, 20, 21, 29, 12, 28, 17, 1, 15, 23, 26, 5, 18, 31, 10, 2, 8, 24, 14, 32, 27, 3, 9, 19, 13, 30, 6, 22, 11, 4, 25,
]
const CHOICE1 = [
  57, 49, 41, 33, 25, 17, 9, 1, 58, 50, 42, 34, 26, 18, 10, 2, 59, 51, 43, 35, 27, 19, 11, 3, 60, 52, 44, 36, 63, 55,
  47, 39, 31, 23, 15, 7, 62, 54, 46, 38, 30, 22, 14, 6, 61, 53, 45, 37, 29, 21, 13, 5, 28, 20, 12, 4,
]
const CHOICE2 = [
  14, 17, 11, 24, 1, 5, 3, 28, 15, 6, 21, 10, 23, 19, 12, 4, 26, 8, 16, 7, 27, 20, 13, 2, 41, 52, 31, 37, 47, 55, 30,
  40, 51, 45, 33, 48, 44, 49, 39, 56, 34, 53, 46, 42, 50, 36, 29, 32,
]
const SHIFTS = [1, 1, 2, 2, 2, 2, 2, 2, 1, 2, 2, 2, 2, 2, 2, 1]
/** Each box: four rows of sixteen hexadecimal digits. */
const BOXES = [
  'e4d12fb83a6c5907 0f74e2d1a6cb9538 41e8d62bfc973a50 fc8249175b3ea06d',
  'f18e6b34972dc05a 3d47f28ec01a69b5 0e7ba4d158c6932f d8a13f42b67c05e9',
  'a09e63f51dc7b428 d709346a285ecbf1 d6498f30b12c5ae7 1ad069874fe3b52c',
  '7de3069a1285bc4f d8b56f03472c1ae9 a690cb7df13e5284 3f06a1d8945bc72e',
  '2c417ab6853fd0e9 eb2c47d150fa3986 421bad78f9c5630e b8c71e2d6f09a453',
  'c1af92680d34e75b af427c9561de0b38 9ef528c3704a1db6 432c95fabe17608d',
  '4b2ef08d3c975a61 d0b7491ae35c2f86 14bdc37eaf680592 6bd814a7950fe23c',
  'd2846fb1a93e50c7 1fd8a374c56b0e92 7b419ce206adf358 21e74a8dfc90356b',
].map(box => Array.from(box.replace(/ /g, ''), digit => Number.parseInt(digit, 16)))

/** `salt`: two letters of ./0-9A-Za-z; undefined when they are none. */
export function desCrypt(password: string, salt: string): string | undefined {
  const bits = saltBits(salt)
  if (bits === undefined) return undefined
  const key = new Uint8Array(64)
  const bytes = encode(password)
  for (let i = 0; i < 64; i++) key[i] = ((bytes[i >> 3] ?? 0) >> (6 - (i & 7))) & 1
  const keys = roundKeys(key)
  let block = new Uint8Array(64)
  for (let turn = 0; turn < 25; turn++) block = encrypt(block, keys, bits)
  let text = salt.slice(0, 2)
  for (let i = 0; i < 66; i += 6) {
    let value = 0
    for (let j = 0; j < 6; j++) value = value * 2 + (block[i + j] ?? 0)
    text += CRYPT_LETTERS[value]
  }
  return text
}

function saltBits(salt: string): number | undefined {
  const low = CRYPT_LETTERS.indexOf(salt[0] ?? ' ')
  const high = CRYPT_LETTERS.indexOf(salt[1] ?? ' ')
  return low < 0 || high < 0 ? undefined : low | (high << 6)
}

function rows(starts: readonly number[], row: (start: number) => number[]): number[] {
  return starts.flatMap(row)
}

function inverse(table: readonly number[]): number[] {
  const result: number[] = []
  for (const [index, position] of table.entries()) result[position - 1] = index + 1
  return result
}

function permuted(bits: Uint8Array, table: readonly number[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(table, position => bits[position - 1]!)
}

function roundKeys(key: Uint8Array): Uint8Array[] {
  let chosen = permuted(key, CHOICE1)
  return SHIFTS.map(shift => {
    const turned = (from: number) => Array.from({ length: 28 }, (_, i) => chosen[from + ((i + shift) % 28)]!)
    chosen = Uint8Array.from([...turned(0), ...turned(28)])
    return permuted(chosen, CHOICE2)
  })
}

function encrypt(block: Uint8Array, keys: readonly Uint8Array[], salt: number): Uint8Array<ArrayBuffer> {
  const start = permuted(block, INITIAL)
  let left = start.slice(0, 32)
  let right = start.slice(32)
  for (const key of keys) {
    const next = mixed(right, key, salt)
    for (let i = 0; i < 32; i++) next[i]! ^= left[i]!
    left = right
    right = next
  }
  return permuted(Uint8Array.from([...right, ...left]), FINAL)
}

/** The salt's bits swap halves of the expanded block. */
function mixed(right: Uint8Array, key: Uint8Array, salt: number): Uint8Array<ArrayBuffer> {
  const wide = permuted(right, EXPANSION)
  for (let i = 0; i < 12; i++) {
    if (!((salt >> i) & 1)) continue
    const first = wide[i]!
    wide[i] = wide[i + 24]!
    wide[i + 24] = first
  }
  const out = new Uint8Array(32)
  for (let box = 0; box < 8; box++) {
    const bit = (i: number) => wide[6 * box + i]! ^ key[6 * box + i]!
    const value = BOXES[box]![(bit(0) * 2 + bit(5)) * 16 + bit(1) * 8 + bit(2) * 4 + bit(3) * 2 + bit(4)]!
    for (let i = 0; i < 4; i++) out[4 * box + i] = (value >> (3 - i)) & 1
  }
  return permuted(out, PERMUTATION)
}
