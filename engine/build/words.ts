// The argument forms of instructions: JSON arrays, words with quotes kept, `key=value` lists, and flags.

import { DockerfileError, type RawInstruction } from './dockerfile.ts'

/** A JSON array of strings; undefined: this is shell form. An array that holds something else is an error. */
export function parseJsonForm(instruction: RawInstruction): string[] | undefined {
  const text = instruction.rest
  if (!text.startsWith('[')) return undefined
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return undefined
  }
  if (!Array.isArray(value)) return undefined
  if (value.every(word => typeof word === 'string')) return value
  throw refuse(instruction, 'when using JSON array syntax, arrays must be comprised of strings only')
}

/** Words at blanks outside quotes; quotes and escapes are kept for the substitution. */
export function splitWords(text: string, escape = '\\'): string[] {
  const words: string[] = []
  let word = ''
  let quote = ''
  for (let i = 0; i < text.length; i++) {
    const character = text[i]!
    if (character === escape && quote !== "'" && i + 1 < text.length) {
      word += character + text[++i]
    } else if (quote !== '') {
      word += character
      if (character === quote) quote = ''
    } else if (/\s/.test(character)) {
      if (word !== '') words.push(word)
      word = ''
    } else {
      if (character === '"' || character === "'") quote = character
      word += character
    }
  }
  if (word !== '') words.push(word)
  return words
}

/** `k=v ...`, or the old `k rest`: pairs of words still to be substituted. */
export function parsePairs(
  instruction: RawInstruction,
  escape: string,
): { pairs: [string, string][]; isLegacy: boolean } {
  const { name, rest } = instruction
  if (rest === '') throw refuse(instruction, `${name} requires at least one argument`)
  const words = splitWords(rest, escape)
  const [first = ''] = words
  if (!first.includes('=')) {
    const value = rest.slice(first.length).trim()
    if (value === '')
      throw new DockerfileError(`${name} must have two arguments`, instruction.line, instruction.endLine)
    return { pairs: [[first, value]], isLegacy: true }
  }
  const pairs = words.map((word): [string, string] => {
    const at = word.indexOf('=')
    if (at === -1) {
      throw refuse(
        instruction,
        `Syntax error - can't find = in ${JSON.stringify(word)}. Must be of the form: name=value`,
      )
    }
    if (at === 0) throw refuse(instruction, `${name} names can not be blank`)
    return [word.slice(0, at), word.slice(at + 1)]
  })
  return { pairs, isLegacy: false }
}

export type FlagKind = 'text' | 'list' | 'boolean'

/** `--name=value`; a boolean alone or `=true|false`. The same one twice is an error but for lists. */
export function parseFlags<Table extends Readonly<Record<string, FlagKind>>>(
  instruction: RawInstruction,
  table: Table,
): Map<keyof Table & string, string[]> {
  const found = new Map<keyof Table & string, string[]>()
  for (const flag of instruction.flags) {
    const at = flag.indexOf('=')
    const name = flag.slice(2, at === -1 ? undefined : at)
    const kind = Object.hasOwn(table, name) ? table[name] : undefined
    if (kind === undefined) throw refuse(instruction, `unknown flag: --${name}`)
    if (at === -1 && kind !== 'boolean') throw refuse(instruction, `missing a value on flag: ${name}`)
    const value = at === -1 ? 'true' : flag.slice(at + 1)
    if (kind === 'boolean' && value !== 'true' && value !== 'false') {
      throw refuse(instruction, `expecting boolean value for flag ${name}, not: ${value}`)
    }
    if (found.has(name) && kind !== 'list') throw refuse(instruction, `duplicate flag specified: ${name}`)
    found.set(name, [...(found.get(name) ?? []), value])
  }
  return found
}

/** A parse error with BuildKit's prefix. */
export function refuse(instruction: { line: number; endLine: number }, message: string): DockerfileError {
  const text = `dockerfile parse error on line ${instruction.line}: ${message}`
  return new DockerfileError(text, instruction.line, instruction.endLine)
}

const UNITS: Readonly<Record<string, number>> = { ns: 1, us: 1e3, µs: 1e3, ms: 1e6, s: 1e9, m: 60e9, h: 3600e9 }

/** Go's duration (`1m30s`, `1.5h`) in nanoseconds. */
export function parseDuration(instruction: RawInstruction, text: string): number {
  if (text === '0') return 0
  const parts = [...text.matchAll(/(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h)?/g)]
  if (parts.length === 0 || parts.map(part => part[0]).join('') !== text) {
    throw refuse(instruction, `time: invalid duration ${JSON.stringify(text)}`)
  }
  let sum = 0
  for (const [, amount, unit] of parts) {
    if (unit === undefined) throw refuse(instruction, `time: missing unit in duration ${JSON.stringify(text)}`)
    sum += Number(amount) * UNITS[unit]!
  }
  return sum
}
