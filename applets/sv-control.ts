import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { requireSupervisor, serviceFolder, tellService } from './service-control.ts'

/** Says letters to services; how many could not be told. What went wrong is printed on stdout, as runit's sv does. */
export async function controlServices(proc: Process, letters: string, names: readonly string[]): Promise<number> {
  let failures = 0
  for (const name of names) {
    const problem = await reachService(proc, name)
    if (problem !== undefined) {
      failures++
      await proc.stdout.line(problem)
    } else await tellService(proc, serviceFolder(proc, name), letters)
  }
  return failures
}

/** What is printed of a service that cannot be reached. */
export async function reachService(proc: Process, name: string): Promise<string | undefined> {
  const folder = serviceFolder(proc, name)
  try {
    if (proc.stat(folder).kind !== 'directory') throw new SysError('ENOTDIR')
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return `fail: ${name}: can't change to service directory: ${error.message}`
  }
  try {
    await requireSupervisor(proc, folder)
    return undefined
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return `warning: ${name}: can't open supervise/ok: ${error.message}`
  }
}
