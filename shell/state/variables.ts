// The shell's variables: values, export and readonly marks, and the scopes that `local` and prefix assignments open.

import type { Integer } from '../../lib/arithmetic.ts'
import { ExpansionError } from '../expansion-error.ts'
import { Ifs } from './ifs.ts'
import type { Traits } from './traits.ts'
import { Variable } from './variable.ts'

/** Variables whose values are made when they are asked for. */
const COMPUTED: ReadonlySet<string> = new Set(['RANDOM', 'LINENO', 'EPOCHSECONDS', 'EPOCHREALTIME'])

/** What a variable was before a scope changed it; undefined: it was not there. */
interface Saved {
  readonly name: string
  variable: Variable | undefined
}

export type Scope = Saved[]

interface Trial {
  /** What the variables were that have changed since it began. */
  readonly kept: Map<string, Variable | undefined>
  readonly ordinary: readonly string[]
  readonly outer: Trial | undefined
}

/** What a variable costs beside its text: its entry in the map. */
const OVERHEAD = 64

/** Changes of memory are told in steps of so many bytes. */
const STEP = 65536

export interface VariableOptions {
  readonly compute: (name: string) => string | undefined
  /** So many bytes more, or fewer, are held. May throw the end of the process. */
  readonly charge: (bytes: number) => void
  /** bash's. */
  readonly more?: VariableExtension
}

export interface VariableExtension {
  isComputed(name: string): boolean
  evaluate(text: string): Integer
  /** `a[1]`. */
  getElement(name: string): string | undefined
  setElement(name: string, value: string): void
  warn(message: string): void
}

export class Variables {
  #map = new Map<string, Variable>()
  readonly #compute: (name: string) => string | undefined
  /** Computed names that have been unset, and are ordinary since. */
  readonly #ordinary = new Set<string>()
  readonly #charge: (bytes: number) => void
  readonly #more: VariableExtension | undefined
  #uncharged = 0
  #charged = 0
  #ifs: Ifs | undefined
  #trial: Trial | undefined
  /** Counts changes of PATH and OPTIND, for those who remember what they meant. */
  pathChanges = 0
  optindChanges = 0

  constructor(how: VariableOptions) {
    this.#compute = how.compute
    this.#charge = how.charge
    this.#more = how.more
  }

  get(name: string): string | undefined {
    const variable = this.#map.get(name)
    if (variable !== undefined) {
      const { value } = variable
      return value !== undefined || variable.traits === undefined ? value : this.#valueOf(name, variable.traits)
    }
    return this.#isComputed(name) && !this.#ordinary.has(name) ? this.#compute(name) : undefined
  }

  /** The name that a reference names in the end; its own name, if it is none. */
  resolve(name: string): string {
    let target = name
    for (let hops = 0; hops < MOST_HOPS; hops++) {
      const next = this.#map.get(target)?.traits?.target
      if (next === undefined) return target
      target = next
    }
    this.#more?.warn(`warning: ${name}: circular name reference`)
    return target
  }

  /** A change that is more than a value: of traits, or in an array. */
  change(name: string, edit: (variable: Variable) => void): void {
    this.#keep(name)
    const variable = this.#declare(name)
    const before = variable.size
    edit(variable)
    this.#count(variable.size - before)
    if (variable.traits) variable.isWatched = true
    this.#changed(name)
  }

