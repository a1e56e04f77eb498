// Where services lie, and how their supervisors are spoken to: sv, svc and svok share it.

import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { encode } from '../lib/bytes.ts'
import { parseStatus, type ServiceStatus } from './service-status.ts'

/** A plain name is one in $SVDIR. */
export function serviceFolder(proc: Process, name: string): string {
  if (/^[./]/.test(name)) return name
  return `${proc.env.get('SVDIR') ?? '/var/service'}/${name}`
}

/** Says one letter to a service's supervisor. Throws SysError: ENOENT, ENXIO when it does not run. */
export async function tellService(proc: Process, folder: string, letters: string): Promise<void> {
  const fd = await proc.open(`${folder}/supervise/control`, { write: true, nonBlocking: true })
  await proc.write(fd, encode(letters))
  proc.close(fd)
}

/** ENXIO when there is no supervisor. */
export async function requireSupervisor(proc: Process, folder: string): Promise<void> {
  const fd = await proc.open(`${folder}/supervise/ok`, { write: true, nonBlocking: true })
  proc.close(fd)
}

/** Throws SysError. */
export function readService(proc: Process, folder: string): ServiceStatus {
  const status = parseStatus(proc.contentsOf(`${folder}/supervise/status`))
  if (!status) throw new SysError('EINVAL')
  return status
}
