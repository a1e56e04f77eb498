// The record that is worked on: $0 and its fields, found only as far as somebody asks for them.

import { Failure } from '../applet.ts'
import { BLANKS, Fields, type Separator } from './separator.ts'
import { fromInput, scanNumber, toNumber, toTruth, type Value } from './value.ts'

export interface RecordOptions {
  /** What fields are joined with when $0 is made of them again. */
  readonly outputSeparator: () => string
  readonly toText: (value: Value) => string
}

const MOST_FIELDS = 50_000_000

export class AwkRecord {
  readonly #how: RecordOptions
  readonly #fields = new Fields()
  /** $0 is this stretch of a text that may hold many records. */
  #source = ''
  #start = 0
  #end = 0
  #text: string | undefined = ''
  /** The fields once one of them, or their number, was assigned to. */
  #assigned: Value[] | undefined
  /** $0 is to be made of the fields again. */
  #isStale = false

  constructor(how: RecordOptions) {
    this.#how = how
    this.#fields.reset('', 0, 0, BLANKS)
  }

  set(source: string, start: number, end: number, separator: Separator): void {
    this.#source = source
    this.#start = start
    this.#end = end
    this.#text = undefined
    this.#assigned = undefined
    this.#isStale = false
    this.#fields.reset(source, start, end, separator)
  }

  setText(text: string, separator: Separator): void {
    this.set(text, 0, text.length, separator)
    this.#text = text
  }

  get text(): string {
    if (this.#isStale) this.#rebuild()
    return (this.#text ??= this.#source.slice(this.#start, this.#end))
  }

  /** $0 as a value. */
  get value(): Value {
    if (this.#isStale) this.#rebuild()
    return fromInput(this.#source, this.#start, this.#end)
  }

  get count(): number {
    if (this.#assigned) return this.#assigned.length
    if (!this.#fields.isWhole) this.#fields.find(MOST_FIELDS)
    return this.#fields.count
  }

  field(index: number): Value {
    if (index === 0) return this.value
    if (this.#assigned) return this.#place(index) < this.#assigned.length ? this.#assigned[index - 1] : ''
    const at = this.#find(index)
    // What is not there is an empty text, and so no number (busybox, BWK's awk).
    return at === -1 ? '' : fromInput(this.#source, this.#fields.starts[at]!, this.#fields.ends[at]!)
  }

  fieldText(index: number): string {
    if (index === 0) return this.text
    if (this.#assigned) return this.#how.toText(this.#assigned[this.#place(index)])
    const at = this.#find(index)
    return at === -1 ? '' : this.#source.slice(this.#fields.starts[at]!, this.#fields.ends[at]!)
  }

  fieldNumber(index: number): number {
    if (index === 0) {
      if (this.#isStale) this.#rebuild()
      return scanNumber(this.#source, this.#start, this.#end)
    }
    if (this.#assigned) return toNumber(this.#assigned[this.#place(index)])
    const at = this.#find(index)
    return at === -1 ? 0 : scanNumber(this.#source, this.#fields.starts[at]!, this.#fields.ends[at]!)
  }

  fieldTruth(index: number): boolean {
    return toTruth(this.field(index))
  }

  assign(index: number, value: Value, separator: Separator): void {
    if (index === 0) return this.setText(this.#how.toText(value), separator)
    const fields = this.#own()
    const place = this.#place(index)
    while (fields.length < place) fields.push('')
    fields[place] = value
    this.#isStale = true
  }

  setCount(count: number): void {
    const fields = this.#own()
    const wanted = this.#place(count + 1)
    fields.length = Math.min(fields.length, wanted)
    while (fields.length < wanted) fields.push('')
    this.#isStale = true
  }

  /** The place of a field among those that were found, or -1. */
  #find(index: number): number {
    const place = this.#place(index)
    if (place >= this.#fields.count) this.#fields.find(place + 1)
    return place < this.#fields.count ? place : -1
  }

  #place(index: number): number {
    if (index < 0) throw new Failure('Access to negative field')
    if (index > MOST_FIELDS) throw new Failure('out of memory')
    return index - 1
  }

  #own(): Value[] {
    if (this.#assigned) return this.#assigned
    const values: Value[] = []
    for (let index = 1; index <= this.count; index++) values.push(this.field(index))
    return (this.#assigned = values)
  }

  #rebuild(): void {
    const { outputSeparator, toText } = this.#how
    const text = (this.#assigned ?? []).map(toText).join(outputSeparator())
    this.#isStale = false
    this.#text = text
    this.#source = text
    this.#start = 0
    this.#end = text.length
  }
}
