import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import type { Stat } from '../kernel/vfs/stat.ts'
import { layOut } from '../lib/columns.ts'
import { modeString } from '../lib/mode-string.ts'
import { flag, number, optional } from '../lib/options.ts'
import { strftime } from '../lib/strftime.ts'
import { parseTimeZone, type TimeZone } from '../lib/time-zone.ts'
import { textWidth } from '../lib/width.ts'
import { Accounts } from './accounts.ts'
import { applet } from './applet.ts'
import { humanKilobytes } from './human-size.ts'
import { joinPath } from './refused.ts'

export default applet({
  name: 'ls',
  about: 'List directories',
  operands: '[FILE]...',
  options: {
    one: flag('-1', 'One name a line'),
    all: flag('-a --all', 'Names that begin with a dot too'),
    almostAll: flag('-A --almost-all', 'As -a, without . and ..'),
    across: flag('-x', 'By lines'),
    columns: flag('-C', 'By columns'),
    directory: flag('-d', 'Directories themselves, not what is in them'),
    follow: flag('-L', 'Follow symlinks'),
    followOperands: flag('-H', 'Follow symlinks that are operands'),
    recursive: flag('-R', 'Also what is in directories below'),
    slash: flag('-p', 'A / after directories'),
    classify: flag('-F --classify', 'A mark of the kind (one of */=@|) after names'),
    long: flag('-l', 'Mode, links, owner, size and time'),
    inode: flag('-i', 'Inode numbers'),
    numeric: flag('-n', 'As -l, with numbers for users and groups'),
    noOwner: flag('-g', 'As -l, without the owner'),
    blocks: flag('-s', 'Allocated blocks'),
    changed: flag('-c', 'The time of change'),
    accessed: flag('-u', 'The time of access'),
    fullTime: flag('--full-time', 'Times to the nanosecond'),
    human: flag('-h --human-readable', 'Sizes such as 1.0K'),
    kilobytes: flag('-k', 'Blocks of 1024 bytes (default)'),
    directoriesFirst: flag('--group-directories-first', 'Directories before the rest'),
    bySize: flag('-S', 'By size'),
    byExtension: flag('-X', 'By extension'),
    byVersion: flag('-v', 'By version'),
    byTime: flag('-t', 'By time'),
    unsorted: flag('-U -f', 'As they are in the directory'),
    reverse: flag('-r', 'The other way round'),
    quote: flag('-Q', 'Names in double quotes'),
    width: number('-w', 'N', 'Columns of the line'),
    color: optional('--color', 'WHEN', 'Colours: always, never, auto'),
  },
  async main({ proc, options, operands, warn }) {
    const lister = new Lister(proc, options, warn)
    return lister.run(operands.length === 0 ? ['.'] : operands)
  },
})

type Options = {
  readonly [Key in
    | 'one'
    | 'all'
    | 'almostAll'
    | 'across'
    | 'columns'
    | 'directory'
    | 'follow'
    | 'followOperands'
    | 'recursive'
    | 'slash'
    | 'classify'
    | 'long'
    | 'inode'
    | 'numeric'
    | 'noOwner'
    | 'blocks'
    | 'changed'
    | 'accessed'
    | 'fullTime'
    | 'human'
    | 'directoriesFirst'
    | 'bySize'
    | 'byExtension'
    | 'byVersion'
    | 'byTime'
    | 'unsorted'
    | 'reverse'
    | 'quote']: boolean
} & { readonly width: number | undefined; readonly color: string | true | undefined }

interface Entry {
  readonly name: string
  readonly path: string
  readonly stat: Stat
}

/** Half a year: older files show their year instead of the time. */
const RECENT = 15_768_000n * 1_000_000_000n

class Lister {
  readonly #proc: Process
  readonly #options: Options
  readonly #warn: (message: string) => void
  readonly #accounts: Accounts
  readonly #zone: TimeZone
  readonly #isLong: boolean
  readonly #width: number
  readonly #isColored: boolean
  #status = 0
  #hasPrinted = false

  constructor(proc: Process, options: Options, warn: (message: string) => void) {
    this.#proc = proc
    this.#options = options
    this.#warn = warn
    this.#accounts = new Accounts(proc)
    this.#zone = parseTimeZone(proc.env.get('TZ'))
    this.#isLong = options.long || options.numeric || options.noOwner || options.fullTime
    const terminal = proc.terminal(1)
    this.#width = options.width ?? terminal?.size.columns ?? 80
    const when = options.color === true ? 'always' : options.color
    this.#isColored = when === 'always' || (when === 'auto' && terminal !== undefined)
  }

