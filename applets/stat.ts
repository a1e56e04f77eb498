import type { Process } from '../kernel/process.ts'
import { fullMode, type Kind, type Stat } from '../kernel/vfs/stat.ts'
import { modeString } from '../lib/mode-string.ts'
import { flag, text } from '../lib/options.ts'
import { strftime } from '../lib/strftime.ts'
import { parseTimeZone, type TimeZone } from '../lib/time-zone.ts'
import { Accounts } from './accounts.ts'
import { applet } from './applet.ts'
import { succeeds } from './refused.ts'

const KINDS: Readonly<Record<Kind, string>> = {
  file: 'regular file',
  directory: 'directory',
  symlink: 'symbolic link',
  fifo: 'fifo',
  character: 'character special file',
  block: 'block special file',
  socket: 'socket',
}

export default applet({
  name: 'stat',
  about: 'Show what is known of files',
  operands: 'FILE...',
  least: 1,
  options: {
    format: text('-c --format', 'FMT', 'By this format'),
    fileSystem: flag('-f', 'Of the file systems instead'),
    follow: flag('-L', 'Follow symlinks'),
    terse: flag('-t', 'On one line'),
  },
  async main({ proc, options, operands, warn }) {
    const accounts = new Accounts(proc)
    const zone = parseTimeZone(proc.env.get('TZ'))
    for (const path of operands) {
      let shown = ''
      const prefix = options.fileSystem ? `can't read file system information for '${path}'` : `can't stat '${path}'`
      succeeds(warn, prefix, () => {
        if (options.fileSystem) {
          shown = fileSystemText(proc, path, options.format, options.terse)
          return
        }
        const stat = options.follow ? proc.stat(path) : proc.lstat(path)
        const format = options.format === undefined ? (options.terse ? TERSE : longFormat(stat)) : `${options.format}\n`
        shown = formatStat(format, { proc, path, stat, accounts, zone })
      })
      await proc.stdout.write(shown)
    }
  },
})

interface Subject {
  readonly proc: Process
  readonly path: string
  readonly stat: Stat
  readonly accounts: Accounts
  readonly zone: TimeZone
}

const TERSE = '%n %s %b %f %u %g %D %i %h %t %T %X %Y %Z %o\n'

function longFormat({ kind }: Stat): string {
  const device = kind === 'block' || kind === 'character' ? '     Device type: %t,%T' : ''
  return (
    `  File: %N\n  Size: %-10s\tBlocks: %-10b IO Block: %-6o %F\n` +
    `Device: %Dh/%dd\tInode: %-10i  Links: %-5h${device}\n` +
    'Access: (%04a/%10.10A)  Uid: (%5u/%8U)   Gid: (%5g/%8G)\nAccess: %x\nModify: %y\nChange: %z\n'
  )
}

function formatStat(format: string, subject: Subject): string {
  return format.replace(/%([-#0]*)(\d*)(?:\.\d+)?([a-zA-Z%])/g, (_, flags: string, width: string, letter: string) => {
    const value = letter === '%' ? '%' : statField(letter, subject)
    // busybox: of what is unknown the letter stays.
    if (value === undefined) return letter
    const size = Number(width || 0)
    if (flags.includes('-')) return value.padEnd(size)
    return value.padStart(size, flags.includes('0') || width.startsWith('0') ? '0' : ' ')
  })
}

function statField(letter: string, { proc, path, stat, accounts, zone }: Subject): string | undefined {
  const time = (moment: bigint) => strftime('%Y-%m-%d %H:%M:%S.%N %z', moment, zone)
  const seconds = (moment: bigint) => String(moment / 1_000_000_000n)
  switch (letter) {
    case 'a':
      return stat.mode.toString(8)
    case 'A':
      return modeString(stat.kind, stat.mode)
    case 'b':
      return String(stat.blocks)
    case 'B':
      return '512'
    case 'd':
      return String(stat.dev)
    case 'D':
      return stat.dev.toString(16)
    case 'f':
      return fullMode(stat).toString(16)
    case 'F':
      return stat.kind === 'file' && stat.size === 0 ? 'regular empty file' : KINDS[stat.kind]
    case 'g':
      return String(stat.gid)
    case 'G':
      return accounts.groupName(stat.gid) ?? 'UNKNOWN'
    case 'h':
      return String(stat.nlink)
    case 'i':
      return String(stat.ino)
    case 'n':
      return path
    case 'N':
      return stat.kind === 'symlink' ? `'${path}' -> '${proc.readlink(path)}'` : path
    case 'o':
      return '4096'
    case 's':
      return String(stat.size)
    case 't':
      return Math.floor(stat.rdev / 256).toString(16)
    case 'T':
      return (stat.rdev % 256).toString(16)
    case 'u':
      return String(stat.uid)
    case 'U':
      return accounts.userName(stat.uid) ?? 'UNKNOWN'
    case 'x':
      return time(stat.atime)
    case 'X':
      return seconds(stat.atime)
    case 'y':
      return time(stat.mtime)
    case 'Y':
      return seconds(stat.mtime)
    case 'z':
      return time(stat.ctime)
    case 'Z':
      return seconds(stat.ctime)
    default:
      return undefined
  }
}

const BLOCK = 4096
const MAGIC: Readonly<Record<string, string>> = { overlay: 'overlayfs', tmpfs: 'tmpfs', proc: 'proc' }

function fileSystemText(proc: Process, path: string, format: string | undefined, isTerse: boolean): string {
  const usage = proc.statfs(path)
  const blocks = Math.floor(usage.size / BLOCK)
  const free = Math.floor((usage.size - usage.used) / BLOCK)
  const fields: Readonly<Record<string, string>> = {
    a: String(free),
    b: String(blocks),
    c: String(usage.inodes),
    d: String(usage.inodes - usage.inodesUsed),
    f: String(free),
    i: usage.dev.toString(16),
    l: '255',
    n: path,
    s: String(BLOCK),
    S: String(BLOCK),
    t: usage.dev.toString(16),
    T: MAGIC[usage.type] ?? usage.type,
  }
  const long =
    '  File: "%n"\n    ID: %i Namelen: %l Type: %T\nBlock size: %s\nBlocks: Total: %b Free: %f Available: %a\nInodes: Total: %c Free: %d\n'
  const chosen = format === undefined ? (isTerse ? '%n %i %l %t %s %b %f %a %c %d\n' : long) : `${format}\n`
  return chosen.replace(/%([a-zA-Z%])/g, (whole, letter: string) => (letter === '%' ? '%' : (fields[letter] ?? whole)))
}
