// What pulling and pushing tell while they go on.

import type { Digest } from '../digest.ts'

export interface TransferEvent {
  readonly digest: Digest
  readonly kind: 'waiting' | 'progress' | 'done' | 'exists' | 'mounted' | 'again'
  /** Bytes so far, and in all. */
  readonly done: number
  readonly size: number
  /** `mounted`: from where. `again`: why. */
  readonly text?: string
}

export type TellTransfer = (event: TransferEvent) => void

/** Runs a piece of work for each item, a few at a time; the first error is thrown when those under way have ended. */
export async function sideBySide<T>(
  items: readonly T[],
  most: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const rest = [...items]
  const failures: unknown[] = []
  const run = async () => {
    for (let item = rest.shift(); item !== undefined && failures.length === 0; item = rest.shift()) {
      try {
        await work(item)
      } catch (error) {
        failures.push(error)
      }
    }
  }
  await Promise.all(Array.from({ length: most }, run))
  if (failures.length > 0) throw failures[0]
}
