// The tests of find: what is asked of a file.

import type { Kind, Stat } from '../../kernel/vfs/stat.ts'
import { parseMode } from '../../lib/mode-string.ts'
import { compilePattern } from '../../lib/pattern.ts'
import { compileRegex, RegexError } from '../../lib/regex/index.ts'
import { Accounts } from '../accounts.ts'
import { Failure } from '../applet.ts'
import { baseName, statOf } from '../refused.ts'
import type { Predicate, Search } from './visit.ts'

/** By name: what makes the test of its argument. Throws Failure for an argument that is none. */
export const TESTS: ReadonlyMap<string, (argument: string, search: Search) => Predicate> = new Map<
  string,
  (argument: string, search: Search) => Predicate
>([
  ['-name', pattern => nameTest(pattern, false)],
  ['-iname', pattern => nameTest(pattern, true)],
  ['-path', pattern => pathTest(pattern, false)],
  ['-wholename', pattern => pathTest(pattern, false)],
  ['-ipath', pattern => pathTest(pattern, true)],
  ['-regex', regexTest],
  ['-type', typeTest],
  ['-perm', permissionTest],
  ['-mtime', (text, search) => ageTest(text, search, DAY, stat => stat.mtime)],
  ['-atime', (text, search) => ageTest(text, search, DAY, stat => stat.atime)],
  ['-ctime', (text, search) => ageTest(text, search, DAY, stat => stat.ctime)],
  ['-mmin', (text, search) => ageTest(text, search, MINUTE, stat => stat.mtime)],
  ['-amin', (text, search) => ageTest(text, search, MINUTE, stat => stat.atime)],
  ['-cmin', (text, search) => ageTest(text, search, MINUTE, stat => stat.ctime)],
  ['-newer', newerTest],
  ['-samefile', sameFileTest],
  ['-inum', text => countTest(text, ({ ino }) => ino)],
  ['-links', text => countTest(text, ({ nlink }) => nlink)],
  ['-user', (name, { proc }) => ownerTest(new Accounts(proc).uid(name), ({ uid }) => uid)],
  ['-group', (name, { proc }) => ownerTest(new Accounts(proc).gid(name), ({ gid }) => gid)],
  ['-size', sizeTest],
])

/** Tests without an argument. */
export const PLAIN_TESTS: ReadonlyMap<string, (search: Search) => Predicate> = new Map<
  string,
  (search: Search) => Predicate
>([
  ['-empty', emptyTest],
  ['-true', () => () => true],
  ['-false', () => () => false],
  ['-nouser', ({ proc }) => unknownTest(new Accounts(proc), (accounts, { uid }) => accounts.userName(uid))],
  ['-nogroup', ({ proc }) => unknownTest(new Accounts(proc), (accounts, { gid }) => accounts.groupName(gid))],
  [
    '-executable',
    ({ proc }) =>
      ({ path }) =>
        statOf(proc, path) !== undefined && proc.access(path, 1),
  ],
])

/** busybox: a leading dot is nothing special here. */
function nameTest(text: string, ignoreCase: boolean): Predicate {
  const pattern = compilePattern(text, { ignoreCase })
  return ({ path }) => pattern.matches(baseName(path))
}

function pathTest(text: string, ignoreCase: boolean): Predicate {
  const pattern = compilePattern(text, { ignoreCase })
  return ({ path }) => pattern.matches(path)
}

/** The whole path must match. */
function regexTest(source: string): Predicate {
  try {
    const regex = compileRegex(source, { syntax: 'basic' })
    return ({ path }) => {
      const match = regex.exec(path)
      return match !== undefined && match.start === 0 && match.end === path.length
    }
  } catch (error) {
    if (!(error instanceof RegexError)) throw error
    throw new Failure(`bad regex '${source}': ${error.message}`)
  }
}

const KINDS: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ['f', 'file'],
  ['d', 'directory'],
  ['l', 'symlink'],
  ['b', 'block'],
  ['c', 'character'],
  ['s', 'socket'],
  ['p', 'fifo'],
])

