// The functions that awk has of itself (POSIX XCU awk, "Functions"; and/or/xor/lshift/rshift/compl, gensub, time: busybox).

import { secondsOf } from '../../lib/calendar.ts'
import type { Regex } from '../../lib/regex/index.ts'
import { strftime } from '../../lib/strftime.ts'
import { parseTimeZone } from '../../lib/time-zone.ts'
import type { AwkArray } from './array.ts'
import { numeric, type Quick, textual } from './code.ts'
import { sprintf } from './printf.ts'
import type { Runtime } from './runtime.ts'
import { BLANKS, Fields, makeSeparator, type Separator } from './separator.ts'
import {
  changeCase,
  characterCount,
  characterPlace,
  placeOf,
  readReplacement,
  replaceMatches,
  substring,
} from './strings.ts'
import { fromInput, toNumber, type Value } from './value.ts'

const NOTHING: readonly Value[] = []

export function buildBuiltin(runtime: Runtime, name: string, operands: readonly Quick[]): Quick {
  const [first, second, third] = operands
  const number = (place: number) => operands[place]!.number
  switch (name) {
    case 'length': {
      const text = first ? first.text : () => runtime.record.text
      return numeric(runtime, () => characterCount(text()))
    }
    case 'substr': {
      const [text, start] = [first!.text, second!.number]
      const length = third ? third.number : () => Number.POSITIVE_INFINITY
      return textual(() => substring(text(), start(), length()))
    }
    case 'index': {
      const [text, needle] = [first!.text, second!.text]
      return numeric(runtime, () => placeOf(text(), needle()))
    }
    case 'tolower':
    case 'toupper': {
      const { text } = first!
      const isUpper = name === 'toupper'
      return textual(() => changeCase(text(), isUpper))
    }
    case 'sprintf': {
      const format = first!.text
      const values = operands.slice(1).map(({ value }) => value)
      const toText = (value: Value) => runtime.toText(value)
      return textual(() => {
        const given = format()
        return sprintf(given, values.length === 0 ? NOTHING : values.map(value => value()), toText)
      })
    }
    case 'srand':
      return seeding(runtime, first?.number)
    case 'rand':
      return numeric(runtime, () => runtime.random.next())
    case 'systime':
    case 'strftime':
    case 'mktime':
      return timing(runtime, name, operands)
    case 'atan2': {
      const [y, x] = [number(0), number(1)]
      return numeric(runtime, () => Math.atan2(y(), x()))
    }
    default: {
      const binary = BITS.get(name)
      if (binary) {
        const [left, right] = [number(0), number(1)]
        if (operands.length > 2) {
          const rest = operands.slice(2).map(operand => operand.number)
          return numeric(runtime, () => rest.reduce((sofar, next) => binary(sofar, next()), binary(left(), right())))
        }
        return numeric(runtime, () => binary(left(), right()))
      }
      const apply = FUNCTIONS.get(name)!
      const operand = number(0)
      return numeric(runtime, () => apply(operand()))
    }
  }
}

const FUNCTIONS: ReadonlyMap<string, (value: number) => number> = new Map([
  ['sin', Math.sin],
  ['cos', Math.cos],
  ['exp', Math.exp],
  ['log', Math.log],
  ['sqrt', Math.sqrt],
  ['int', Math.trunc],
  ['compl', (value: number) => Number(BigInt.asUintN(64, ~whole(value)))],
])

const BITS: ReadonlyMap<string, (left: number, right: number) => number> = new Map([
  ['and', bits((left, right) => left & right)],
  ['or', bits((left, right) => left | right)],
  ['xor', bits((left, right) => left ^ right)],
  ['lshift', bits((left, right) => left << (right & 63n))],
  ['rshift', bits((left, right) => left >> (right & 63n))],
])

function bits(apply: (left: bigint, right: bigint) => bigint): (left: number, right: number) => number {
  return (left, right) => Number(BigInt.asUintN(64, apply(whole(left), whole(right))))
}

function whole(value: number): bigint {
  return Number.isFinite(value) ? BigInt.asUintN(64, BigInt(Math.trunc(value))) : 0n
}

function seeding(runtime: Runtime, seed: (() => number) | undefined): Quick {
  const now = () => Math.floor(runtime.proc.kernel.clock.now() / 1000)
  return numeric(runtime, () => {
    const next = Math.trunc(seed ? seed() : now())
    const before = runtime.random.seed
    runtime.random.plant(next)
    return before
  })
}

const DEFAULT_DATE = '%a %b %e %H:%M:%S %Z %Y'

