import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { exitStatus } from '../kernel/wait-status.ts'
import { flag, list, text } from '../lib/options.ts'
import { applet, Failure } from './applet.ts'
import { joinPath, statOf } from './refused.ts'
import { startCommand } from './run-command.ts'

/** run-parts, as in busybox. */
export default applet({
  name: 'run-parts',
  about: 'Run the programs in DIRECTORY, in the order of their names',
  operands: 'DIRECTORY',
  least: 1,
  most: 1,
  options: {
    args: list('-a --arg', 'ARG', 'An argument for each'),
    umask: text('-u --umask', 'UMASK', 'With this umask'),
    reverse: flag('--reverse', 'The other way round'),
    test: flag('--test', 'Only print what would run'),
    exitOnError: flag('--exit-on-error', 'Stop where one fails'),
    list: flag('--list', 'Print all names, also of what cannot be run'),
    verbose: flag('-v --verbose', 'Print each name first'),
    regex: text('--regex', 'REGEX', 'Refused: names are letters, digits, _ and -'),
  },
  async main({ proc, options, operands, warn }) {
    if (options.regex !== undefined) throw new Failure('--regex is not supported')
    if (options.umask !== undefined) proc.umask = Number.parseInt(options.umask, 8) & 0o777
    const [directory = ''] = operands
    let status = 0
    const parts = partsOf(proc, directory, options.list, options.reverse)
    if (parts instanceof SysError) {
      // busybox: it is said, and is no failure.
      warn(`${directory}: ${parts.message}`)
      return 0
    }
    for (const path of parts) {
      if (options.test || options.list) {
        await proc.stdout.line(path)
        continue
      }
      if (options.verbose) await proc.stderr.line(path)
      const started = startCommand(proc, [path, ...options.args])
      const ended = await proc.wait(started.child.pid)
      const code = ended ? exitStatus(ended[1]) : 1
      if (code === 0) continue
      status = 1
      if (started.refusal) warn(`can't execute '${path}': ${started.refusal.message}`)
      else if (ended && 'killed' in ended[1]) warn(`${path} exited because of signal ${ended[1].killed}`)
      else warn(`${path}: exit status ${code}`)
      if (options.exitOnError) return 1
    }
    return status
  },
})

/** busybox: names of letters, digits, underscores and dashes alone. */
function partsOf(proc: Process, directory: string, isAll: boolean, isReverse: boolean): string[] | SysError {
  let entries: ReturnType<Process['readDirectory']>
  try {
    entries = proc.readDirectory(directory)
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return error
  }
  const names = entries.map(({ name }) => name).filter(name => /^[A-Za-z0-9_-]+$/.test(name))
  names.sort((a, b) => (a < b ? -1 : 1))
  if (isReverse) names.reverse()
  const paths = names.map(name => joinPath(directory, name))
  return paths.filter(path => statOf(proc, path)?.kind === 'file' && (isAll || proc.access(path, 1)))
}
