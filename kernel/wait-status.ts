// How a child ended or paused: what wait(2) reports.

import { BareError } from './bare-error.ts'
import type { Signal } from './signal.ts'

export type WaitStatus =
  | { readonly exited: number }
  | { readonly killed: Signal }
  | { readonly stopped: Signal }
  | { readonly continued: true }

/** The shell's `$?` for it (POSIX XCU 2.8.2): the exit status, or 128 + the signal's number. */
export function exitStatus(status: WaitStatus): number {
  if ('exited' in status) return status.exited
  if ('killed' in status) return 128 + status.killed
  return 'stopped' in status ? 128 + status.stopped : 0
}

/** Thrown through a process to end it: by exit, or by a signal nobody caught. Only the process's own end catches it. */
export class ProcessEnd extends BareError {
  readonly status: { readonly exited: number } | { readonly killed: Signal }

  constructor(status: { readonly exited: number } | { readonly killed: Signal }) {
    super('the process ends')
    this.name = 'ProcessEnd'
    this.status = status
  }
}
