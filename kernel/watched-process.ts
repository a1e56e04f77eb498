// Processes whose system calls somebody looks at, delays or refuses: traces, run reports, injected faults.

import type { KernelOptions } from './kernel.ts'
import { Process } from './process.ts'

/** The calls that are looked at: those of POSIX that name a file, move bytes, or start, end and wait for processes. */
const CALLS = [
  'open',
  'close',
  'read',
  'readThrough',
  'write',
  'seek',
  'dup',
  'pipe',
  'select',
  'fork',
  'exec',
  'execProgram',
  'wait',
  'kill',
  'sleep',
  'chdir',
  'chroot',
  'stat',
  'lstat',
  'access',
  'readDirectory',
  'readNames',
  'readlink',
  'mkdir',
  'rmdir',
  'unlink',
  'rename',
  'link',
  'symlink',
  'mknod',
  'chmod',
  'chown',
  'utimes',
  'truncate',
  'truncateDescription',
] as const

export type CallName = (typeof CALLS)[number]

/** Those that may sleep, and so may be made to. */
export const SLEEPING_CALLS: ReadonlySet<CallName> = new Set<CallName>([
  'open',
  'read',
  'readThrough',
  'write',
  'select',
  'wait',
  'sleep',
])

export interface SystemCall {
  readonly process: Process
  readonly name: CallName
  readonly args: readonly unknown[]
}

export interface Watcher {
  /** Does the call by `proceed`, whose answer it gives, or refuses it by a SysError. Only a SLEEPING_CALL may be a promise. */
  readonly intercept?: (call: SystemCall, proceed: () => unknown) => unknown
  readonly onStart?: (process: Process) => void
  readonly onEnd?: (process: Process) => void
}

/** What a kernel is given so that its processes are watched. */
export function watchedBy(watcher: Watcher): Pick<KernelOptions, 'createProcess' | 'onEnd'> {
  const { intercept } = watcher
  const Watched = intercept ? watchedClass(intercept) : Process
  return {
    createProcess: (kernel, pid, start) => {
      const made = new Watched(kernel, pid, start)
      watcher.onStart?.(made)
      return made
    },
    onEnd: process => watcher.onEnd?.(process),
  }
}

function watchedClass(intercept: NonNullable<Watcher['intercept']>): typeof Process {
  class WatchedProcess extends Process {}
  // To those who look it is a read.
  const { readInto } = Process.prototype
  WatchedProcess.prototype.readInto = function (fd, into) {
    const call: SystemCall = { process: this, name: 'read', args: [fd, into.length] }
    return intercept(call, () => readInto.call(this, fd, into)) as ReturnType<typeof readInto>
  }
  for (const name of CALLS) {
    // Every name in CALLS is a method of Process, and is called with the arguments that its caller gave.
    const real = Process.prototype[name] as (...args: unknown[]) => unknown
    const value = function (this: Process, ...args: unknown[]): unknown {
      return intercept({ process: this, name, args }, () => real.apply(this, args))
    }
    Object.defineProperty(WatchedProcess.prototype, name, { value })
  }
  return WatchedProcess
}
