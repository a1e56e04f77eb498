// find (POSIX XCU find), with the tests and actions of busybox.

import { SysError } from '../../kernel/errno.ts'
import type { Stat } from '../../kernel/vfs/stat.ts'
import { applet } from '../applet.ts'
import { joinPath } from '../refused.ts'
import { type Parsed, parseFind } from './parser.ts'
import type { Search, Visit } from './visit.ts'

export default applet({
  name: 'find',
  about: 'Walk through directories, and do something with the files that pass all tests',
  operands: '[-HL] [PATH]... [EXPRESSION]',
  raw: true,
  notes: [
    'Walk: -follow -xdev -depth -maxdepth N -mindepth N',
    'Combine: ( EXPRESSION )  ! TEST  TEST [-a] TEST  TEST -o TEST',
    'Test: -name -iname -path -ipath -regex PATTERN  -type fdlbcsp  -perm [-+/]MODE  -executable  -empty',
    '  -mtime -atime -ctime DAYS  -mmin -amin -cmin MINUTES  -newer -samefile FILE  -inum -links N',
    '  -user -group NAME  -nouser -nogroup  -size N[bckMG]  -true -false    (+N is more than N, -N is less)',
    'Act: -print -print0 -prune -quit -delete  -exec PROG ARGS ;  -exec PROG ARGS {} +  -ok PROG ARGS ;',
  ],
  async main({ proc, operands, warn }) {
    const search: Search = { proc, warn, isPruned: false, isOver: false, hasFailed: false, rest: [] }
    const parsed = parseFind(operands, search)
    const walker = new Walker(search, parsed)
    for (const path of parsed.paths) if (!search.isOver) await walker.walk(path, 0, [])
    for (const flush of search.rest) await flush()
    return search.hasFailed ? 1 : undefined
  },
})

class Walker {
  readonly #search: Search
  readonly #parsed: Parsed

  constructor(search: Search, parsed: Parsed) {
    this.#search = search
    this.#parsed = parsed
  }

  /** `above`: the directories on the way, against circles of symlinks. */
  async walk(path: string, depth: number, above: readonly Stat[]): Promise<void> {
    const search = this.#search
    const pause = search.proc.gate()
    if (pause) await pause
    const stat = this.#look(path, depth)
    if (!stat) return
    const { isDepthFirst, least, most, oneSystem } = this.#parsed.settings
    const visit: Visit = { path, stat, depth }
    const isWanted = depth >= least
    search.isPruned = false
    if (isWanted && !isDepthFirst) await this.#ask(visit)
    if (search.isOver) return
    const [start] = above
    const isElsewhere = oneSystem && start !== undefined && start.dev !== stat.dev
    if (stat.kind === 'directory' && depth < most && !search.isPruned && !isElsewhere) await this.#enter(visit, above)
    if (isWanted && isDepthFirst && !search.isOver) await this.#ask(visit)
  }

  #ask(visit: Visit): Promise<boolean> | undefined {
    const answer = this.#parsed.predicate(visit)
    return answer instanceof Promise ? answer : undefined
  }

  async #enter({ path, stat, depth }: Visit, above: readonly Stat[]): Promise<void> {
    const { proc, warn } = this.#search
    if (above.some(({ dev, ino }) => dev === stat.dev && ino === stat.ino)) {
      return warn(`${path}: Too many levels of symbolic links`)
    }
    let names: string[]
    try {
      names = proc.readDirectory(path).map(({ name }) => name)
    } catch (error) {
      if (!(error instanceof SysError)) throw error
      return warn(`${path}: ${error.message}`)
    }
    const here = [...above, stat]
    for (const name of names) {
      if (this.#search.isOver) return
      await this.walk(joinPath(path, name), depth + 1, here)
    }
  }

  /** A symlink that leads nowhere is itself; one in a circle is refused. */
  #look(path: string, depth: number): Stat | undefined {
    const { proc, warn } = this.#search
    const { follow } = this.#parsed.settings
    const isFollowed = follow === 'always' || (follow === 'operands' && depth === 0)
    try {
      const stat = proc.lstat(path)
      return stat.kind === 'symlink' && isFollowed ? followed(() => proc.stat(path), stat) : stat
    } catch (error) {
      if (!(error instanceof SysError)) throw error
      warn(`${path}: ${error.message}`)
      return undefined
    }
  }
}

function followed(look: () => Stat, link: Stat): Stat {
  try {
    return look()
  } catch (error) {
    if (!(error instanceof SysError) || error.errno === 'ELOOP') throw error
    return link
  }
}
