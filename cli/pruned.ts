// What pruning took away, as docker lists it.

import type { Pruned } from '../engine/disk-usage.ts'
import { familiarTag, parseReference } from '../image/reference.ts'
import type { Process } from '../kernel/process.ts'

export async function printPruned(proc: Process, { untagged, deleted }: Pruned): Promise<void> {
  if (untagged.length + deleted.length === 0) return
  await proc.stdout.line('Deleted Images:')
  for (const name of untagged) await proc.stdout.line(`untagged: ${familiarTag(parseReference(name))}`)
  for (const digest of deleted) await proc.stdout.line(`deleted: ${digest}`)
  await proc.stdout.line('')
}

export async function printPrunedVolumes(proc: Process, names: readonly string[]): Promise<void> {
  if (names.length === 0) return
  await proc.stdout.line('Deleted Volumes:')
  for (const name of names) await proc.stdout.line(name)
  await proc.stdout.line('')
}
