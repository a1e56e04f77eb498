// The one network interface there is.

import type { Process } from '../../kernel/process.ts'

export const INTERFACE = 'lo'

/** What went over it: on a loopback device what is sent is received. */
export function traffic(proc: Process): { readonly bytes: number; readonly packets: number } {
  return proc.kernel.network.traffic
}
