// The lines of sort as bytes in one block, and orders over them: by runs of bytes (four at a time, spreading the lines over
// buckets) or by numbers (their bits, as integers, 16 at a time). No line becomes a text unless something else is asked of it.

import type { Process } from '../kernel/process.ts'

/** Stretches of the block, one a line. */
export interface Ranges {
  readonly starts: Uint32Array
  readonly ends: Uint32Array
}

export class LineTable implements Ranges {
  bytes = new Uint8Array(65536)
  starts = new Uint32Array(1024)
  ends = new Uint32Array(1024)
  count = 0
  #used = 0

  /** Whole lines, the last perhaps without its end. */
  add(batch: Uint8Array, end: number): void {
    if (this.#used + batch.length > this.bytes.length) this.#grow(this.#used + batch.length)
    this.bytes.set(batch, this.#used)
    const limit = this.#used + batch.length
    for (let at = this.#used; at < limit; ) {
      const mark = this.bytes.indexOf(end, at)
      const stop = mark === -1 || mark >= limit ? limit : mark
      if (this.count === this.starts.length) this.#growLines()
      this.starts[this.count] = at
      this.ends[this.count++] = stop
      at = stop + 1
    }
    this.#used = limit
  }

  /** Room for so many bytes, asked for at once. */
  reserve(size: number): void {
    if (size > this.bytes.length) this.#grow(size)
  }

  /** Its memory stays for what comes next. */
  clear(): void {
    this.count = 0
    this.#used = 0
  }

  line(index: number): Uint8Array {
    return this.bytes.subarray(this.starts[index]!, this.ends[index]!)
  }

  #grow(least: number): void {
    const larger = new Uint8Array(Math.max(least, 2 * this.bytes.length))
    larger.set(this.bytes.subarray(0, this.#used))
    this.bytes = larger
  }

  #growLines(): void {
    const [starts, ends] = [new Uint32Array(2 * this.count), new Uint32Array(2 * this.count)]
    starts.set(this.starts)
    ends.set(this.ends)
    this.starts = starts
    this.ends = ends
  }
}

/** What orders lines whose bytes, or numbers, are the same. */
export interface Ties {
  /** Sorts a part of the order. */
  settle(order: Uint32Array, from: number, to: number): void | Promise<void>
}

/** So few lines are put in order one by one. */
const FEW = 16
/** So many lines are spread by 16 bits at a time; fewer by 8, for the buckets cost more than the lines. */
const MANY = 1 << 15
/** So many lines are looked at between two gates. */
const TURN = 100_000

interface Job {
  readonly from: number
  readonly to: number
  /** So many bytes are known to be the same. */
  readonly depth: number
}

/** Orders a part of `order` by the bytes of the ranges; `isReverse`: the greatest first. Equal ones keep their order, or are settled. */
export async function sortByBytes(
  proc: Process,
  order: Uint32Array,
  part: { readonly from: number; readonly to: number },
  how: {
    readonly bytes: Uint8Array
    readonly ranges: Ranges
    readonly isReverse: boolean
    readonly ties?: Ties | undefined
  },
): Promise<void> {
  const sorter = new ByteSorter(order, part, how)
  const jobs: Job[] = [{ ...part, depth: 0 }]
  let looked = 0
  for (let job = jobs.pop(); job; job = jobs.pop()) {
    const { from, to } = job
    looked += to - from
    if (to - from <= FEW) sorter.insert(job)
    else sorter.spread(job, jobs)
    if (looked < TURN) continue
    looked = 0
    const pause = proc.gate()
    if (pause) await pause
  }
  if (!how.ties) return
  const same = (a: number, b: number) => sorter.compare(a, b, 0) === 0
  await settleTies(proc, order, part, { same, ties: how.ties })
}

/** Four bytes of each line at a time, side by side in one array: the lines themselves lie far from one another. */
class ByteSorter {
  readonly #order: Uint32Array
  readonly #bytes: Uint8Array
  readonly #ranges: Ranges
  readonly #isReverse: boolean
  /** Where the arrays below begin in the order. */
  readonly #base: number
  readonly #other: Uint32Array
  readonly #keys: Uint32Array
  readonly #otherKeys: Uint32Array

  constructor(
    order: Uint32Array,
    part: { readonly from: number; readonly to: number },
    how: { readonly bytes: Uint8Array; readonly ranges: Ranges; readonly isReverse: boolean },
  ) {
    this.#order = order
    this.#bytes = how.bytes
    this.#ranges = how.ranges
    this.#isReverse = how.isReverse
    this.#base = part.from
    const size = part.to - part.from > FEW ? part.to - part.from : 0
    this.#other = new Uint32Array(size)
    this.#keys = new Uint32Array(size)
    this.#otherKeys = new Uint32Array(size)
  }

  compare(a: number, b: number, depth: number): number {
    const { starts, ends } = this.#ranges
    const bytes = this.#bytes
    let left = starts[a]! + depth
    let right = starts[b]! + depth
    const leftEnd = ends[a]!
    const rightEnd = ends[b]!
    while (left < leftEnd && right < rightEnd) {
      const difference = bytes[left++]! - bytes[right++]!
      if (difference !== 0) return difference
    }
    return leftEnd - left - (rightEnd - right)
  }

  insert({ from, to, depth }: Job): void {
    const order = this.#order
    const sign = this.#isReverse ? -1 : 1
    for (let i = from + 1; i < to; i++) {
      const line = order[i]!
      let at = i
      while (at > from && sign * this.compare(order[at - 1]!, line, depth) > 0) {
        order[at] = order[at - 1]!
        at--
      }
      order[at] = line
    }
  }

  /** By four bytes at a depth; what falls together goes on behind them. */
  spread(job: Job, jobs: Job[]): void {
    const { from, to } = job
    let { depth } = job
    while (this.#loadKeys(from, to, depth)) depth += 4
    const [start, end] = [from - this.#base, to - this.#base]
    const width = to - from >= MANY ? 16 : 8
    for (let shift = 0; shift < 32; shift += width) this.#spreadBy(start, end, shift, (1 << width) - 1)
    const keys = this.#keys
    for (let i = start, first = start; i < end; i++) {
      if (i + 1 < end && keys[i + 1] === keys[first]) continue
      if (i > first) this.#goOn({ from: first + this.#base, to: i + 1 + this.#base, depth }, jobs)
      first = i + 1
    }
  }

  /** true: all have the same four bytes, and none has ended. A line that has ended counts as zeros. */
  #loadKeys(from: number, to: number, depth: number): boolean {
    const { starts, ends } = this.#ranges
    const [order, bytes, keys] = [this.#order, this.#bytes, this.#keys]
    const turned = this.#isReverse ? -1 : 0
    let isSame = true
    for (let i = from; i < to; i++) {
      const line = order[i]!
      const at = starts[line]! + depth
      const left = ends[line]! - at
      let key: number
      if (left >= 4) key = (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!
      else {
        isSame = false
        key = left > 0 ? bytes[at]! << 24 : 0
        if (left > 1) key |= bytes[at + 1]! << 16
        if (left > 2) key |= bytes[at + 2]! << 8
      }
      keys[i - this.#base] = key ^ turned
      if (isSame && keys[i - this.#base] !== keys[from - this.#base]) isSame = false
    }
    return isSame
  }

  #spreadBy(start: number, end: number, shift: number, mask: number): void {
    const [keys, otherKeys, other] = [this.#keys, this.#otherKeys, this.#other]
    const order = this.#order.subarray(this.#base)
    const places = new Uint32Array(mask + 2)
    for (let i = start; i < end; i++) places[((keys[i]! >>> shift) & mask) + 1]!++
    if (places[((keys[start]! >>> shift) & mask) + 1] === end - start) return
    for (let i = 1; i < places.length; i++) places[i]! += places[i - 1]!
    for (let i = start; i < end; i++) {
      const key = keys[i]!
      const place = start + places[(key >>> shift) & mask]!++
      otherKeys[place] = key
      other[place] = order[i]!
    }
    keys.set(otherKeys.subarray(start, end), start)
    order.set(other.subarray(start, end), start)
  }

  /** Lines with the same four bytes. Among those are some that have ended, and some that have zeros there. */
  #goOn({ from, to, depth }: Job, jobs: Job[]): void {
    const last = (this.#keys[from - this.#base]! ^ (this.#isReverse ? -1 : 0)) & 255
    if (last !== 0) {
      jobs.push({ from, to, depth: depth + 4 })
      return
    }
    const { starts, ends } = this.#ranges
    const kept = this.#order.slice(from, to)
    const left = (line: number) => Math.min(4, ends[line]! - starts[line]! - depth)
    const lefts = this.#isReverse ? [4, 3, 2, 1, 0] : [0, 1, 2, 3, 4]
    let place = from
    for (const wanted of lefts) {
      const first = place
      // Of fewer than nothing there are those that ended before, and none of them comes here with one that did not.
      for (const line of kept) if (Math.max(0, left(line)) === wanted) this.#order[place++] = line
      if (wanted === 4 && place - first > 1) jobs.push({ from: first, to: place, depth: depth + 4 })
    }
  }
}

/** Orders all lines by a number each; equal ones keep their order, or are settled. */
export async function sortByNumbers(
  proc: Process,
  order: Uint32Array,
  how: { readonly numbers: Float64Array; readonly isReverse: boolean; readonly ties?: Ties | undefined },
): Promise<void> {
  const { numbers, isReverse } = how
  const words = sortableBits(numbers, isReverse)
  let from = order
  let into: Uint32Array = new Uint32Array(order.length)
  for (let digit = 0; digit < 4; digit++) {
    if (!spreadByDigit(from, into, words, digit)) continue
    ;[from, into] = [into, from]
    const pause = proc.gate()
    if (pause) await pause
  }
  if (from !== order) order.set(from)
  if (!how.ties) return
  const same = (a: number, b: number) => numbers[a] === numbers[b]
  await settleTies(proc, order, { from: 0, to: order.length }, { same, ties: how.ties })
}

/** The bits of a double, changed so that they order as unsigned integers. Two words a number, the low one first. */
function sortableBits(numbers: Float64Array, isReverse: boolean): Uint32Array {
  // Adding 0 makes 0 of -0.
  const words = new Uint32Array(numbers.map(number => number + 0).buffer)
  for (let i = 0; i < words.length; i += 2) {
    const isNegative = words[i + 1]! >>> 31 === 1
    // Negative numbers order backward; others need only stand above them.
    const low = isNegative ? ~words[i]! : words[i]!
    const high = isNegative ? ~words[i + 1]! : words[i + 1]! ^ 0x80000000
    words[i] = isReverse ? ~low : low
    words[i + 1] = isReverse ? ~high : high
  }
  return words
}

/** false: all have the same digit, and nothing was moved. */
function spreadByDigit(from: Uint32Array, into: Uint32Array, words: Uint32Array, digit: number): boolean {
  const places = new Uint32Array(65537)
  const word = digit >> 1
  const shift = (digit & 1) * 16
  for (let i = 0; i < from.length; i++) places[((words[2 * from[i]! + word]! >>> shift) & 0xffff) + 1]!++
  if (from.length > 0 && places[((words[2 * from[0]! + word]! >>> shift) & 0xffff) + 1] === from.length) return false
  for (let i = 1; i < places.length; i++) places[i] = places[i]! + places[i - 1]!
  for (let i = 0; i < from.length; i++) {
    const line = from[i]!
    into[places[(words[2 * line + word]! >>> shift) & 0xffff]!++] = line
  }
  return true
}

async function settleTies(
  proc: Process,
  order: Uint32Array,
  part: { readonly from: number; readonly to: number },
  how: { readonly same: (a: number, b: number) => boolean; readonly ties: Ties },
): Promise<void> {
  let start = part.from
  for (let i = part.from + 1; i <= part.to; i++) {
    if (i < part.to && how.same(order[i - 1]!, order[i]!)) continue
    if (i - start > 1) {
      const settled = how.ties.settle(order, start, i)
      if (settled) await settled
    }
    start = i
    const pause = (i & 1023) === 0 ? proc.gate() : undefined
    if (pause) await pause
  }
}
