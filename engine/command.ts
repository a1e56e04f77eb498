// From the words of a command to a program, with docker's words for each way it can fail.

import { SysError } from '../kernel/errno.ts'
import { loadExecutable } from '../kernel/execute.ts'
import type { Process } from '../kernel/process.ts'
import type { LoadedProgram } from '../kernel/program.ts'
import { adviseOnStart } from './advice.ts'
import { StartError } from './errors.ts'

const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

/**
 * Throws StartError when the container cannot start: the file is not there (127), has no x bit or is a directory (126).
 * A file that is there but that the kernel will not run starts, says `exec FILE: ...` and exits 255, as runc does.
 */
export function loadCommand(proc: Process, argv: readonly string[]): LoadedProgram {
  const path = findCommand(proc, argv[0] ?? '')
  try {
    const loaded = loadExecutable(proc, path, argv)
    return loaded
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return failingProgram(argv, `exec ${path}: ${lowerFirst(error.message)}`, adviseOnStart(proc, path))
  }
}

function findCommand(proc: Process, name: string): string {
  if (!name.includes('/')) return findInPath(proc, name)
  const refuse = (reason: string, status: number) =>
    new StartError(`exec: "${name}": ${reason}`, status, adviseOnStart(proc, name))
  try {
    const stat = proc.stat(name)
    if (stat.kind === 'directory') throw refuse('is a directory', 126)
    if (stat.kind !== 'file' || !proc.access(name, 1)) throw refuse('permission denied', 126)
    return name
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    if (error.errno === 'EACCES') throw refuse('permission denied', 126)
    throw refuse(`stat ${name}: ${lowerFirst(error.message)}`, 127)
  }
}

function findInPath(proc: Process, name: string): string {
  for (const directory of (proc.env.get('PATH') ?? DEFAULT_PATH).split(':')) {
    const path = `${directory || '.'}/${name}`
    if (name !== '' && proc.isExecutable(path)) return path
  }
  throw new StartError(`exec: "${name}": executable file not found in $PATH`, 127)
}

function failingProgram(argv: readonly string[], message: string, advice: string | undefined): LoadedProgram {
  const program = {
    name: argv[0] ?? 'exec',
    async main(proc: Process) {
      await proc.stderr.line(message)
      if (advice) await proc.stderr.line(advice)
      return 255
    },
  }
  return { program, argv }
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1)
}
