// The limits that chpst and softlimit set: only soft ones, never above the hard ones (setrlimit(2)).

import type { Process } from '../kernel/process.ts'
import type { Resource } from '../kernel/resource-limits.ts'
import { UsageError } from '../lib/options.ts'

export interface LimitOption {
  readonly names: readonly string[]
  readonly argument: string
  readonly about: string
  readonly initial: number | undefined
  take(previous: number | undefined, argument: string | undefined): number
}

/** A plain number. Throws UsageError `invalid number 'x'`. */
export function limit(name: string, argument: string, about: string): LimitOption {
  return {
    names: [name],
    argument,
    about,
    initial: undefined,
    take: (_, value = '') => {
      if (!/^\d+$/.test(value) || Number(value) > 0x7fffffff)
        throw new UsageError(`invalid number '${value}'`, { showsUsage: false })
      return Number(value)
    },
  }
}

export function lowerLimits(proc: Process, value: number | undefined, resources: readonly Resource[]): void {
  if (value === undefined) return
  for (const resource of resources) {
    const { hard } = proc.resourceLimits.get(resource)
    proc.resourceLimits.set(resource, { soft: Math.min(value, hard), hard })
  }
}