  /** Throws ExpansionError when it is readonly. */
  set(name: string, value: string): void {
    const variable = this.#map.get(name)
    if (variable === undefined || variable.isGuarded || this.#trial) this.#setSlowly(name, value)
    else this.#count(variable.setText(value))
  }

  /** The value, where it is a plain decimal number: as `get`, without making a text of it. */
  getNumber(name: string): number | undefined {
    return this.#map.get(name)?.number
  }

  /** A safe integer; as `set` with its text. */
  setNumber(name: string, value: number): void {
    const variable = this.#map.get(name)
    if (variable === undefined || variable.isGuarded || this.#trial) this.#setSlowly(name, String(value))
    else this.#count(variable.setNumber(value))
  }

  /** Marks it; a variable that is not there is declared without a value. */
  mark(name: string, marks: { isExported?: boolean; isReadOnly?: boolean }): void {
    this.#keep(name)
    const variable = this.#declare(name)
    if (marks.isExported !== undefined) variable.isExported = marks.isExported
    if (marks.isReadOnly !== undefined) variable.isReadOnly = marks.isReadOnly
  }

  /** Takes the value away, and leaves the marks: what `local name` does. */
  hide(name: string): void {
    this.#keep(name)
    const variable = this.#declare(name)
    this.#count(variable.setText(undefined))
    this.#changed(name)
  }

  /** A new variable in the place of the one there is: what `local` makes of a name. */
  renew(name: string): void {
    this.#keep(name)
    const before = this.#map.get(name)
    if (before) this.#count(-this.#sizeOf(name, before))
    this.#map.delete(name)
    this.#declare(name)
    this.#changed(name)
  }

  /** Does something with the variable that the outermost of the scopes has hidden: `declare -g`. */
  beyond(scopes: readonly (Scope | undefined)[], name: string, piece: () => void): void {
    const saved = scopes.flatMap(scope => scope ?? []).find(each => each.name === name)
    if (!saved) return piece()
    const now = this.#map.get(name)?.copy()
    this.#restore(name, saved.variable)
    try {
      piece()
    } finally {
      saved.variable = this.#map.get(name)?.copy()
      this.#restore(name, now)
    }
  }

  lookup(name: string): Variable | undefined {
    return this.#map.get(name)
  }

  unset(name: string): void {
    const variable = this.#map.get(name)
    if (variable?.isReadOnly) throw new ExpansionError(`${name}: is read only`)
    this.#keep(name)
    if (this.#isComputed(name)) this.#ordinary.add(name)
    if (!variable) return
    this.#count(-this.#sizeOf(name, variable))
    this.#map.delete(name)
    this.#changed(name)
  }

  /** Remembers a variable in a scope, which `leave` brings back. False: it has done so before. */
  save(scope: Scope, name: string): boolean {
    for (const saved of scope) if (saved.name === name) return false
    scope.push({ name, variable: this.#map.get(name)?.copy() })
    return true
  }

  leave(scope: Scope): void {
    for (let at = scope.length - 1; at >= 0; at--) this.#restore(scope[at]!.name, scope[at]!.variable)
  }

  /** Whatever changes from now on is undone by `endTrial`: what a subshell in the same process does. Trials nest. */
  beginTrial(): void {
    this.#trial = { kept: new Map(), ordinary: [...this.#ordinary], outer: this.#trial }
  }

  endTrial(): void {
    const trial = this.#trial
    if (!trial) return
    this.#trial = trial.outer
    for (const [name, variable] of trial.kept) this.#restore(name, variable)
    if (this.#ordinary.size === trial.ordinary.length) return
    this.#ordinary.clear()
    for (const name of trial.ordinary) this.#ordinary.add(name)
  }

  get ifs(): Ifs {
    this.#ifs ??= new Ifs(this.get('IFS'))
    return this.#ifs
  }

  /** What a program gets: every exported variable that has a value. */
  environment(): Map<string, string> {
    const environment = new Map<string, string>()
    for (const [name, { value, isExported, traits }] of this.#map) {
      if (!isExported) continue
      const shown = traits?.isMade ? this.#compute(name) : value
      if (shown !== undefined) environment.set(name, shown)
    }
    return environment
  }

  /** In the order of their names, as `set` and `export -p` list them. */
  sorted(): [name: string, variable: Variable][] {
    return [...this.#map].sort(([a], [b]) => (a < b ? -1 : 1))
  }

  /** A copy, as fork has it, which is charged to somebody else. */
  copyTo(copy: Variables): void {
    for (const [name, variable] of this.#map) copy.#map.set(name, variable.copy())
    for (const name of this.#ordinary) copy.#ordinary.add(name)
    copy.#ifs = this.#ifs
  }

  #setSlowly(name: string, value: string): void {
    this.#keep(name)
    const variable = this.#declare(name)
    if (variable.isReadOnly) throw new ExpansionError(`${name}: is read only`)
    if (variable.traits) this.#setTraited(name, variable, value)
    else this.#count(variable.setText(value))
    this.#changed(name)
  }

  #isComputed(name: string): boolean {
    return COMPUTED.has(name) || this.#more?.isComputed(name) === true
  }

  #valueOf(name: string, { target, array, isMade }: Traits): string | undefined {
    if (array) return array.get('0')
    if (isMade) return this.#compute(name)
    if (target === undefined) return undefined
    const last = this.resolve(target)
    if (last.includes('[')) return this.#more?.getElement(last)
    return this.#map.get(last)?.traits?.target ? undefined : this.get(last)
  }

  #setTraited(name: string, variable: Variable, value: string): void {
    const traits = variable.traits!
    if (traits.isReference) {
      if (traits.target === undefined) {
        if (!isName(value.replace(/\[.*\]$/s, ''))) throw new ExpansionError(`\`${value}': not a valid identifier`)
        traits.target = value
        return
      }
      const target = this.resolve(name)
      if (target.includes('[')) this.#more?.setElement(target, value)
      else if (target !== name) this.set(target, value)
      return
    }
    const shaped = traits.isInteger ? String(this.#more?.evaluate(value) ?? value) : traits.cased(value)
    if (traits.array) this.#count(variable.grow(traits.array.set('0', shaped)))
    else this.#count(variable.setText(shaped))
  }

  #declare(name: string): Variable {
    const found = this.#map.get(name)
    if (found) return found
    const variable = new Variable(WATCHED.has(name))
    this.#map.set(name, variable)
    this.#count(this.#sizeOf(name, variable))
    return variable
  }

  /** Before a change. */
  #keep(name: string): void {
    const trial = this.#trial
    if (trial && !trial.kept.has(name)) trial.kept.set(name, this.#map.get(name)?.copy())
  }

  #restore(name: string, variable: Variable | undefined): void {
    const now = this.#map.get(name)
    if (now && variable) {
      this.#count(now.become(variable))
    } else if (variable) {
      this.#map.set(name, variable)
      this.#count(this.#sizeOf(name, variable))
    } else if (now) {
      this.#count(-this.#sizeOf(name, now))
      this.#map.delete(name)
    }
    this.#changed(name)
  }

  #changed(name: string): void {
    if (name === 'IFS') this.#ifs = undefined
    else if (name === 'PATH') this.pathChanges++
    else if (name === 'OPTIND') this.optindChanges++
  }

  #sizeOf(name: string, { size }: Variable): number {
    return name.length + size + OVERHEAD
  }

  #count(bytes: number): void {
    this.#uncharged += bytes
    if (this.#uncharged < STEP && this.#uncharged > -STEP) return
    const bytesNow = this.#uncharged
    this.#uncharged = 0
    this.#charged += bytesNow
    this.#charge(bytesNow)
  }
}

/** A chain of references that is longer goes in a circle. */
const MOST_HOPS = 9

const WATCHED: ReadonlySet<string> = new Set(['IFS', 'PATH', 'OPTIND'])

/** Its value is made when it is asked for. */
export function isComputed(name: string): boolean {
  return COMPUTED.has(name) || COMPUTED_BY_BASH.has(name)
}

export function isComputedByBash(name: string): boolean {
  return COMPUTED_BY_BASH.has(name)
}

/** What is another value in a substitution than outside. */
const COMPUTED_BY_BASH: ReadonlySet<string> = new Set(
  'BASHPID BASH_SUBSHELL SRANDOM SECONDS BASH_COMMAND FUNCNAME BASH_LINENO BASH_SOURCE PIPESTATUS BASH_REMATCH DIRSTACK'.split(
    ' ',
  ),
)

/** A loop: it is asked of every operand of `read` and `local`, and an expression takes several times as long. */
export function isName(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    const isLetter = (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === UNDERSCORE
    if (!isLetter && (at === 0 || code < 48 || code > 57)) return false
  }
  return text !== ''
}

const UNDERSCORE = 95
