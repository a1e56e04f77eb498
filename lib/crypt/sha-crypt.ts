// `$5$` and `$6$`: Ulrich Drepper's "Unix crypt using SHA-256 and SHA-512", in the public domain.

import { encode } from '../bytes.ts'
import type { IncrementalDigest } from '../digest.ts'
import { Sha256 } from '../sha256.ts'
import { Sha512 } from '../sha512.ts'
import { letters, shuffled } from './base64.ts'

const DEFAULT_ROUNDS = 5000

interface Variant {
  readonly mark: string
  readonly create: () => IncrementalDigest
  readonly size: number
  readonly text: (bytes: Uint8Array) => string
}

const SHA256: Variant = {
  mark: '$5$',
  create: () => new Sha256(),
  size: 32,
  text: bytes => shuffled(bytes, triples(10, 10)) + letters((bytes[31]! << 8) | bytes[30]!, 3),
}

const SHA512: Variant = {
  mark: '$6$',
  create: () => new Sha512(),
  size: 64,
  text: bytes => shuffled(bytes, triples(21, 21)) + letters(bytes[63]!, 2),
}

/** 0 10 20, 21 1 11, 12 22 2, ... : each triple is the one before, turned and one further. */
function triples(count: number, step: number): [number, number, number][] {
  const order: [number, number, number][] = []
  const isLong = step === 21
  let triple: [number, number, number] = [0, step, 2 * step]
  for (let i = 0; i < count; i++) {
    order.push(triple)
    const [a, b, c] = triple
    triple = isLong ? [b + 1, c + 1, a + 1] : [c + 1, a + 1, b + 1]
  }
  return order
}

export function sha256Crypt(password: string, salt: string): string {
  return shaCrypt(SHA256, password, salt)
}

export function sha512Crypt(password: string, salt: string): string {
  return shaCrypt(SHA512, password, salt)
}

/** `salt` may begin with `rounds=N$`. */
function shaCrypt(variant: Variant, password: string, given: string): string {
  const custom = /^rounds=(\d+)\$(.*)$/s.exec(given)
  const rounds = custom ? Math.min(999_999_999, Math.max(1000, Number(custom[1]))) : DEFAULT_ROUNDS
  const salt = (custom ? custom[2]! : given).slice(0, 16)
  const key = encode(password)
  const seed = encode(salt)
  const result = stretch(variant, key, seed, rounds)
  return `${variant.mark}${custom ? `rounds=${rounds}$` : ''}${salt}$${variant.text(result)}`
}

function stretch(variant: Variant, key: Uint8Array, seed: Uint8Array, rounds: number): Uint8Array {
  const digest = (...parts: readonly Uint8Array[]) => {
    const made = variant.create()
    for (const part of parts) made.update(part)
    return made.finish()
  }
  const inner = digest(key, seed, key)
  const main = variant.create()
  main.update(key)
  main.update(seed)
  main.update(repeated(inner, key.length))
  for (let bits = key.length; bits > 0; bits >>= 1) main.update(bits & 1 ? inner : key)
  let result = main.finish()
  const keyBytes = repeated(digest(...Array.from(key, () => key)), key.length)
  const seedBytes = repeated(digest(...Array.from({ length: 16 + result[0]! }, () => seed)), seed.length)
  for (let round = 0; round < rounds; round++) {
    const parts = [round & 1 ? keyBytes : result]
    if (round % 3 !== 0) parts.push(seedBytes)
    if (round % 7 !== 0) parts.push(keyBytes)
    parts.push(round & 1 ? result : keyBytes)
    result = digest(...parts)
  }
  return result
}

function repeated(bytes: Uint8Array, length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => bytes[i % bytes.length]!)
}
