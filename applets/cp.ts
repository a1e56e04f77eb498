import { flag, text, UsageError } from '../lib/options.ts'
import { applet, Failure } from './applet.ts'
import { copyTree, isPlaceless } from './copy-tree.ts'
import { baseName, joinPath, statOf } from './refused.ts'

export default applet({
  name: 'cp',
  about: 'Copy files',
  operands: 'SOURCE... DEST | SOURCE... { -t DIRECTORY | DIRECTORY }',
  least: 1,
  options: {
    archive: flag('-a --archive', 'Same as -dpR'),
    recursive: flag('-R -r --recursive', 'Copy directories with what is in them'),
    noDereference: flag('-d -P --no-dereference', 'Copy symlinks as symlinks (default with -R)'),
    followAll: flag('-L --dereference', 'Follow all symlinks'),
    followOperands: flag('-H', 'Follow symlinks that are operands'),
    preserve: flag('-p --preserve', 'Keep mode, owner and times'),
    force: flag('-f --force', 'Remove a target that cannot be opened'),
    interactive: flag('-i --interactive', 'Ask before overwriting'),
    noClobber: flag('-n --no-clobber', 'Overwrite nothing'),
    hardLink: flag('-l --link', 'Make hard links instead'),
    symbolicLink: flag('-s --symbolic-link', 'Make symlinks instead'),
    noTarget: flag('-T --no-target-directory', 'DEST is no directory to copy into'),
    into: text('-t --target-directory', 'DIR', 'Copy all sources into DIR'),
    update: flag('-u --update', 'Only what is newer'),
    verbose: flag('-v --verbose', 'Tell of each file'),
    parents: flag('--parents', "Keep the directories of the source's name"),
  },
  async main({ proc, options, operands, given, warn }) {
    const target = options.into ?? operands.at(-1)!
    const sources = options.into === undefined ? operands.slice(0, -1) : operands
    if (sources.length === 0 || (options.noTarget && options.into === undefined && sources.length > 1))
      throw new UsageError('')
    const recursive = options.recursive || options.archive
    // Many sources go into a directory: where there is none, each is refused by itself.
    const isMany = sources.length > 1 || options.into !== undefined
    const there = statOf(proc, target)?.kind
    // busybox: a directory goes into what is there, which is refused when that is a file.
    const isFolder = !options.noTarget && there !== undefined && statOf(proc, sources[0] ?? '')?.kind === 'directory'
    const isInto = isMany || (!options.noTarget && there === 'directory') || isFolder
    if (!isInto && isPlaceless(proc, target))
      throw new Failure(`can't stat '${target}': Path has non-directory component`)
    if (options.parents && isInto && (statOf(proc, target)?.kind ?? 'directory') !== 'directory')
      throw new Failure(`can't create directory '${target}': File exists`)
    if (options.parents && !isInto) throw new Failure('with --parents, the destination must be a directory')
    if (
      options.noTarget &&
      options.into === undefined &&
      recursive === false &&
      statOf(proc, target)?.kind === 'directory'
    )
      throw new Failure(`'${target}' is a directory`)
    const follow = options.followAll
      ? 'always'
      : options.followOperands
        ? 'operands'
        : recursive || options.noDereference
          ? 'never'
          : 'always'
    // busybox: of -i and -n the later one counts.
    const asking = given.findLast(key => key === 'interactive' || key === 'noClobber')
    let status = 0
    const keepsLinks = options.archive || options.noDereference ? { links: new Map<string, string>() } : {}
    for (const source of sources) {
      const to = isInto ? joinPath(target, options.parents ? source : baseName(source)) : target
      if (options.parents) makeParents(to)
      const isWell = await copyTree(proc, source, to, {
        recursive,
        preserve: options.preserve || options.archive,
        follow,
        force: options.force,
        interactive: asking === 'interactive',
        noClobber: asking === 'noClobber',
        verbose: options.verbose,
        link: options.hardLink ? 'hard' : options.symbolicLink ? 'symbolic' : 'none',
        update: options.update,
        ...keepsLinks,
        name: 'cp',
        warn,
      })
      if (!isWell) status = 1
    }
    return status

    function makeParents(path: string): void {
      const names = path.split('/').slice(0, -1)
      for (let count = 1; count <= names.length; count++) {
        const above = names.slice(0, count).join('/')
        if (above !== '' && !statOf(proc, above)) proc.mkdir(above)
      }
    }
  },
})
