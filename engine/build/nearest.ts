// "Did you mean": the nearest of the names there are.

import { distance } from './instruction.ts'

/** undefined: none is near enough to be a slip of the finger. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const most = name.length < 4 ? 1 : 2
  let best: string | undefined
  let least = most + 1
  for (const candidate of known) {
    const far = distance(name.toLowerCase(), candidate.toLowerCase())
    if (far >= least) continue
    best = candidate
    least = far
  }
  return best
}
