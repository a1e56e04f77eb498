import type { Process } from '../kernel/process.ts'
import { flag, UsageError } from '../lib/options.ts'
import { applet } from './applet.ts'
import { baseName, confirm, joinPath, statOf, succeeds } from './refused.ts'

export default applet({
  name: 'rm',
  about: 'Remove files',
  operands: 'FILE...',
  options: {
    interactive: flag('-i', 'Ask before each'),
    force: flag('-f --force', 'Never ask, and say nothing of what is not there'),
    recursive: flag('-R -r --recursive', 'Remove directories with what is in them'),
    verbose: flag('-v --verbose', 'Tell of each file that is removed'),
  },
  async main({ proc, options: typed, operands, given, warn }) {
    // busybox: of -i and -f the last one counts.
    const last = given.findLast(key => key === 'interactive' || key === 'force')
    const options = { ...typed, interactive: last === 'interactive', force: last === 'force' }
    if (operands.length === 0 && !options.force) throw new UsageError('')
    for (const path of operands) {
      if (['.', '..'].includes(baseName(path))) warn(`can't remove '.' or '..'`)
      else await remove(proc, path, options, warn)
    }
  },
})

interface Options {
  readonly interactive: boolean
  readonly force: boolean
  readonly recursive: boolean
  readonly verbose: boolean
}

async function remove(proc: Process, path: string, options: Options, warn: (message: string) => void): Promise<void> {
  const pause = proc.gate()
  if (pause) await pause
  const stat = statOf(proc, path, { follow: false })
  if (!stat && options.force) return
  if (!stat) {
    succeeds(warn, `can't remove '${path}'`, () => proc.lstat(path))
    return
  }
  if (stat.kind === 'directory') {
    if (!options.recursive) return warn(`'${path}' is a directory`)
    if (options.interactive && !(await confirm(proc, `rm: descend into directory '${path}'?`))) return
    const names: string[] = []
    if (!succeeds(warn, `can't stat '${path}'`, () => names.push(...proc.readDirectory(path).map(({ name }) => name))))
      return
    for (const name of names) await remove(proc, joinPath(path, name), options, warn)
    if (options.interactive && !(await confirm(proc, `rm: remove directory '${path}'?`))) return
    if (succeeds(warn, `can't remove '${path}'`, () => proc.rmdir(path)) && options.verbose)
      await proc.stdout.line(`removed directory: '${path}'`)
    return
  }
  const isGuarded = stat.kind !== 'symlink' && !proc.access(path, 2) && proc.terminal(0) !== undefined && !options.force
  if ((options.interactive || isGuarded) && !(await confirm(proc, `rm: remove '${path}'?`))) return
  if (succeeds(warn, `can't remove '${path}'`, () => proc.unlink(path)) && options.verbose)
    await proc.stdout.line(`removed '${path}'`)
}
