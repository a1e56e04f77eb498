// file-hash: reads files from stdin and writes the digest of each to stdout, 32 bytes, in their order.
//
// stdin: for each file its length (u32, little-endian) and its bytes; then the end. All of it is held in memory, so what
// asks sends batches. Four files are hashed at a time, each in a lane of 128-bit words: a lane whose file has ended takes
// the next one, so that lanes stay busy however lengths differ.

import { compressFour } from './four-rounds'
import { padding, setInitial, storeDigest } from './lanes'
import { EAGAIN, read, write } from './wasi'

const LANES: i32 = 4
const PIECE: usize = 131072
/** A last block, or the last two. */
const TAIL: usize = 128

/** Word by word, the four lanes side by side. */
const states: usize = memory.data(128, 16)
const tails: usize = memory.data(512, 16)
/** Of each lane: the next block, how many blocks follow on it, where its tail begins that is still to come (or 0), its tail's blocks, and where its digest goes. */
const next: usize = memory.data(16, 4)
const left: usize = memory.data(16, 4)
const tailBlocks: usize = memory.data(16, 4)
const into: usize = memory.data(16, 4)

const start: usize = __heap_base
let filled: usize = 0

export function _start(): void {
  for (;;) {
    reserve(start + filled + PIECE)
    const length = read(start + filled, PIECE)
    if (length == EAGAIN) return
    if (length == 0) break
    filled += length as usize
  }
  const end = start + filled
  filled = 0
  let files: usize = 0
  for (let at = start; at < end; at += 4 + (load<u32>(at) as usize)) files++
  reserve(end + files * 32)
  hashAll(start, end, end)
  write(end, files * 32)
}

function reserve(end: usize): void {
  const pages = ((end + 0xffff) >> 16) as i32
  const missing = pages - memory.size()
  if (missing > 0 && memory.grow(missing) < 0) unreachable()
}

function hashAll(from: usize, end: usize, digests: usize): void {
  let at = from
  let busy = 0
  for (let lane = 0; lane < LANES; lane++) {
    setWord(left, lane, 0)
    if (at >= end) continue
    at = begin(lane, at, digests)
    digests += 32
    busy++
  }
  while (busy > 0) {
    const blocks = fewest()
    const idle = anyBusy()
    compressFour(states, pointer(0, idle), pointer(1, idle), pointer(2, idle), pointer(3, idle), blocks)
    for (let lane = 0; lane < LANES; lane++) {
      if (word(left, lane) == 0) continue
      setWord(next, lane, word(next, lane) + ((blocks as u32) << 6))
      setWord(left, lane, word(left, lane) - (blocks as u32))
      if (word(left, lane) > 0) continue
      if (word(tailBlocks, lane) > 0) {
        beginTail(lane)
        continue
      }
      storeDigest(states, lane, word(into, lane) as usize)
      busy--
      if (at >= end) continue
      at = begin(lane, at, digests)
      digests += 32
      busy++
    }
  }
}

/** Gives where the next file begins. */
function begin(lane: i32, at: usize, digest: usize): usize {
  const length = load<u32>(at) as usize
  const bytes = at + 4
  const blocks = length >> 6
  setInitial(states, lane)
  setWord(into, lane, digest as u32)
  setWord(tailBlocks, lane, padding(bytes + (blocks << 6), length, tails + (lane as usize) * TAIL))
  setWord(next, lane, bytes as u32)
  setWord(left, lane, blocks as u32)
  if (blocks == 0) beginTail(lane)
  return bytes + length
}

function beginTail(lane: i32): void {
  setWord(next, lane, (tails + (lane as usize) * TAIL) as u32)
  setWord(left, lane, word(tailBlocks, lane))
  setWord(tailBlocks, lane, 0)
}

/** The fewest blocks that a busy lane has: so far all of them go together. */
function fewest(): usize {
  let found: u32 = 0xffffffff
  for (let lane = 0; lane < LANES; lane++) {
    const blocks = word(left, lane)
    if (blocks > 0 && blocks < found) found = blocks
  }
  return found as usize
}

function anyBusy(): usize {
  for (let lane = 0; lane < LANES; lane++) if (word(left, lane) > 0) return word(next, lane) as usize
  return 0
}

/** A lane without a file reads another's blocks: what it makes of them is not looked at. */
function pointer(lane: i32, idle: usize): usize {
  return word(left, lane) > 0 ? (word(next, lane) as usize) : idle
}

function word(table: usize, lane: i32): u32 {
  return load<u32>(table + ((lane as usize) << 2))
}

function setWord(table: usize, lane: i32, value: u32): void {
  store<u32>(table + ((lane as usize) << 2), value)
}
