// One SHA-256 that goes on from call to call (FIPS 180-4).

import { compress } from './rounds'

const BLOCK: usize = 64
const state: usize = memory.data(32, 16)
const block: usize = memory.data(64, 16)
let filled: usize = 0
let total: u64 = 0

export function begin(): void {
  store<u32>(state, 0x6a09e667, 0)
  store<u32>(state, 0xbb67ae85, 4)
  store<u32>(state, 0x3c6ef372, 8)
  store<u32>(state, 0xa54ff53a, 12)
  store<u32>(state, 0x510e527f, 16)
  store<u32>(state, 0x9b05688c, 20)
  store<u32>(state, 0x1f83d9ab, 24)
  store<u32>(state, 0x5be0cd19, 28)
  filled = 0
  total = 0
}

export function update(from: usize, length: usize): void {
  total += length as u64
  if (filled > 0) {
    const taken = min(BLOCK - filled, length)
    memory.copy(block + filled, from, taken)
    filled += taken
    from += taken
    length -= taken
    if (filled < BLOCK) return
    compress(state, block, 1)
    filled = 0
  }
  const blocks = length >> 6
  if (blocks > 0) compress(state, from, blocks)
  filled = length & 63
  memory.copy(block, from + (blocks << 6), filled)
}

export function size(): u64 {
  return total
}

/** Writes the 32 bytes of the digest. */
export function finish(into: usize): void {
  store<u8>(block + filled, 0x80)
  filled++
  if (filled > 56) {
    memory.fill(block + filled, 0, BLOCK - filled)
    compress(state, block, 1)
    filled = 0
  }
  memory.fill(block + filled, 0, 56 - filled)
  store<u64>(block, bswap<u64>(total << 3), 56)
  compress(state, block, 1)
  for (let i: usize = 0; i < 32; i += 4) store<u32>(into + i, bswap<u32>(load<u32>(state + i)))
}
