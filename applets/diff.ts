import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { compareBytes, EMPTY, encode, equalBytes } from '../lib/bytes.ts'
import { flag, list, number, text } from '../lib/options.ts'
import { applet, Failure, type Invocation } from './applet.ts'
import { openInput } from './operands.ts'
import { unifiedDiff } from './unified-diff.ts'

const options = {
  text: flag('-a', 'Treat all files as text'),
  spaceAmount: flag('-b', 'Ignore how many blanks there are'),
  blankLines: flag('-B', 'Ignore changes whose lines are all empty'),
  minimal: flag('-d', 'Accepted: the smallest set of changes is always found'),
  ignoreCase: flag('-i', 'Letters of either case are equal'),
  labels: list('-L', 'LABEL', 'Print LABEL, not the name of the file'),
  absent: flag('-N', 'A file that is missing counts as empty'),
  brief: flag('-q', 'Only tell that files differ'),
  recursive: flag('-r', 'Compare directories through and through'),
  start: text('-S', 'FILE', 'Begin with FILE in directories'),
  initialTab: flag('-T', 'A tab before each line, so that tabs line up'),
  same: flag('-s', 'Tell of files that are the same'),
  expandTabs: flag('-t', 'Print tabs as spaces'),
  unified: flag('-u', 'Accepted: the output is always unified'),
  context: number('-U', 'LINES', 'LINES of context', 3),
  space: flag('-w', 'Ignore all blanks'),
}

/** diff, POSIX XCU, with the unified output alone as in busybox. Status 1: they differ, 2: trouble. */
export default applet({
  name: 'diff',
  about: 'Print the differences of two files or directories as a unified diff',
  operands: 'FILE1 FILE2',
  least: 2,
  most: 2,
  options,
  async main(invocation) {
    const { proc, operands } = invocation
    let [first = '', second = ''] = operands
    const diff = new Diff(invocation)
    const [firstKind, secondKind] = [diff.kindOf(first), diff.kindOf(second)]
    if (firstKind === 'missing' && secondKind === 'missing') throw cannotStat(first)
    const missing = firstKind === 'missing' ? first : secondKind === 'missing' ? second : undefined
    if (missing !== undefined && !invocation.options.absent) throw cannotStat(missing)
    if (firstKind === 'directory' && secondKind === 'directory') {
      await diff.directories(first, second)
      return diff.status
    }
    if ((first === '-' || second === '-') && (firstKind === 'directory' || secondKind === 'directory'))
      throw new Failure("can't compare stdin to a directory")
    if (firstKind === 'directory') first = inDirectory(proc, first, second)
    if (secondKind === 'directory') second = inDirectory(proc, second, first)
    await diff.files(first, second)
    return diff.status
  },
})

function cannotStat(name: string): Failure {
  return new Failure(`can't stat '${name}': ${new SysError('ENOENT').message}`, 2)
}

