// YAML and JSON as a tree that knows the line of everything in it.

import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type YAMLParseError } from 'yaml'
import type { Problem } from './problem.ts'

export type Value =
  | { readonly kind: 'scalar'; readonly text: string; readonly value: unknown; readonly line: number }
  | { readonly kind: 'list'; readonly items: readonly Value[]; readonly line: number }
  | { readonly kind: 'map'; readonly entries: readonly Entry[]; readonly line: number }

export interface Entry {
  readonly key: string
  readonly line: number
  readonly value: Value
}

/** undefined: the file is empty, or so broken that there is nothing to look at. Problems are added to the list. */
export function parseValue(text: string, how: { readonly isJson: boolean }, problems: Problem[]): Value | undefined {
  const lines = new LineCounter()
  // YAML 1.1 as Go's yaml.v2 reads it: `yes` is a boolean, `<<` merges. JSON is YAML too, and its errors then have lines.
  const document = parseDocument(text, { lineCounter: lines, version: '1.1', merge: true })
  problems.push(...parseProblems(document.errors))
  if (how.isJson && problems.length === 0) requireJson(text, problems)
  if (problems.length > 0 || !document.contents) return undefined
  const reader = new Reader(lines)
  const value = reader.read(document.contents, 1)
  if (reader.copied <= MOST_COPIED) return value
  problems.push({ line: value.line, message: 'document contains excessive aliasing' })
  return undefined
}

/** Values that aliases stand for, all told: small lists of small lists would be looked at for ever. yaml.v2 has such a limit. */
const MOST_COPIED = 400_000

/** The parser recurses: what is nested too deeply for its stack leaves errors of which only the first means something. */
function parseProblems(errors: readonly YAMLParseError[]): Problem[] {
  const line = (error: YAMLParseError) => error.linePos?.[0].line ?? 1
  const tooDeep = errors.find(({ message }) => message.startsWith('Maximum call stack'))
  if (tooDeep) return [{ line: line(tooDeep), message: 'nested too deeply' }]
  return errors.map(error => {
    const message = error.message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? ''
    return { line: line(error), message }
  })
}

/** Much is YAML that is no JSON: comments, single quotes, plain words. */
function requireJson(text: string, problems: Problem[]): void {
  try {
    JSON.parse(text)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    const at = Number(/position (\d+)/.exec(error.message)?.[1] ?? 0)
    problems.push({ line: text.slice(0, at).split('\n').length, message: `no valid JSON: ${error.message}` })
  }
}

interface Anchored {
  readonly value: Value
  /** How many values it is made of, aliases counted as what they stand for. */
  readonly size: number
}

class Reader {
  readonly #lines: LineCounter
  /** What each anchor stands for, by now. An alias is the same value, not a copy. */
  readonly #anchors = new Map<string, Anchored>()
  #read = 0
  #copied = 0

  constructor(lines: LineCounter) {
    this.#lines = lines
  }

  /** How many values stand where aliases are. */
  get copied(): number {
    return this.#copied
  }

  read(node: unknown, line: number): Value {
    if (isAlias(node)) return this.#copy(this.#anchors.get(node.source)) ?? nothing(line)
    const before = this.#read + this.#copied
    const value = this.#readPlain(node, this.#lineOf(node, line))
    this.#read++
    if ((isMap(node) || isSeq(node) || isScalar(node)) && node.anchor) {
      this.#anchors.set(node.anchor, { value, size: this.#read + this.#copied - before })
    }
    return value
  }

  #copy(anchored: Anchored | undefined): Value | undefined {
    this.#copied += anchored?.size ?? 0
    return anchored?.value
  }

  #readPlain(node: unknown, line: number): Value {
    if (isMap(node)) return { kind: 'map', entries: this.#entries(node.items, line), line }
    if (isSeq(node)) return { kind: 'list', items: node.items.map(item => this.read(item, line)), line }
    if (!isScalar(node)) return nothing(line)
    const text = node.value === null ? '' : typeof node.value === 'string' ? node.value : (node.source ?? '')
    return { kind: 'scalar', text, value: node.value, line }
  }

  /** What a map says itself wins over what `<<` merges, wherever that stands; of merged maps the first wins (YAML merge key). */
  #entries(pairs: readonly { readonly key: unknown; readonly value: unknown }[], line: number): Entry[] {
    const own = new Map<string, Entry>()
    const merged = new Map<string, Entry>()
    for (const pair of pairs) {
      const at = this.#lineOf(pair.key, line)
      const value = this.read(pair.value, at)
      if (isScalar(pair.key) && pair.key.source === '<<') {
        for (const entry of mergedEntries(value)) if (!merged.has(entry.key)) merged.set(entry.key, entry)
      } else {
        const key = String(isScalar(pair.key) ? pair.key.value : pair.key)
        own.set(key, { key, line: at, value })
      }
    }
    return [...new Map([...merged, ...own]).values()]
  }

  #lineOf(node: unknown, otherwise: number): number {
    // Every node of a parsed document has a range.
    const range = (node as Partial<Node> | null | undefined)?.range
    return range ? this.#lines.linePos(range[0]).line : otherwise
  }
}

function nothing(line: number): Value {
  return { kind: 'scalar', text: '', value: null, line }
}

function mergedEntries(value: Value): readonly Entry[] {
  const maps = value.kind === 'list' ? value.items : [value]
  return maps.flatMap(map => (map.kind === 'map' ? map.entries : []))
}
