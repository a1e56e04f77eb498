import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { parseMode } from '../lib/mode-string.ts'
import { flag, text, UsageError } from '../lib/options.ts'
import { applet, Failure } from './applet.ts'
import { statOf, succeeds } from './refused.ts'

export default applet({
  name: 'mkdir',
  about: 'Make directories',
  operands: 'DIRECTORY...',
  options: {
    mode: text('-m --mode', 'MODE', 'Mode of what is made'),
    parents: flag('-p --parents', 'Make the directories above too; no error when it is there'),
    verbose: flag('-v --verbose', 'Tell of each directory that is made'),
  },
  async main({ proc, options, operands, warn }) {
    const mode = options.mode === undefined ? undefined : parseMode(options.mode, { mode: 0o777, umask: proc.umask })
    if (options.mode !== undefined && mode === undefined) throw new Failure(`invalid mode '${options.mode}'`)
    if (operands.length === 0) throw new UsageError('')
    for (const path of operands) {
      const above = options.parents ? directoriesAbove(path) : []
      const inTheWay = above.find(part => (statOf(proc, part)?.kind ?? 'directory') !== 'directory')
      if (inTheWay !== undefined) {
        warn(`can't create directory '${inTheWay}/': Not a directory`)
        continue
      }
      const made: string[] = []
      succeeds(warn, `can't create directory '${path}'`, () => {
        for (const part of above) if (makePassage(proc, part)) made.push(`${part}/`)
        if (!make(proc, path, options.parents)) return
        made.push(path)
        if (mode !== undefined) proc.chmod(path, mode)
      })
      if (options.verbose) for (const each of made) await proc.stdout.line(`created directory: '${each}'`)
    }
  },
})

function directoriesAbove(path: string): string[] {
  const names = path.split('/')
  const above = names.map((_, count) => names.slice(0, count).join('/'))
  return above.filter(part => part !== '' && part !== '.' && part !== '..')
}

/** POSIX XCU mkdir -p: whatever the umask, the owner may enter what leads to the last one, and write there. */
function makePassage(proc: Process, path: string): boolean {
  if (!make(proc, path, true)) return false
  if ((proc.umask & 0o300) !== 0) proc.chmod(path, (0o777 & ~proc.umask) | 0o300)
  return true
}

/** Whether it was not there. */
function make(proc: Process, path: string, mayExist: boolean): boolean {
  try {
    proc.mkdir(path)
    return true
  } catch (error) {
    if (!(error instanceof SysError) || !mayExist || statOf(proc, path)?.kind !== 'directory') throw error
    return false
  }
}
