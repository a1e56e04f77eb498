import { flag, text } from '../lib/options.ts'
import { applet, Failure } from './applet.ts'
import { baseName, joinPath, statOf, succeeds } from './refused.ts'

export default applet({
  name: 'ln',
  about: 'Make links',
  operands: 'TARGET... LINK|DIRECTORY',
  least: 1,
  options: {
    symbolic: flag('-s', 'Symbolic links instead of hard ones'),
    force: flag('-f', 'Remove what is in the way'),
    noDereference: flag('-n', 'A symlink to a directory is taken as a file'),
    backup: flag('-b', 'Keep what is in the way under another name'),
    suffix: text('-S', 'SUFFIX', "End of a backup's name, instead of ~"),
    noTarget: flag('-T', 'LINK is a file, never a directory to put links into'),
    verbose: flag('-v', 'Tell of each link'),
  },
  async main({ proc, options, operands, warn }) {
    const last = operands.at(-1)!
    const targets = operands.length === 1 ? operands : operands.slice(0, -1)
    if (options.noTarget && targets.length > 1) throw new Failure('-T accepts 2 args max')
    const isHere = operands.length === 1
    for (const target of targets) {
      // busybox: what LINK is, is looked at for each TARGET anew.
      const name = isHere ? baseName(target) : last
      const there = statOf(proc, name, { follow: !options.noDereference && !options.noTarget })
      const isInto = there?.kind === 'directory'
      if (options.noTarget && isInto) throw new Failure(`'${name}' is a directory`)
      const link = isInto ? joinPath(name, baseName(target)) : name
      if (!options.symbolic && !statOf(proc, target, { follow: false })) {
        warn(`${target}: No such file or directory`)
        continue
      }
      if (options.verbose) await proc.stdout.line(`'${link}' -> '${target}'`)
      succeeds(warn, link, () => {
        if (options.backup && statOf(proc, link, { follow: false })) {
          proc.rename(link, link + (options.suffix ?? '~'))
        } else if (options.force && statOf(proc, link, { follow: false })) proc.unlink(link)
        if (options.symbolic) proc.symlink(target, link)
        else proc.link(target, link)
      })
    }
  },
})
