// Lengths of Huffman codes with a limit, and the codes of given lengths.

/** No code is longer than `most`: where one would be, the counts are flattened and it is tried again. */
export function codeLengths(counts: Uint32Array, most: number): Uint8Array {
  // The weight of a node is its count in the upper bits and the depth of what is under it in the lower eight.
  const weights = Array.from(counts, count => (count === 0 ? 1 : count) * 256)
  for (;;) {
    const lengths = lengthsOf(weights)
    if (lengths.every(length => length <= most)) return Uint8Array.from(lengths)
    for (const [index, weight] of weights.entries())
      weights[index] = (1 + Math.floor(Math.floor(weight / 256) / 2)) * 256
  }
}

function lengthsOf(leaves: readonly number[]): number[] {
  const weights = [...leaves]
  const parents = leaves.map(() => -1)
  const heap = new Heap(weights)
  for (let leaf = 0; leaf < leaves.length; leaf++) heap.push(leaf)
  while (heap.size > 1) {
    const [first, second] = [heap.pop(), heap.pop()]
    const node = weights.length
    parents[first] = node
    parents[second] = node
    weights.push(joined(weights[first]!, weights[second]!))
    parents.push(-1)
    heap.push(node)
  }
  return leaves.map((_, leaf) => depthOf(leaf, parents))
}

function joined(a: number, b: number): number {
  const depth = 1 + Math.max(a % 256, b % 256)
  return a - (a % 256) + (b - (b % 256)) + depth
}

function depthOf(leaf: number, parents: readonly number[]): number {
  let depth = 0
  for (let node = leaf; parents[node]! >= 0; node = parents[node]!) depth++
  return depth
}

/** The lightest node first; among equals, the order in which a binary heap of this making gives them. */
class Heap {
  readonly #weights: readonly number[]
  readonly #nodes: number[] = []

  constructor(weights: readonly number[]) {
    this.#weights = weights
  }

  get size(): number {
    return this.#nodes.length
  }

  push(node: number): void {
    this.#nodes.push(node)
    let at = this.#nodes.length - 1
    const weight = this.#weights[node]!
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (weight >= this.#weights[this.#nodes[parent]!]!) break
      this.#nodes[at] = this.#nodes[parent]!
      at = parent
    }
    this.#nodes[at] = node
  }

  pop(): number {
    const [first = 0] = this.#nodes
    const last = this.#nodes.pop()!
    if (this.#nodes.length > 0) this.#sink(last)
    return first
  }

  #sink(node: number): void {
    const nodes = this.#nodes
    const weight = this.#weights[node]!
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= nodes.length) break
      if (child + 1 < nodes.length && this.#weights[nodes[child + 1]!]! < this.#weights[nodes[child]!]!) child++
      if (weight < this.#weights[nodes[child]!]!) break
      nodes[at] = nodes[child]!
      at = child
    }
    nodes[at] = node
  }
}

/** Canonical: shorter ones first, among equals the smaller symbol. */
export function codesOf(lengths: Uint8Array): Uint32Array {
  const codes = new Uint32Array(lengths.length)
  let code = 0
  for (let length = 1; length <= 20; length++) {
    for (let symbol = 0; symbol < lengths.length; symbol++) if (lengths[symbol] === length) codes[symbol] = code++
    code <<= 1
  }
  return codes
}
