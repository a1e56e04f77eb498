import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { flag, text, UsageError } from '../lib/options.ts'
import { applet, Failure } from './applet.ts'
import { copyTree, isPlaceless } from './copy-tree.ts'
import { baseName, confirm, joinPath, statOf, succeeds } from './refused.ts'

export default applet({
  name: 'mv',
  about: 'Rename files, or move them into a directory',
  operands: 'SOURCE... DEST | SOURCE... { -t DIRECTORY | DIRECTORY }',
  least: 1,
  options: {
    force: flag('-f --force', 'Never ask'),
    interactive: flag('-i --interactive', 'Ask before overwriting'),
    noClobber: flag('-n --no-clobber', 'Overwrite nothing'),
    noTarget: flag('-T --no-target-directory', 'DEST is no directory to move into'),
    into: text('-t --target-directory', 'DIR', 'Move all sources into DIR'),
    verbose: flag('-v --verbose', 'Tell of each file'),
  },
  async main({ proc, options, operands, given, warn }) {
    // busybox: of -f, -i and -n the last one counts.
    const asking = given.findLast(key => key === 'force' || key === 'interactive' || key === 'noClobber')
    const target = options.into ?? operands.at(-1)!
    const sources = options.into === undefined ? operands.slice(0, -1) : operands
    if (sources.length === 0) throw new UsageError('')
    if (options.noTarget && (options.into !== undefined || sources.length > 1)) throw new UsageError('')
    // Many sources go into a directory: where there is none, each is refused by itself.
    const isMany = sources.length > 1 || options.into !== undefined
    const isInto = isMany || (!options.noTarget && statOf(proc, target)?.kind === 'directory')
    let status: 1 | undefined
    for (const source of sources) {
      const to = isInto ? joinPath(target, baseName(source)) : target
      const there = statOf(proc, to, { follow: false })
      if (options.noTarget && there?.kind === 'directory' && statOf(proc, source)?.kind !== 'directory')
        throw new Failure(`'${to}' is a directory`)
      // busybox: a link that leads nowhere is nothing to keep.
      if (there && asking === 'noClobber' && statOf(proc, to)) continue
      const isGuarded =
        there && asking !== 'force' && there.kind !== 'symlink' && proc.terminal(0) !== undefined && !proc.access(to, 2)
      if (there && (asking === 'interactive' || isGuarded) && !(await confirm(proc, `mv: overwrite '${to}'?`))) continue
      if (options.verbose && (isInto || !isPlaceless(proc, to))) await proc.stdout.line(`'${source}' -> '${to}'`)
      if (isPlaceless(proc, to)) {
        warn(`can't stat '${to}': Path has non-directory component`)
        continue
      }
      if (!(await move(proc, source, to, warn))) status = 1
    }
    return status
  },
})

async function move(proc: Process, from: string, to: string, warn: (message: string) => void): Promise<boolean> {
  try {
    proc.rename(from, to)
    return true
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    if (error.errno !== 'EXDEV') {
      warn(`can't rename '${from}': ${error.message}`)
      return false
    }
  }
  const how = {
    recursive: true,
    preserve: true,
    follow: 'never',
    force: true,
    interactive: false,
    noClobber: false,
    link: 'none',
    update: false,
    name: 'mv',
    warn,
  } as const
  if (!(await copyTree(proc, from, to, how))) return false
  return removeTree(proc, from, warn)
}

function removeTree(proc: Process, path: string, warn: (message: string) => void): boolean {
  if (statOf(proc, path, { follow: false })?.kind !== 'directory')
    return succeeds(warn, `can't remove '${path}'`, () => proc.unlink(path))
  for (const { name } of proc.readDirectory(path)) removeTree(proc, joinPath(path, name), warn)
  return succeeds(warn, `can't remove '${path}'`, () => proc.rmdir(path))
}