/** `diff FILE DIRECTORY` means the file of that name in the directory. */
function inDirectory(proc: Process, directory: string, file: string): string {
  const path = join(directory, file.replace(/.*\//, ''))
  try {
    proc.stat(path)
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    throw new Failure(`can't stat '${path}': ${error.message}`)
  }
  return path
}

function join(directory: string, name: string): string {
  return directory.endsWith('/') ? directory + name : `${directory}/${name}`
}

type Kind = 'missing' | 'directory' | 'file' | 'other'

class Diff {
  status = 0
  readonly #invocation: Invocation<typeof options>
  readonly #proc: Process

  constructor(invocation: Invocation<typeof options>) {
    this.#invocation = invocation
    this.#proc = invocation.proc
  }

  kindOf(name: string): Kind {
    if (name === '-') return 'file'
    try {
      const { kind } = this.#proc.stat(name)
      return kind === 'directory' || kind === 'file' ? kind : 'other'
    } catch (error) {
      if (!(error instanceof SysError)) throw error
      return 'missing'
    }
  }

  async files(first: string, second: string): Promise<void> {
    const { options } = this.#invocation
    // Its own equal: not read, and (busybox) not told of either.
    if (first === second) return
    const before = await this.#read(first)
    const after = await this.#read(second)
    if (!before || !after) return
    if (equalBytes(before, after)) return this.#tellSame(first, second)
    if (options.brief || (!options.text && (isBinary(before) || isBinary(after)))) {
      if (options.brief && !(await this.#compare(before, after, first, second))) return this.#tellSame(first, second)
      this.status = Math.max(this.status, 1)
      return this.#proc.stdout.line(`Files ${first} and ${second} differ`)
    }
    const result = await this.#compare(before, after, first, second)
    if (result === undefined) return this.#tellSame(first, second)
    this.status = Math.max(this.status, 1)
    await this.#proc.stdout.write(result)
  }

  async #compare(before: Uint8Array, after: Uint8Array, first: string, second: string): Promise<string | undefined> {
    const { options } = this.#invocation
    const [label1 = first, label2 = second] = options.labels
    const how = {
      ignoreSpaceAmount: options.spaceAmount,
      ignoreSpace: options.space,
      ignoreCase: options.ignoreCase,
      ignoreBlankLines: options.blankLines,
      context: options.context,
      initialTab: options.initialTab,
      expandTabs: options.expandTabs,
      labels: [label1, label2] as const,
    }
    return unifiedDiff(before, after, how, () => this.#proc.gate())
  }

  async directories(first: string, second: string): Promise<void> {
    const { options } = this.#invocation
    for (const name of this.#names(first, second)) {
      if (options.start !== undefined && compareNames(name, options.start) < 0) continue
      const [path1, path2] = [join(first, name), join(second, name)]
      const [kind1, kind2] = [this.kindOf(path1), this.kindOf(path2)]
      if (kind1 === 'other' || kind2 === 'other') await this.#special([first, second], name, [kind1, kind2])
      else if (kind1 === 'missing' || kind2 === 'missing') await this.#oneSided(first, second, name, kind1, kind2)
      else if (kind1 !== kind2) {
        this.status = Math.max(this.status, 1)
        await this.#proc.stdout.line(
          `File ${path1} is a ${kindText(kind1)} while file ${path2} is a ${kindText(kind2)}`,
        )
      } else if (kind1 === 'directory') {
        if (options.recursive) await this.directories(path1, path2)
        else await this.#proc.stdout.line(`Common subdirectories: ${path1} and ${path2}`)
      } else await this.files(path1, path2)
      const pause = this.#proc.gate()
      if (pause) await pause
    }
  }

  /** Neither a file nor a directory: busybox passes it over, and does not take a directory for its other side. */
  async #special(folders: readonly [string, string], name: string, kinds: readonly [Kind, Kind]): Promise<void> {
    const side = kinds[0] === 'other' ? 0 : 1
    const other = kinds[1 - side]!
    this.status = Math.max(this.status, 1)
    const isAlone = other === 'directory' || (other === 'missing' && !this.#invocation.options.absent)
    if (isAlone) return this.#proc.stdout.line(`Only in ${folders[side]}: ${name}`)
    const path = join(folders[side], name)
    await this.#proc.stdout.line(`File ${path} is not a regular file or directory and was skipped`)
  }

  async #oneSided(first: string, second: string, name: string, kind1: Kind, kind2: Kind): Promise<void> {
    const { options } = this.#invocation
    const kind = kind1 === 'missing' ? kind2 : kind1
    if (options.absent && kind === 'file') {
      return this.files(
        kind1 === 'missing' ? '/dev/null' : join(first, name),
        kind2 === 'missing' ? '/dev/null' : join(second, name),
      )
    }
    this.status = Math.max(this.status, 1)
    await this.#proc.stdout.line(`Only in ${kind1 === 'missing' ? second : first}: ${name}`)
  }

  #names(first: string, second: string): string[] {
    const names = new Set<string>()
    for (const directory of [first, second]) for (const { name } of this.#proc.readDirectory(directory)) names.add(name)
    return [...names].sort(compareNames)
  }

  async #read(name: string): Promise<Uint8Array | undefined> {
    try {
      if (name === '-') return await this.#proc.stdin.all()
      if (this.kindOf(name) === 'missing' && this.#invocation.options.absent) return EMPTY
      if (this.kindOf(name) === 'other') return await this.#readThrough(name)
      const bytes = this.#proc.contentsOf(name)
      this.#proc.charge(bytes.length)
      return bytes
    } catch (error) {
      if (!(error instanceof SysError)) throw error
      this.#invocation.warn(`${name}: ${error.message}`)
      this.status = 2
      return undefined
    }
  }

  /** A fifo or a device, which has no contents but what comes out of it. */
  async #readThrough(name: string): Promise<Uint8Array> {
    const input = await openInput(this.#proc, name)
    try {
      return await input.all()
    } finally {
      this.#proc.close(input.fd)
    }
  }

  async #tellSame(first: string, second: string): Promise<void> {
    if (this.#invocation.options.same) await this.#proc.stdout.line(`Files ${first} and ${second} are identical`)
  }
}

function compareNames(a: string, b: string): number {
  return compareBytes(encode(a), encode(b))
}

function kindText(kind: Kind): string {
  return kind === 'directory' ? 'directory' : kind === 'file' ? 'regular file' : 'special file'
}

/** GNU's and busybox's test: a NUL near the beginning. */
function isBinary(bytes: Uint8Array): boolean {
  return bytes.subarray(0, 8192).includes(0)
}
