// What vi does outside of its text: files, and commands of the shell.

import { SysError } from '../../kernel/errno.ts'
import type { Process } from '../../kernel/process.ts'
import { decode, encode } from '../../lib/bytes.ts'
import { startCommand } from '../run-command.ts'
import { ExError } from './ex-range.ts'

export interface WriteOptions {
  readonly isAppend: boolean
  /** Replace a file that is there. */
  readonly isForced: boolean
}

export async function writeText(proc: Process, name: string, text: string, how: WriteOptions): Promise<void> {
  if (!how.isForced && !how.isAppend && exists(proc, name)) throw new ExError(`'${name}' exists (:w! overrides)`)
  const mode = how.isAppend ? { append: true } : { truncate: true }
  let fd: number
  try {
    fd = await proc.open(name, { write: true, create: true, ...mode })
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    throw new ExError(`'${name}' ${error.message}`)
  }
  try {
    await proc.write(fd, encode(text))
  } finally {
    proc.close(fd)
  }
}

export async function readText(proc: Process, name: string): Promise<string> {
  try {
    return decode(proc.contentsOf(name))
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    throw new ExError(`'${name}' ${error.message}`)
  }
}

export function exists(proc: Process, name: string): boolean {
  try {
    proc.stat(name)
    return true
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return false
  }
}

/** Runs a shell command on the terminal. */
export async function runOnTerminal(proc: Process, command: string): Promise<void> {
  await proc.stdout.flush()
  const { child } = startCommand(proc, ['sh', '-c', command])
  await waitFor(proc, child.pid)
}

/** What a shell command prints, on stdout and stderr, when it is given `input`. */
export async function outputOf(proc: Process, command: string, input = ''): Promise<string> {
  const [childIn, toChild] = proc.pipe()
  const [fromChild, childOut] = proc.pipe()
  const all = [childIn, toChild, fromChild, childOut]
  const { child } = startCommand(proc, ['sh', '-c', command], {
    prepare: child => {
      child.dup(childIn, { onto: 0 })
      child.dup(childOut, { onto: 1 })
      child.dup(childOut, { onto: 2 })
      for (const fd of all) child.close(fd)
    },
  })
  // The input is fed by a process of its own, so that neither side waits for the other for ever.
  const feeder = proc.fork(async feeding => {
    for (const fd of [childIn, fromChild, childOut]) feeding.close(fd)
    await feeding.write(toChild, encode(input))
    return 0
  })
  for (const fd of [childIn, toChild, childOut]) proc.close(fd)
  const parts: string[] = []
  for (;;) {
    const chunk = await proc.read(fromChild)
    if (chunk.length === 0) break
    parts.push(decode(chunk))
  }
  proc.close(fromChild)
  await waitFor(proc, child.pid)
  await waitFor(proc, feeder.pid)
  return parts.join('')
}

/** A window that changes its size meanwhile interrupts nothing. */
async function waitFor(proc: Process, pid: number): Promise<void> {
  for (;;) {
    try {
      await proc.wait(pid)
      return
    } catch (error) {
      if (!(error instanceof SysError) || error.errno !== 'EINTR') throw error
    }
  }
}
