// What a lane of SHA-256 begins and ends with (FIPS 180-4 sections 5.1 and 5.3); words of four lanes lie side by side.

const BLOCK: usize = 64
const initial = memory.data<u32>([
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
])

export function setInitial(states: usize, lane: i32): void {
  for (let i: usize = 0; i < 8; i++) store<u32>(place(states, lane, i), load<u32>(initial + (i << 2)))
}

export function storeDigest(states: usize, lane: i32, into: usize): void {
  for (let i: usize = 0; i < 8; i++) store<u32>(into + (i << 2), bswap<u32>(load<u32>(place(states, lane, i))))
}

/** What follows a message's last whole block, with the padding: gives how many blocks that is. */
export function padding(rest: usize, length: usize, tail: usize): u32 {
  const count = length & 63
  const blocks: u32 = count < 56 ? 1 : 2
  const size = (blocks as usize) * BLOCK
  memory.copy(tail, rest, count)
  store<u8>(tail + count, 0x80)
  memory.fill(tail + count + 1, 0, size - count - 9)
  store<u64>(tail + size - 8, bswap<u64>((length as u64) << 3))
  return blocks
}

function place(states: usize, lane: i32, i: usize): usize {
  return states + (i << 4) + ((lane as usize) << 2)
}
