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
    const last = operands.length === 1 ? '.' : operands.at(-1)!
    const targets = operands.length === 1 ? operands : operands.slice(0, -1)
    if (options.noTarget && targets.length > 1) throw new Failure('-T accepts 2 args max')
    const there = statOf(proc, last, { follow: !options.noDereference })
    if (options.noTarget && there?.kind === 'directory') throw new Failure(`'${last}' is a directory`)
    const isInto = !options.noTarget && there?.kind === 'directory'
    if (targets.length > 1 && !isInto) throw new Failure(`${last}: Not a directory`)
    for (const target of targets) {
      const link = isInto ? joinPath(last, baseName(target)) : last
      if (!options.symbolic && !statOf(proc, target)) {
        warn(`${target}: No such file or directory`)
        continue
      }
      if (options.verbose) await proc.stdout.line(`'${link}' -> '${target}'`)
      succeeds(warn, isInto || operands.length > 1 ? link : target, () => {
        if (options.backup && statOf(proc, link, { follow: false })) {
          proc.rename(link, link + (options.suffix ?? '~'))
        } else if (options.force && statOf(proc, link, { follow: false })) proc.unlink(link)
        if (options.symbolic) proc.symlink(target, link)
        else proc.link(target, link)
      })
    }
  },
})
