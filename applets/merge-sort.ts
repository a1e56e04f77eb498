// A stable sort that gives way to others while it works.

/** As many as are sorted in one go. */
const RUN = 4096

/** Sorts in place or into another array, and gives the result. `gate` is passed often, and awaited where it answers. */
export async function mergeSort<T>(
  items: T[],
  compare: (a: T, b: T) => number,
  gate: () => Promise<void> | undefined,
): Promise<T[]> {
  let from = items
  if (items.length <= RUN) return items.sort(compare)
  for (let at = 0; at < items.length; at += RUN) {
    const run = items.slice(at, at + RUN).sort(compare)
    for (let i = 0; i < run.length; i++) items[at + i] = run[i]!
    const pause = gate()
    if (pause) await pause
  }
  let into: T[] = new Array(items.length)
  for (let width = RUN; width < items.length; width *= 2) {
    for (let start = 0; start < from.length; start += 2 * width) {
      const middle = Math.min(from.length, start + width)
      const end = Math.min(from.length, start + 2 * width)
      let left = start
      let right = middle
      for (let out = start; out < end; out++) {
        const takesLeft = left < middle && (right >= end || compare(from[left]!, from[right]!) <= 0)
        into[out] = takesLeft ? from[left++]! : from[right++]!
        if ((out & 255) !== 0) continue
        const pause = gate()
        if (pause) await pause
      }
    }
    ;[from, into] = [into, from]
  }
  return from
}
