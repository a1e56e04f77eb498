// What a running awk program has: its record, its special variables, its input and its streams.

import type { Maybe, Process } from '../../kernel/process.ts'
import { AwkArray } from './array.ts'
import { MainInput } from './main-input.ts'
import { formatPieces } from './printf.ts'
import { Random } from './random.ts'
import { makeRecordEnd, NEWLINE, type RecordEnd, type RecordReader } from './reader.ts'
import { AwkRecord } from './record.ts'
import { RegexCache } from './regex.ts'
import { BLANKS, makeSeparator, type Separator } from './separator.ts'
import { Streams } from './streams.ts'
import type { Frame } from './syntax.ts'
import { Cell, fromInput, generalText, increment, integerText, toNumber, type Value } from './value.ts'

export class Runtime {
  readonly proc: Process
  readonly streams: Streams
  readonly regexes = new RegexCache()
  readonly random = new Random()
  readonly record: AwkRecord
  readonly input: MainInput
  readonly environment: AwkArray
  readonly operands: AwkArray
  readonly newArray = (): AwkArray => new AwkArray(bytes => this.proc.charge(bytes))
  /** The parameters of the function that runs. */
  frame: Frame = []
  depth = 0
  /** What the function that has just ended gives. */
  returned: Value = undefined
  status = 0
  outputSeparator = ' '
  outputEnd = '\n'
  subscriptSeparator = '\x1c'
  separator: Separator = BLANKS
  recordEnd: RecordEnd = NEWLINE
  readonly #cells = new Map<string, Cell>()
  readonly #arrays = new Map<string, AwkArray>()
  #convert = decimals('%.6g')
  #print = decimals('%.6g')

  constructor(proc: Process) {
    this.proc = proc
    this.streams = new Streams(proc)
    this.record = new AwkRecord({ outputSeparator: () => this.outputSeparator, toText: value => this.toText(value) })
    this.environment = this.array('ENVIRON')
    this.operands = this.array('ARGV')
    for (const [name, value] of INITIAL) this.cell(name).value = value
    this.input = new MainInput(this)
  }

  get stdin(): RecordReader {
    return this.streams.stdin
  }

  /** A global variable's place. */
  cell(name: string): Cell {
    let cell = this.#cells.get(name)
    if (!cell) {
      cell = new Cell()
      this.#cells.set(name, cell)
    }
    return cell
  }

  array(name: string): AwkArray {
    let array = this.#arrays.get(name)
    if (!array) {
      array = this.newArray()
      this.#arrays.set(name, array)
    }
    return array
  }

  /** What else happens when a special variable is assigned to; undefined: it is none. */
  hook(name: string): (() => void) | undefined {
    const text = () => this.toText(this.cell(name).value)
    switch (name) {
      case 'OFS':
        return () => (this.outputSeparator = text())
      case 'ORS':
        return () => (this.outputEnd = text())
      case 'SUBSEP':
        return () => (this.subscriptSeparator = text())
      case 'FS':
      case 'RS':
        return () => this.#changeInput()
      case 'IGNORECASE':
        return () => {
          this.regexes.ignoresCase = toNumber(this.cell(name).value) !== 0
          this.#changeInput()
        }
      case 'CONVFMT':
        return () => (this.#convert = decimals(text()))
      case 'OFMT':
        return () => (this.#print = decimals(text()))
      case 'NF':
        return () => this.record.setCount(Math.trunc(toNumber(this.cell(name).value)))
      default:
        return undefined
    }
  }

  #changeInput(): void {
    const rs = this.toText(this.cell('RS').value)
    this.recordEnd = makeRecordEnd(rs, this.regexes)
    this.separator = makeSeparator(this.toText(this.cell('FS').value), this.regexes, rs === '')
  }

  /** As -v and operands assign: the value is input. */
  assign(name: string, text: string): void {
    this.cell(name).value = fromInput(text, 0, text.length)
    this.hook(name)?.()
  }

  toText(value: Value): string {
    if (typeof value === 'string') return value
    if (typeof value === 'number') return this.numberText(value)
    return value === undefined ? '' : value.text
  }

  numberText(number: number): string {
    return integerText(number) ?? this.#convert(number)
  }

  /** As print writes it. */
  outputText(value: Value): string {
    return typeof value === 'number' ? (integerText(value) ?? this.#print(value)) : this.toText(value)
  }

  countRecord(): void {
    increment(this.cell('NR'))
    increment(this.cell('FNR'))
  }

  /** The main input's next record becomes $0. */
  nextRecord(): Maybe<boolean> {
    const has = this.input.next()
    return has instanceof Promise ? has.then(has => this.#take(has)) : this.#take(has)
  }

  #take(has: boolean): boolean {
    if (!has) return false
    const { reader } = this.input
    this.countRecord()
    this.setRecord(reader)
    return true
  }

  setRecord(reader: RecordReader): void {
    this.record.set(reader.text, reader.start, reader.end, this.separator)
    this.cell('RT').value = reader.terminator
  }
}

const INITIAL: readonly (readonly [string, Value])[] = [
  ['FS', ' '],
  ['OFS', ' '],
  ['RS', '\n'],
  ['ORS', '\n'],
  ['NR', 0],
  ['FNR', 0],
  ['NF', 0],
  ['SUBSEP', '\x1c'],
  ['CONVFMT', '%.6g'],
  ['OFMT', '%.6g'],
  ['RSTART', 0],
  ['RLENGTH', -1],
  ['FILENAME', undefined],
]

/** How CONVFMT or OFMT writes a number that is no integer. */
function decimals(format: string): (number: number) => string {
  const general = /^%\.(\d{1,2})g$/.exec(format)
  if (general) {
    const precision = Number(general[1])
    return number => generalText(number, precision)
  }
  const pieces = formatPieces(format)
  return number => pieces([number], value => (value === undefined ? '' : generalText(toNumber(value), 6)))
}
