import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { flag } from '../lib/options.ts'
import { applet } from './applet.ts'
import { joinPath } from './refused.ts'

const options = {
  recursive: flag('-R', 'What is in folders in folders too'),
  all: flag('-a', 'Names that begin with a dot too'),
  directory: flag('-d', 'Folders, not what is in them'),
  long: flag('-l', 'The names of flags'),
  project: flag('-p', 'The project ID'),
  version: flag('-v', 'The version'),
}

/** lsattr, as in busybox. No file system here keeps such flags, and each file is refused as Linux's tmpfs refuses it. */
export default applet({
  name: 'lsattr',
  about: 'List the flags of files on ext2 (no file system here has any: each FILE is refused)',
  operands: '[FILE]...',
  options,
  main({ proc, options: how, operands }) {
    for (const file of operands.length === 0 ? ['.'] : operands) list(proc, file, how)
    return 0
  },
})

function list(proc: Process, file: string, how: { readonly directory: boolean; readonly all: boolean }): void {
  const tell = (text: string) => void proc.stderr.line(`lsattr: ${text}`)
  try {
    const { kind } = proc.lstat(file)
    if (kind !== 'directory' || how.directory) return tell(problemOf(proc, file))
    const names = [...(how.all ? ['.', '..'] : []), ...proc.readNames(file)]
    for (const name of names.filter(name => how.all || !name.startsWith('.')))
      tell(problemOf(proc, joinPath(file, name)))
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    tell(`can't stat '${file}': ${error.message}`)
  }
}

function problemOf(proc: Process, file: string): string {
  return proc.lstat(file).kind === 'symlink'
    ? `can't open '${file}': Too many levels of symbolic links`
    : `reading ${file}: Inappropriate ioctl for device`
}