/** One letter, or several with commas between. */
function typeTest(letters: string): Predicate {
  const kinds = letters.split(',').map(letter => KINDS.get(letter))
  if (kinds.includes(undefined)) throw new Failure(`invalid argument '${letters}' to '-type'`)
  return ({ stat }) => kinds.includes(stat.kind)
}

/** `+` or `/`: any of these bits; `-`: all of them; else exactly these. */
function permissionTest(text: string): Predicate {
  const sign = /^[-+/]/.exec(text)?.[0]
  const mask = parseMode(sign ? text.slice(1) : text, { mode: 0 })
  if (mask === undefined) throw new Failure(`invalid mode '${text}'`)
  if (sign === '-') return ({ stat }) => (stat.mode & mask) === mask
  if (sign === undefined) return ({ stat }) => stat.mode === mask
  return ({ stat }) => mask === 0 || (stat.mode & mask) !== 0
}

const MINUTE = 60
const DAY = 24 * 60 * MINUTE

/** `N` units ago is between N and N + 1 of them; `+N` is more than that, `-N` less. */
function ageTest(text: string, { proc }: Search, unit: number, timeOf: (stat: Stat) => bigint): Predicate {
  const { sign, value } = readCount(text)
  const from = value * unit
  const now = proc.kernel.nanoseconds() / 1_000_000_000n
  return ({ stat }) => {
    const age = Number(now - timeOf(stat) / 1_000_000_000n)
    if (sign === '+') return age >= from + unit
    return sign === '-' ? age < from : age >= from && age < from + unit
  }
}

function newerTest(path: string, search: Search): Predicate {
  const { mtime } = referenceOf(path, search)
  return ({ stat }) => stat.mtime > mtime
}

function sameFileTest(path: string, search: Search): Predicate {
  const { dev, ino } = referenceOf(path, search)
  return ({ stat }) => stat.dev === dev && stat.ino === ino
}

function referenceOf(path: string, { proc }: Search): Stat {
  const stat = statOf(proc, path)
  if (!stat) throw new Failure(`can't stat '${path}': No such file or directory`)
  return stat
}

function countTest(text: string, countOf: (stat: Stat) => number): Predicate {
  const { sign, value } = readCount(text)
  return ({ stat }) => compare(countOf(stat), sign, value)
}

function ownerTest(id: number, idOf: (stat: Stat) => number): Predicate {
  return ({ stat }) => idOf(stat) === id
}

function unknownTest(accounts: Accounts, nameOf: (accounts: Accounts, stat: Stat) => string | undefined): Predicate {
  return ({ stat }) => nameOf(accounts, stat) === undefined
}

const UNITS: ReadonlyMap<string, number> = new Map([
  ['', 512],
  ['b', 512],
  ['c', 1],
  ['k', 1024],
  ['M', 1024 ** 2],
  ['G', 1024 ** 3],
])

/** busybox: bytes are compared, nothing is rounded up to whole blocks. */
function sizeTest(text: string): Predicate {
  const [, number = '', letter = ''] = /^(.*?)([a-zA-Z]?)$/.exec(text) ?? []
  const unit = UNITS.get(letter)
  if (unit === undefined) throw new Failure(`invalid number '${text}'`)
  const { sign, value } = readCount(number, text)
  return ({ stat }) => compare(stat.size, sign, value * unit)
}

function compare(value: number, sign: string | undefined, limit: number): boolean {
  if (sign === '+') return value > limit
  return sign === '-' ? value < limit : value === limit
}

function readCount(text: string, whole = text): { readonly sign: string | undefined; readonly value: number } {
  const match = /^([-+])?(\d+)$/.exec(text)
  if (!match) throw new Failure(`invalid number '${whole.replace(/^[-+]/, '')}'`)
  return { sign: match[1], value: Number(match[2]) }
}

function emptyTest({ proc }: Search): Predicate {
  return ({ path, stat }) => {
    if (stat.kind === 'file') return stat.size === 0
    return stat.kind === 'directory' && proc.readDirectory(path).length === 0
  }
}
