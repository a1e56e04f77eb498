// The shortest edit script between two sequences (Myers 1986, the linear-space form). Where two of many elements have little in
// common it is a short one, no longer the shortest: the shortest would take time in the square of their differences.

/** Elements `from`..`to` of one side are replaced by `otherFrom`..`otherTo` of the other; either may be empty. */
export interface Change {
  readonly from: number
  readonly to: number
  readonly otherFrom: number
  readonly otherTo: number
}

/** Equal elements are equal numbers. `gate` is passed often, and awaited where it answers. */
export async function editScript(
  a: Int32Array,
  b: Int32Array,
  gate: () => Promise<void> | undefined,
): Promise<Change[]> {
  // What only one side has is changed in any case: it need not be looked for.
  const [kept, otherKept] = [placesIn(a, new Set(b)), placesIn(b, new Set(a))]
  if (kept.length === a.length && otherKept.length === b.length) return await changesBetween(a, b, gate)
  const [few, otherFew] = [kept.map(at => a[at]!), otherKept.map(at => b[at]!)]
  const changes: Change[] = []
  let from = 0
  let otherFrom = 0
  const equalUpTo = (at: number, to: number, otherAt: number) => {
    for (let i = 0; at + i < to; i++) {
      const [next, otherNext] = [kept[at + i]!, otherKept[otherAt + i]!]
      if (next > from || otherNext > otherFrom) append(changes, { from, to: next, otherFrom, otherTo: otherNext })
      from = next + 1
      otherFrom = otherNext + 1
    }
  }
  let [at, otherAt] = [0, 0]
  for (const change of await changesBetween(few, otherFew, gate)) {
    equalUpTo(at, change.from, otherAt)
    at = change.to
    otherAt = change.otherTo
  }
  equalUpTo(at, few.length, otherAt)
  if (from < a.length || otherFrom < b.length) append(changes, { from, to: a.length, otherFrom, otherTo: b.length })
  return changes
}

function placesIn(sequence: Int32Array, others: ReadonlySet<number>): Int32Array {
  const places = new Int32Array(sequence.length)
  let count = 0
  for (let at = 0; at < sequence.length; at++) if (others.has(sequence[at]!)) places[count++] = at
  return places.subarray(0, count)
}

async function changesBetween(a: Int32Array, b: Int32Array, gate: () => Promise<void> | undefined): Promise<Change[]> {
  const finder = new Finder(a, b)
  const changes: Change[] = []
  const boxes: Change[] = [{ from: 0, to: a.length, otherFrom: 0, otherTo: b.length }]
  while (boxes.length > 0) {
    const box = finder.trim(boxes.pop()!)
    if (box.from === box.to && box.otherFrom === box.otherTo) continue
    if (box.from === box.to || box.otherFrom === box.otherTo) {
      append(changes, box)
      continue
    }
    const [x, y] = await finder.middle(box, gate)
    boxes.push({ from: x, to: box.to, otherFrom: y, otherTo: box.otherTo })
    boxes.push({ from: box.from, to: x, otherFrom: box.otherFrom, otherTo: y })
  }
  return changes
}

/** Changes that touch are one. */
function append(changes: Change[], next: Change): void {
  const last = changes.at(-1)
  if (last && last.to === next.from && last.otherTo === next.otherFrom) {
    changes[changes.length - 1] = { ...last, to: next.to, otherTo: next.otherTo }
  } else changes.push(next)
}

/** So many differences are looked through before the best path so far is taken. */
const MOST_STEPS = 2048

class Finder {
  readonly #a: Int32Array
  readonly #b: Int32Array
  readonly #forward: Int32Array
  readonly #backward: Int32Array
  readonly #zero: number

  constructor(a: Int32Array, b: Int32Array) {
    this.#a = a
    this.#b = b
    this.#zero = a.length + b.length + 1
    this.#forward = new Int32Array(2 * this.#zero + 1)
    this.#backward = new Int32Array(2 * this.#zero + 1)
  }

  /** Without what is equal at both ends. */
  trim(box: Change): Change {
    let { from, to, otherFrom, otherTo } = box
    while (from < to && otherFrom < otherTo && this.#a[from] === this.#b[otherFrom]) {
      from++
      otherFrom++
    }
    while (from < to && otherFrom < otherTo && this.#a[to - 1] === this.#b[otherTo - 1]) {
      to--
      otherTo--
    }
    return { from, to, otherFrom, otherTo }
  }

  /** A place on a shortest path through the box that is neither of its corners. Diagonals are numbered x - y. */
  async middle(box: Change, gate: () => Promise<void> | undefined): Promise<[x: number, y: number]> {
    const { from, to, otherFrom, otherTo } = box
    const width = to - from
    const height = otherTo - otherFrom
    const delta = width - height
    const isOdd = (delta & 1) !== 0
    const forward = this.#forward
    const backward = this.#backward
    const zero = this.#zero
    forward[zero + 1] = 0
    backward[zero + 1] = 0
    for (let steps = 0; ; steps++) {
      for (let k = -steps; k <= steps; k += 2) {
        const goesDown = k === -steps || (k !== steps && forward[zero + k - 1]! < forward[zero + k + 1]!)
        let x = goesDown ? forward[zero + k + 1]! : forward[zero + k - 1]! + 1
        let y = x - k
        while (x < width && y < height && y >= 0 && this.#a[from + x] === this.#b[otherFrom + y]) {
          x++
          y++
        }
        forward[zero + k] = x
        const other = delta - k
        if (isOdd && Math.abs(other) < steps && x + backward[zero + other]! >= width) return [from + x, otherFrom + y]
      }
      for (let k = -steps; k <= steps; k += 2) {
        const goesUp = k === -steps || (k !== steps && backward[zero + k - 1]! < backward[zero + k + 1]!)
        let x = goesUp ? backward[zero + k + 1]! : backward[zero + k - 1]! + 1
        let y = x - k
        while (x < width && y < height && y >= 0 && this.#a[to - 1 - x] === this.#b[otherTo - 1 - y]) {
          x++
          y++
        }
        backward[zero + k] = x
        const other = delta - k
        if (!isOdd && Math.abs(other) <= steps && x + forward[zero + other]! >= width) return [to - x, otherTo - y]
      }
      if (steps >= MOST_STEPS) return this.#farthest(box, steps)
      const pause = gate()
      if (pause) await pause
    }
  }

  /** Where the forward paths have come farthest. */
  #farthest({ from, to, otherFrom, otherTo }: Change, steps: number): [x: number, y: number] {
    let [bestX, bestY] = [0, 0]
    for (let k = -steps; k <= steps; k += 2) {
      const x = this.#forward[this.#zero + k]!
      const y = x - k
      if (x <= to - from && y >= 0 && y <= otherTo - otherFrom && x + y > bestX + bestY) [bestX, bestY] = [x, y]
    }
    return [from + bestX, otherFrom + bestY]
  }
}
