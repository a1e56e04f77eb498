// /proc/meminfo, in kilobytes (proc(5)).

import type { Process } from '../kernel/process.ts'
import { textOf } from './process-table.ts'

export interface Memory {
  readonly total: number
  readonly free: number
  readonly available: number
  readonly buffers: number
  /** With what of the slabs can be reclaimed. */
  readonly cached: number
  readonly shared: number
  readonly swapTotal: number
  readonly swapFree: number
}

export function readMemory(proc: Process): Memory {
  const values = new Map<string, number>()
  for (const [, name = '', value] of textOf(proc, '/proc/meminfo').matchAll(/^(\w+):\s*(\d+)/gm))
    values.set(name, Number(value))
  const of = (name: string) => values.get(name) ?? 0
  return {
    total: of('MemTotal'),
    free: of('MemFree'),
    available: of('MemAvailable'),
    buffers: of('Buffers'),
    cached: of('Cached') + of('SReclaimable'),
    shared: of('Shmem'),
    swapTotal: of('SwapTotal'),
    swapFree: of('SwapFree'),
  }
}
