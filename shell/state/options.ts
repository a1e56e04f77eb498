// The shell's options: `set -e`, `set -o pipefail`.

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

export type OptionName = (typeof TABLE)[number][0]

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
    const set = TABLE.filter(([name, letter]) => letter !== '' && this.has(name)).map(([, letter]) => letter)
    return [...set, ...fixed].join('')
  }

  copy(): Options {
    const copy = new Options()
    copy.#on = this.#on
    copy.#fixed = this.#fixed
    if (this.#on.size > 0) copy.#settle()
    return copy
  }
}

export function optionOfLetter(letter: string): OptionName | undefined {
  return letter === '' ? undefined : TABLE.find(row => row[1] === letter)?.[0]
}

export function optionOfName(name: string): OptionName | undefined {
  return TABLE.find(row => row[0] === name)?.[0]
}

const UNLISTED: ReadonlySet<OptionName> = new Set(['hashall', 'emacs'])

export const OPTION_NAMES: readonly OptionName[] = TABLE.map(row => row[0]).filter(name => !UNLISTED.has(name))
