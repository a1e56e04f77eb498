// All rotations of a block in order: the Burrows-Wheeler transform's sort, by doubling prefixes (Manber and Myers, with
// the groups of Larsson and Sadakane), so that no input is slow.

/** Where each rotation begins, the smallest first. */
export function sortRotations(block: Uint8Array): Int32Array {
  const size = block.length
  let order = new Int32Array(size)
  let ranks = new Int32Array(size)
  sortByPairs(block, order)
  let classes = rankPairs(block, order, ranks)
  let nextOrder = new Int32Array(size)
  let nextRanks = new Int32Array(size)
  for (let length = 2; classes < size && length < 2 * size; length *= 2) {
    // Sorted by its second half, each rotation is put behind those of its class that came before.
    const starts = classStarts(ranks, classes)
    for (const place of order) {
      let at = place - (length % size)
      if (at < 0) at += size
      nextOrder[starts[ranks[at]!]!++] = at
    }
    classes = rankHalves(nextOrder, ranks, nextRanks, length % size)
    ;[order, nextOrder] = [nextOrder, order]
    ;[ranks, nextRanks] = [nextRanks, ranks]
  }
  return order
}

function sortByPairs(block: Uint8Array, order: Int32Array): void {
  const starts = new Int32Array(65537)
  const size = block.length
  const pair = (at: number) => block[at]! * 256 + block[at + 1 === size ? 0 : at + 1]!
  for (let at = 0; at < size; at++) starts[pair(at) + 1]!++
  for (let i = 0; i < 65536; i++) starts[i + 1]! += starts[i]!
  for (let at = 0; at < size; at++) order[starts[pair(at)]!++] = at
}

function rankPairs(block: Uint8Array, order: Int32Array, ranks: Int32Array): number {
  const size = block.length
  let rank = -1
  let last = -1
  for (const at of order) {
    const pair = block[at]! * 256 + block[at + 1 === size ? 0 : at + 1]!
    if (pair !== last) {
      rank++
      last = pair
    }
    ranks[at] = rank
  }
  return rank + 1
}

function classStarts(ranks: Int32Array, classes: number): Int32Array {
  const starts = new Int32Array(classes + 1)
  for (const rank of ranks) starts[rank + 1]!++
  for (let i = 0; i < classes; i++) starts[i + 1]! += starts[i]!
  return starts
}

function rankHalves(order: Int32Array, ranks: Int32Array, next: Int32Array, shift: number): number {
  const size = order.length
  let rank = -1
  let lastFirst = -1
  let lastSecond = -1
  for (const at of order) {
    const first = ranks[at]!
    const second = ranks[at + shift < size ? at + shift : at + shift - size]!
    if (first !== lastFirst || second !== lastSecond) {
      rank++
      lastFirst = first
      lastSecond = second
    }
    next[at] = rank
  }
  return rank + 1
}