  async run(operands: readonly string[]): Promise<number> {
    const files: Entry[] = []
    const directories: Entry[] = []
    for (const path of operands) {
      const entry = this.#look(path, path, true)
      if (!entry) continue
      if (entry.stat.kind === 'directory' && !this.#options.directory) directories.push(entry)
      else files.push(entry)
    }
    if (files.length > 0) await this.#print(this.#sorted(files), false)
    const hasHeaders = operands.length > 1 || this.#options.recursive
    for (const entry of this.#sorted(directories)) await this.#directory(entry, hasHeaders)
    return this.#status
  }

  #look(path: string, name: string, isOperand: boolean): Entry | undefined {
    const { follow, followOperands, directory } = this.#options
    const wantsTarget =
      follow || (isOperand && (followOperands || (!this.#isLong && !this.#options.classify && !directory)))
    try {
      return { name, path, stat: this.#stat(path, wantsTarget || (isOperand && !this.#isLong && !directory)) }
    } catch (error) {
      if (!(error instanceof SysError)) throw error
      this.#warn(`${path}: ${error.message}`)
      this.#status = 1
      return undefined
    }
  }

  /** A symlink that leads nowhere is shown itself, unless -L asks for what it leads to. */
  #stat(path: string, follow: boolean): Stat {
    if (!follow) return this.#proc.lstat(path)
    if (this.#options.follow) return this.#proc.stat(path)
    try {
      return this.#proc.stat(path)
    } catch (error) {
      if (!(error instanceof SysError)) throw error
      return this.#proc.lstat(path)
    }
  }

  async #directory({ path }: Entry, hasHeader: boolean): Promise<void> {
    const pause = this.#proc.gate()
    if (pause) await pause
    let names: string[]
    try {
      names = this.#proc.readDirectory(path).map(({ name }) => name)
    } catch (error) {
      if (!(error instanceof SysError)) throw error
      this.#warn(`can't open '${path}': ${error.message}`)
      this.#status = 1
      return
    }
    if (hasHeader) await this.#proc.stdout.line(`${this.#hasPrinted ? '\n' : ''}${path}:`)
    const { all, almostAll } = this.#options
    const shown = [...(all ? ['.', '..'] : []), ...names.filter(name => all || almostAll || !name.startsWith('.'))]
    const entries = shown.flatMap(name => this.#look(joinPath(path, name), name, false) ?? [])
    const sorted = this.#sorted(entries)
    await this.#print(sorted, true)
    this.#hasPrinted = true
    if (!this.#options.recursive) return
    for (const entry of sorted) {
      if (entry.stat.kind === 'directory' && entry.name !== '.' && entry.name !== '..')
        await this.#directory(entry, true)
    }
  }

  #sorted(entries: readonly Entry[]): Entry[] {
    const { unsorted, reverse, directoriesFirst } = this.#options
    const sorted = unsorted ? [...entries] : [...entries].sort((a, b) => this.#compare(a, b))
    if (reverse && !unsorted) sorted.reverse()
    if (directoriesFirst)
      sorted.sort((a, b) => Number(b.stat.kind === 'directory') - Number(a.stat.kind === 'directory'))
    return sorted
  }

  #compare(a: Entry, b: Entry): number {
    const { bySize, byTime, byExtension, byVersion, changed, accessed } = this.#options
    const byName = a.name < b.name ? -1 : a.name > b.name ? 1 : 0
    if (bySize) return b.stat.size - a.stat.size || byName
    if (byTime || ((changed || accessed) && !this.#isLong)) return compareBigint(this.#time(b), this.#time(a)) || byName
    if (byExtension) return compareText(extensionOf(a.name), extensionOf(b.name)) || byName
    if (byVersion) return compareVersions(a.name, b.name) || byName
    return byName
  }

  #time({ stat }: Entry): bigint {
    return this.#options.changed ? stat.ctime : this.#options.accessed ? stat.atime : stat.mtime
  }

  async #print(entries: readonly Entry[], isDirectory: boolean): Promise<void> {
    this.#hasPrinted = true
    const { stdout } = this.#proc
    if (isDirectory && (this.#isLong || this.#options.blocks)) {
      const total = entries.reduce((sum, { stat }) => sum + stat.blocks, 0) / 2
      await stdout.line(`total ${this.#options.human ? humanKilobytes(total) : total}`)
    }
    if (this.#isLong) {
      for (const entry of entries) await stdout.line(this.#longLine(entry))
      return
    }
    const cells = entries.map(entry => this.#prefix(entry) + this.#name(entry))
    const isTerminal = this.#proc.terminal(1) !== undefined
    const { one, columns, across } = this.#options
    if (one || !(columns || across || isTerminal)) {
      for (const cell of cells) await stdout.line(cell)
      return
    }
    // Colours take no columns.
    const measure = (cell: string) => textWidth(cell.replace(/\x1b\[[\d;]*m/g, ''))
    for (const line of layOut(cells, { width: this.#width, isAcross: across, measure })) await stdout.line(line)
  }

  #prefix({ stat }: Entry): string {
    const { inode, blocks, human } = this.#options
    const size = stat.blocks / 2
    return (
      (inode ? `${String(stat.ino).padStart(7)} ` : '') +
      (blocks ? `${(human ? humanKilobytes(size) : String(size)).padStart(6)} ` : '')
    )
  }

  #longLine(entry: Entry): string {
    const { stat, path } = entry
    const { numeric, noOwner, human, fullTime } = this.#options
    const user = numeric ? undefined : this.#accounts.userName(stat.uid)
    const group = numeric ? undefined : this.#accounts.groupName(stat.gid)
    const owner = noOwner ? '' : `${(user ?? String(stat.uid)).padEnd(8)} `
    const isDevice = stat.kind === 'block' || stat.kind === 'character'
    const size = isDevice
      ? `${String(Math.floor(stat.rdev / 256)).padStart(4)}, ${String(stat.rdev % 256).padStart(3)}`
      : (human ? humanKilobytes(stat.size / 1024) : String(stat.size)).padStart(human ? 7 : 9)
    const moment = this.#time(entry)
    const time = strftime(fullTime ? '%Y-%m-%d %H:%M:%S %z' : this.#timeFormat(moment), moment, this.#zone)
    const target = stat.kind === 'symlink' ? ` -> ${this.#proc.readlink(path)}` : ''
    const links = String(stat.nlink).padStart(4)
    return `${this.#prefix(entry)}${modeString(stat.kind, stat.mode)} ${links} ${owner}${(group ?? String(stat.gid)).padEnd(8)} ${size} ${time} ${this.#name(entry)}${target}`
  }

  #timeFormat(moment: bigint): string {
    const age = this.#proc.kernel.nanoseconds() - moment
    return age > RECENT || age < -RECENT / 100n ? '%b %e  %Y' : '%b %e %H:%M'
  }

  #name({ name, stat }: Entry): string {
    const { classify, slash, quote } = this.#options
    const text = quote ? JSON.stringify(name) : this.#proc.terminal(1) ? name.replace(/[\x00-\x1f\x7f]/g, '?') : name
    const mark = classify ? markOf(stat) : slash && stat.kind === 'directory' ? '/' : ''
    const color = this.#isColored ? colorOf(stat) : ''
    return color === '' ? text + mark : `\x1b[${color}m${text}\x1b[m${mark}`
  }
}

function markOf({ kind, mode }: Stat): string {
  if (kind === 'directory') return '/'
  if (kind === 'symlink') return '@'
  if (kind === 'socket') return '='
  if (kind === 'fifo') return '|'
  return kind === 'file' && mode & 0o111 ? '*' : ''
}

/** busybox: every name has a colour, files the one of the text. */
function colorOf({ kind, mode }: Stat): string {
  if (kind === 'directory') return '1;34'
  if (kind === 'symlink') return '1;36'
  if (kind === 'fifo') return '0;35'
  if (kind !== 'file') return '1;35'
  return mode & 0o111 ? '1;32' : '0;0'
}

function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.')
  return dot === -1 ? '' : name.slice(dot)
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function compareBigint(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Digits by their value, the rest by its letters. */
function compareVersions(a: string, b: string): number {
  const left = a.match(/\d+|\D+/g) ?? []
  const right = b.match(/\d+|\D+/g) ?? []
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const [x = '', y = ''] = [left[i], right[i]]
    const areNumbers = /^\d/.test(x) && /^\d/.test(y)
    const order = areNumbers ? Number(x) - Number(y) : compareText(x, y)
    if (order !== 0) return order
  }
  return left.length - right.length
}
