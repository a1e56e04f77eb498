// The shell's options: `set -e`, `set -o pipefail`.

import type { Dialect } from '../dialect.ts'

/** Names as `set -o` lists them (busybox's order), with their letters. */
const TABLE = [
  ['errexit', 'e'],
  ['noglob', 'f'],
  ['ignoreeof', ''],
  ['monitor', 'm'],
  ['noexec', 'n'],
  ['xtrace', 'x'],
  ['verbose', 'v'],
  ['noclobber', 'C'],
  ['allexport', 'a'],
  ['notify', 'b'],
  ['nounset', 'u'],
  ['errtrace', 'E'],
  ['vi', ''],
  ['pipefail', ''],
  // POSIX's, which ash has not and so does not list.
  ['hashall', 'h'],
  ['emacs', ''],
] as const

/** ash shows its letters from its list's end. */
const ASH_ORDER = 'uEbaCvxcsnmife'

/** What only bash has. */
const BASH_TABLE = [
  ['braceexpand', 'B'],
  ['functrace', 'T'],
  ['histexpand', 'H'],
  ['history', ''],
  ['interactive-comments', ''],
  ['keyword', 'k'],
  ['nolog', ''],
  ['onecmd', 't'],
  ['physical', 'P'],
  ['posix', ''],
  ['privileged', 'p'],
] as const

export type OptionName = (typeof TABLE)[number][0] | (typeof BASH_TABLE)[number][0]

/** Options that only the command line gives; `$-` shows them. */
const FIXED = ['i', 's', 'c', 'l'] as const
type FixedLetter = (typeof FIXED)[number]

export class Options {
  /** Shared with copies: replaced, not changed. */
  #on: ReadonlySet<OptionName> = new Set()
  #fixed: ReadonlySet<FixedLetter> = new Set()
  /** Those that are asked for at every command. */
  errexit = false
  noglob = false
  xtrace = false
  nounset = false
  allexport = false
  monitor = false
  pipefail = false

  has(name: OptionName): boolean {
    return this.#on.has(name)
  }

  set(name: OptionName, on: boolean): void {
    if (on && name === 'vi') this.set('emacs', false)
    if (on && name === 'emacs') this.set('vi', false)
    const set = new Set(this.#on)
    if (on) set.add(name)
    else set.delete(name)
    this.#on = set
    this.#settle()
  }

  #settle(): void {
    this.errexit = this.has('errexit')
    this.noglob = this.has('noglob')
    this.xtrace = this.has('xtrace')
    this.nounset = this.has('nounset')
    this.allexport = this.has('allexport')
    this.monitor = this.has('monitor')
    this.pipefail = this.has('pipefail')
  }

  fix(letter: FixedLetter): void {
    this.#fixed = new Set(this.#fixed).add(letter)
  }

  isFixed(letter: FixedLetter): boolean {
    return this.#fixed.has(letter)
  }

  /** `$-`. */
  get letters(): string {
    const fixed = FIXED.filter(letter => letter !== 'l' && this.#fixed.has(letter))
    const set = [...TABLE, ...BASH_TABLE]
      .filter(([name, letter]) => letter !== '' && this.has(name))
      .map(([, letter]) => letter)
    // bash: in alphabetical order, what the command line gave last.
    if (this.has('braceexpand') || this.has('hashall')) return [...set.sort(byLetter), ...fixed].join('')
    return [...set, ...fixed].sort((one, other) => ASH_ORDER.indexOf(one) - ASH_ORDER.indexOf(other)).join('')
  }

  /** Those that are on, in order. */
  get names(): readonly OptionName[] {
    return [...this.#on].sort()
  }

  copy(): Options {
    const copy = new Options()
    copy.#on = this.#on
    copy.#fixed = this.#fixed
    if (this.#on.size > 0) copy.#settle()
    return copy
  }
}

export function optionOfLetter(letter: string, dialect: Dialect = 'ash'): OptionName | undefined {
  return letter === '' ? undefined : tableOf(dialect).find(row => row[1] === letter)?.[0]
}

export function optionOfName(name: string, dialect: Dialect = 'ash'): OptionName | undefined {
  return tableOf(dialect).find(row => row[0] === name)?.[0]
}

function tableOf(dialect: Dialect): readonly (readonly [OptionName, string])[] {
  return dialect === 'ash' ? TABLE : [...TABLE, ...BASH_TABLE]
}

const UNLISTED: ReadonlySet<OptionName> = new Set(['hashall', 'emacs'])

/** As bash's `set -o` lists them. */
export const BASH_OPTION_NAMES: readonly OptionName[] = [...TABLE, ...BASH_TABLE].map(row => row[0]).sort()

export const OPTION_NAMES: readonly OptionName[] = TABLE.map(row => row[0]).filter(name => !UNLISTED.has(name))

/** Small letters first. */
function byLetter(a: string, b: string): number {
  const isSmall = (letter: string) => letter === letter.toLowerCase()
  if (isSmall(a) !== isSmall(b)) return isSmall(a) ? -1 : 1
  return a < b ? -1 : 1
}
