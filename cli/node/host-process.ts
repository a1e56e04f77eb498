// A process of the host by its pid and the moment it began: a pid alone may be somebody else's after a while, or a reboot.

import { readFileSync } from 'node:fs'
import { hasCode } from './host-error.ts'

export interface HostProcess {
  readonly pid: number
  /** In the kernel's own count (proc(5), field 22 of stat); '' where there is no /proc. */
  readonly began: string
}

let own: HostProcess | undefined

export function thisProcess(): HostProcess {
  own ??= { pid: process.pid, began: lookUp(process.pid)?.began ?? '' }
  return own
}

export function isAlive({ pid, began }: HostProcess): boolean {
  if (!(pid > 0) || !acceptsSignals(pid)) return false
  const found = lookUp(pid)
  if (!found) return true
  // A zombie is dead: whoever started it has not looked yet, and may never.
  return found.state !== 'Z' && found.state !== 'X' && (began === '' || began === found.began)
}

/** undefined: this host has no /proc, or the process is gone. */
function lookUp(pid: number): { readonly state: string; readonly began: string } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1')
    // The name, in parentheses, may hold blanks and parentheses itself.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return { state: fields[0] ?? '', began: fields[19] ?? '' }
  } catch (error) {
    if (!hasCode(error, 'ENOENT') && !hasCode(error, 'ESRCH')) throw error
    return undefined
  }
}

function acceptsSignals(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return hasCode(error, 'EPERM')
  }
}
