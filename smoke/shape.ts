// What a file may say, declared once: it is read by it, complained of by it, and published from it as a JSON schema.

import type { Problem } from './problem.ts'
import type { Value } from './value.ts'

export interface Shape<T> {
  /** undefined: it has another shape, and a problem was added. `place` is what messages call it: `commandTests[0].args`. */
  read(value: Value, place: string, problems: Problem[]): T | undefined
  readonly schema: JsonSchema
}

export type JsonSchema = Readonly<Record<string, unknown>>

export type Of<S> = S extends Shape<infer T> ? T : never

function describe(value: Value): string {
  if (value.kind !== 'scalar') return value.kind === 'list' ? 'a list' : 'a map'
  if (value.value === null) return 'nothing'
  return typeof value.value === 'string' ? `the text '${value.text}'` : `${typeof value.value} ${value.text}`
}

function expected(what: string, value: Value, place: string, problems: Problem[]): undefined {
  problems.push({ line: value.line, message: `${place} must be ${what}, and is ${describe(value)}` })
}

/** Any scalar, as it is written: `8080`, `yes`, `1.0` (as Go's yaml.v2 reads into a string). */
export const text: Shape<string> = {
  schema: { type: ['string', 'number', 'boolean', 'null'] },
  read(value, place, problems) {
    if (value.kind === 'scalar') return value.text
    return expected('a text', value, place, problems)
  },
}

export const integer: Shape<number> = {
  schema: { type: 'integer' },
  read(value, place, problems) {
    if (value.kind === 'scalar' && Number.isInteger(value.value)) return Number(value.value)
    return expected('a whole number', value, place, problems)
  },
}

export const number: Shape<number> = {
  schema: { type: 'number' },
  read(value, place, problems) {
    if (value.kind === 'scalar' && typeof value.value === 'number') return value.value
    return expected('a number', value, place, problems)
  },
}

export const boolean: Shape<boolean> = {
  schema: { type: 'boolean' },
  read(value, place, problems) {
    if (value.kind === 'scalar' && typeof value.value === 'boolean') return value.value
    return expected('true or false', value, place, problems)
  },
}

/** A text that a parser takes; `what` it is, for messages. */
export function parsed<T>(what: string, parse: (text: string) => T | undefined): Shape<T> {
  return {
    schema: { type: ['string', 'number'], description: what },
    read(value, place, problems) {
      const found = value.kind === 'scalar' && value.value !== null ? parse(value.text) : undefined
      return found === undefined ? expected(what, value, place, problems) : found
    },
  }
}

export function choice<const T extends string>(...words: readonly T[]): Shape<T> {
  return {
    schema: { enum: words },
    read(value, place, problems) {
      const found = value.kind === 'scalar' ? words.find(word => word === value.text) : undefined
      if (found !== undefined) return found
      const near = value.kind === 'scalar' ? suggestion(value.text, words) : ''
      return expected(`one of ${words.join(', ')}${near}`, value, place, problems)
    },
  }
}

/** `key:` with nothing behind it is an empty list. */
export function list<T>(item: Shape<T>): Shape<readonly T[]> {
  return {
    schema: { type: ['array', 'null'], items: item.schema },
    read(value, place, problems) {
      if (value.kind === 'scalar' && value.value === null) return []
      if (value.kind !== 'list') return expected('a list', value, place, problems)
      return value.items.flatMap((each, index) => {
        const read = item.read(each, `${place}[${index}]`, problems)
        return read === undefined ? [] : [read]
      })
    },
  }
}

/** A map with keys that the author chooses: `env: {A: b}`. */
export function record<T>(item: Shape<T>): Shape<ReadonlyMap<string, T>> {
  return {
    schema: { type: 'object', additionalProperties: item.schema },
    read(value, place, problems) {
      if (value.kind !== 'map') return expected('a map', value, place, problems)
      const found = new Map<string, T>()
      for (const { key, value: each } of value.entries) {
        const read = item.read(each, `${place}.${key}`, problems)
        if (read !== undefined) found.set(key, read)
      }
      return found
    },
  }
}

/** The first that fits the kind of the value (scalar, list or map) decides. */
export function either<A, B>(first: { kind: Value['kind']; shape: Shape<A> }, second: Shape<B>): Shape<A | B> {
  return {
    schema: { anyOf: [first.shape.schema, second.schema] },
    read: (value, place, problems) => (value.kind === first.kind ? first.shape : second).read(value, place, problems),
  }
}

export interface Field<T> {
  readonly shape: Shape<T>
  readonly about: string
  readonly isRequired: boolean
}

export function field<T>(shape: Shape<T>, about: string, how: { readonly isRequired?: boolean } = {}): Field<T> {
  return { shape, about, isRequired: how.isRequired ?? false }
}

type Fields = Readonly<Record<string, Field<unknown>>>
export type ObjectOf<F extends Fields> = {
  readonly [Key in keyof F]?: F[Key] extends Field<infer T> ? T : never
} & { readonly line: number }

/** Unknown keys are problems, with the nearest name that there is; of some, `advice` says what to do instead. */
export function object<F extends Fields>(fields: F, advice: Readonly<Record<string, string>> = {}): Shape<ObjectOf<F>> {
  const names = Object.keys(fields)
  return {
    schema: objectSchema(fields),
    read(value, place, problems) {
      if (value.kind !== 'map') return expected('a map', value, place, problems)
      const found: Record<string, unknown> = { line: value.line }
      for (const { key, line, value: each } of value.entries) {
        const known = Object.hasOwn(fields, key) ? fields[key] : undefined
        if (known) {
          const read = known.shape.read(each, join(place, key), problems)
          if (read !== undefined) found[key] = read
        } else if (!(place === '' && key === '$schema')) {
          const where = place === '' ? '' : ` in ${place}`
          const hint = Object.hasOwn(advice, key) ? `: ${advice[key]}` : suggestion(key, names)
          problems.push({ line, message: `unknown key '${key}'${where}${hint}` })
        }
      }
      for (const name of names) {
        if (!fields[name]?.isRequired || value.entries.some(({ key }) => key === name)) continue
        problems.push({ line: value.line, message: `${place === '' ? 'the file' : place} lacks the key '${name}'` })
      }
      // Each field was read by its own shape.
      return found as ObjectOf<F>
    },
  }
}

function join(place: string, key: string): string {
  return place === '' ? key : `${place}.${key}`
}

function objectSchema(fields: Fields): JsonSchema {
  const properties = Object.entries(fields).map(([name, { shape, about }]) => {
    return [name, { description: about, ...shape.schema }] as const
  })
  const required = Object.keys(fields).filter(name => fields[name]?.isRequired)
  return {
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(properties),
    ...(required.length > 0 ? { required } : {}),
  }
}

/** `; did you mean 'x'?`, when a name is near. */
export function suggestion(given: string, names: readonly string[]): string {
  const most = Math.max(2, Math.floor(given.length / 3))
  const near = names
    .map(name => ({ name, distance: editDistance(given.toLowerCase(), name.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance)[0]
  return near && near.distance <= most ? `; did you mean '${near.name}'?` : ''
}

/** How many letters must be put in, taken out, or changed (Levenshtein). */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(change, row[j]! + 1, next[j - 1]! + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
