// The variables a shell begins with (POSIX XCU 2.5.3).

import { SysError } from '../../kernel/errno.ts'
import type { Shell } from '../shell.ts'
import { DEFAULT_IFS } from '../state/ifs.ts'
import { isName } from '../state/variables.ts'

const DEFAULT_PATH = '/sbin:/usr/sbin:/bin:/usr/bin'

export function importEnvironment(shell: Shell): void {
  const { variables, proc } = shell
  for (const [name, value] of proc.env) {
    if (!isName(name)) continue
    variables.set(name, value)
    variables.mark(name, { isExported: true })
  }
  if (variables.get('PATH') === undefined) variables.set('PATH', DEFAULT_PATH)
  // POSIX: IFS is not taken from the environment.
  variables.set('IFS', DEFAULT_IFS)
  variables.mark('IFS', { isExported: false })
  variables.set('OPTIND', '1')
  variables.set('PPID', String(proc.ppid))
  for (const [name, value] of [
    ['PS2', '> '],
    ['PS4', '+ '],
  ] as const) {
    if (variables.get(name) === undefined) variables.set(name, value)
  }
  shell.directory = startDirectory(shell)
  variables.set('PWD', shell.directory)
  variables.mark('PWD', { isExported: true })
}

/** PWD from the environment, if it is the current directory's name; else the real one. */
function startDirectory(shell: Shell): string {
  const given = shell.proc.env.get('PWD')
  try {
    if (given?.startsWith('/') && !/\/\.{1,2}(?:\/|$)/.test(given)) {
      const [there, here] = [shell.proc.stat(given), shell.proc.stat('.')]
      if (there.dev === here.dev && there.ino === here.ino) return given
    }
  } catch (error) {
    if (!(error instanceof SysError)) throw error
  }
  try {
    return shell.proc.cwd
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return given ?? '/'
  }
}
