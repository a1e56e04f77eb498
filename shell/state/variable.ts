// One variable. A value that arithmetic made stays a number until somebody asks for its text: counting loops never do.

import { plainNumber } from '../../lib/plain-number.ts'
import type { Traits } from './traits.ts'

/** What a number is counted as, in bytes, whatever its text would be. */
const NUMBER_SIZE = 16

/** Its members are private to TypeScript only: each `local` makes one, and JavaScript's private members are slow to make. */
export class Variable {
  isExported = false
  isReadOnly = false
  /** Others remember what it meant, or it has traits. */
  isWatched: boolean
  /** What bash's `declare` gives a variable. Then its value may be another thing than its text. */
  traits: Traits | undefined
  /** Bytes its value is counted as. */
  size = 0
  private text: string | undefined
  /** The value, when it is a plain decimal number and known to be one. */
  private plain: number | undefined

  constructor(isWatched: boolean) {
    this.isWatched = isWatched
  }

  /** undefined: declared, but unset. */
  get value(): string | undefined {
    if (this.text === undefined && this.plain !== undefined) this.text = String(this.plain)
    return this.text
  }

  /** The value where it is a plain decimal integer of few digits, as `set` and arithmetic leave it. */
  get number(): number | undefined {
    if (this.plain === undefined && this.text !== undefined) this.plain = plainNumber(this.text)
    return this.plain
  }

  /** Writing needs more than a look: it is readonly, or somebody is to be told. */
  get isGuarded(): boolean {
    return this.isReadOnly || this.isWatched
  }

  /** The answer is by how many bytes it has grown. */
  setText(text: string | undefined): number {
    this.text = text
    this.plain = undefined
    return this.resize(text === undefined ? 0 : text.length)
  }

  /** A safe integer. */
  setNumber(value: number): number {
    this.text = undefined
    this.plain = value
    return this.resize(NUMBER_SIZE)
  }

  copy(): Variable {
    const copy = new Variable(this.isWatched)
    copy.isExported = this.isExported
    copy.isReadOnly = this.isReadOnly
    copy.size = this.size
    copy.traits = this.traits?.copy()
    copy.text = this.text
    copy.plain = this.plain
    return copy
  }

  /** Takes over all that the other is, which is given away; by how many bytes it has grown. */
  become(other: Variable): number {
    this.isWatched = other.isWatched
    this.isExported = other.isExported
    this.isReadOnly = other.isReadOnly
    this.traits = other.traits
    this.text = other.text
    this.plain = other.plain
    return this.resize(other.size)
  }

  /** By how many bytes its array has grown. */
  grow(bytes: number): number {
    this.size += bytes
    return bytes
  }

  private resize(size: number): number {
    const growth = size - this.size
    this.size = size
    return growth
  }
}
