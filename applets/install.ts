import type { Process } from '../kernel/process.ts'
import { parseMode } from '../lib/mode-string.ts'
import { flag, text } from '../lib/options.ts'
import { Accounts } from './accounts.ts'
import { applet, Failure } from './applet.ts'
import { copyTree } from './copy-tree.ts'
import { baseName, joinPath, statOf, succeeds } from './refused.ts'

export default applet({
  name: 'install',
  about: 'Copy files and set their modes and owners, or make directories',
  operands: '[SOURCE]... DEST',
  least: 1,
  options: {
    compatible: flag('-c', 'Copy (always so)'),
    directories: flag('-d', 'All operands are directories to make'),
    leading: flag('-D', 'Make the directories above DEST'),
    preserve: flag('-p', "Keep the sources' times"),
    strip: flag('-s', 'Remove symbols: refused, there is no strip'),
    owner: text('-o', 'USER', 'Owner'),
    group: text('-g', 'GRP', 'Group'),
    mode: text('-m', 'MODE', 'Mode (0755)'),
    into: text('-t', 'DIR', 'Install into DIR'),
  },
  async main({ proc, options, operands, warn }) {
    if (options.strip) throw new Failure('-s: there is no strip here')
    const mode = options.mode === undefined ? 0o755 : parseMode(options.mode, { mode: 0, umask: 0 })
    if (mode === undefined) throw new Failure(`invalid mode '${options.mode}'`)
    const accounts = new Accounts(proc)
    const finish: Finish = path => {
      const uid = options.owner === undefined ? undefined : accounts.uid(options.owner)
      const gid = options.group === undefined ? undefined : accounts.gid(options.group)
      if (uid !== undefined || gid !== undefined) {
        succeeds(warn, `can't change ownership of ${path}`, () => {
          proc.chown(path, { ...(uid === undefined ? {} : { uid }), ...(gid === undefined ? {} : { gid }) })
        })
      }
      succeeds(warn, `can't change permissions of ${path}`, () => proc.chmod(path, mode))
    }
    if (options.directories) {
      for (const path of operands) if (makeDirectories(proc, path, warn)) finish(path)
      return
    }
    const target = options.into ?? operands.at(-1)!
    const sources = options.into === undefined ? operands.slice(0, -1) : operands
    if (sources.length === 0) throw new Failure(`missing destination file operand after '${operands[0]}'`)
    if (options.leading) makeDirectories(proc, options.into ?? directoryOf(target), warn)
    const isInto = statOf(proc, target)?.kind === 'directory'
    if (!isInto && (sources.length > 1 || options.into !== undefined))
      throw new Failure(`target '${target}' is not a directory`)
    for (const source of sources) {
      const to = isInto ? joinPath(target, baseName(source)) : target
      if (await copy(proc, source, to, options.preserve, warn)) finish(to)
    }
  },
})

type Finish = (path: string) => void

function copy(
  proc: Process,
  from: string,
  to: string,
  preserve: boolean,
  warn: (message: string) => void,
): Promise<boolean> {
  return copyTree(proc, from, to, {
    recursive: false,
    preserve,
    follow: 'always',
    force: true,
    interactive: false,
    noClobber: false,
    link: 'none',
    update: false,
    name: 'install',
    warn,
  })
}

/** With the directories above; one that is there already is well. */
function makeDirectories(proc: Process, path: string, warn: (message: string) => void): boolean {
  const names = path.split('/')
  return names.every((_, index) => {
    const part = names.slice(0, index + 1).join('/') || '/'
    if (statOf(proc, part)?.kind === 'directory') return true
    return succeeds(warn, `can't create directory '${part}'`, () => proc.mkdir(part, 0o755))
  })
}

function directoryOf(path: string): string {
  const slash = path.replace(/\/+$/, '').lastIndexOf('/')
  return slash === -1 ? '.' : path.slice(0, slash) || '/'
}