function timing(runtime: Runtime, name: string, operands: readonly Quick[]): Quick {
  const seconds = () => Math.floor(runtime.proc.kernel.clock.now() / 1000)
  const zone = () => parseTimeZone(runtime.proc.env.get('TZ'))
  const [first, second, third] = operands
  if (name === 'systime') return numeric(runtime, seconds)
  if (name === 'mktime') return numeric(runtime, () => timeOf(first!.text(), zone()))
  const format = first ? first.text : () => DEFAULT_DATE
  const moment = second ? second.number : seconds
  const isUtc = third ? third.truth : () => false
  return textual(() => {
    const given = format()
    const at = Math.floor(moment())
    return strftime(
      given,
      BigInt(Number.isFinite(at) ? at : 0) * 1_000_000_000n,
      isUtc() ? parseTimeZone(undefined) : zone(),
    )
  })
}

/** `YYYY MM DD HH MM SS [DST]` in local time; -1 for what is none. */
function timeOf(text: string, zone: ReturnType<typeof parseTimeZone>): number {
  const fields = text.trim().split(/\s+/).map(Number)
  if (fields.length < 6 || fields.some(field => !Number.isFinite(field))) return -1
  const [year = 0, month = 0, day = 0, hours = 0, minutes = 0, seconds = 0] = fields
  const local = secondsOf(year, month, day, hours, minutes, seconds)
  // The offset at the moment itself may be another one than at the first guess.
  const guess = local - zone(local).offset
  return local - zone(guess).offset
}

export function lengthOf(runtime: Runtime, value: Value): number {
  return characterCount(runtime.toText(value))
}

/** How the third argument of split was given: a regular expression, a text, or not at all. */
interface SplitBy {
  readonly pattern: (() => Regex) | undefined
  readonly text: (() => string) | undefined
}

export function splitting(runtime: Runtime, text: () => string, array: () => AwkArray, by: SplitBy): () => number {
  const fields = new Fields()
  let separator: Separator = BLANKS
  let known: string | undefined
  let ignoresCase = false
  const separatorOf = (): Separator => {
    if (by.pattern) return { kind: 'regex', regex: by.pattern() }
    if (!by.text) return runtime.separator
    const wanted = by.text()
    if (wanted === known && ignoresCase === runtime.regexes.ignoresCase) return separator
    known = wanted
    ignoresCase = runtime.regexes.ignoresCase
    return (separator = makeSeparator(wanted, runtime.regexes))
  }
  return () => {
    const whole = text()
    fields.reset(whole, 0, whole.length, separatorOf())
    fields.find(Number.POSITIVE_INFINITY)
    const into = array()
    into.clear()
    for (let i = 0; i < fields.count; i++) {
      into.cell(String(i + 1)).value = fromInput(whole, fields.starts[i]!, fields.ends[i]!)
    }
    return fields.count
  }
}

interface Subject {
  readonly text: () => string
  readonly set: (text: string) => void
  readonly isGlobal: boolean
}

export function substitution(regex: () => Regex, replacement: () => string, subject: Subject): () => number {
  let source: string | undefined
  let parts = readReplacement('')
  const { text, set, isGlobal } = subject
  return () => {
    const found = regex()
    const given = replacement()
    if (given !== source) {
      source = given
      parts = readReplacement(given)
    }
    const whole = text()
    const result = replaceMatches(whole, found, parts, isGlobal ? 0 : 1)
    if (!result) return 0
    set(result.text)
    return result.count
  }
}

/** gensub(REGEX, REPLACEMENT, WHICH, TEXT): the changed text; `\1` is a group. */
export function generalSubstitution(regex: () => Regex, [replacement, which, text]: readonly Quick[]): Quick {
  return textual(() => {
    const found = regex()
    const parts = readReplacement(replacement!.text(), true)
    const wanted = which!.value()
    const isAll = typeof wanted === 'string' && /^[gG]/.test(wanted)
    const number = isAll ? 0 : Math.max(1, Math.trunc(toNumber(wanted)))
    const whole = text!.text()
    return replaceMatches(whole, found, parts, number)?.text ?? whole
  })
}

export function matching(runtime: Runtime, text: () => string, regex: () => Regex): Quick {
  const start = runtime.cell('RSTART')
  const length = runtime.cell('RLENGTH')
  return numeric(runtime, () => {
    const whole = text()
    const match = regex().exec(whole)
    const place = match ? characterPlace(whole, match.start) : 0
    start.value = place
    length.value = match ? characterCount(whole.slice(match.start, match.end)) : -1
    return place
  })
}
