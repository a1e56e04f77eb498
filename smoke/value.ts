// YAML and JSON as a tree that knows the line of everything in it.

import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml'
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
  for (const error of document.errors) {
    const message = error.message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? ''
    problems.push({ line: error.linePos?.[0].line ?? 1, message })
  }
  if (how.isJson && problems.length === 0) requireJson(text, problems)
  if (problems.length > 0 || !document.contents) return undefined
  return new Reader(lines).read(document.contents, 1)
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

class Reader {
  readonly #lines: LineCounter
  /** What each anchor stands for, by now. An alias is the same value, not a copy: many within many cost nothing. */
  readonly #anchors = new Map<string, Value>()

  constructor(lines: LineCounter) {
    this.#lines = lines
  }

  read(node: unknown, line: number): Value {
    if (isAlias(node)) return this.#anchors.get(node.source) ?? { kind: 'scalar', text: '', value: null, line }
    const value = this.#readPlain(node, this.#lineOf(node, line))
    if ((isMap(node) || isSeq(node) || isScalar(node)) && node.anchor) this.#anchors.set(node.anchor, value)
    return value
  }

  #readPlain(node: unknown, line: number): Value {
    if (isMap(node)) {
      return { kind: 'map', entries: node.items.flatMap(pair => this.#entry(pair.key, pair.value, line)), line }
    }
    if (isSeq(node)) return { kind: 'list', items: node.items.map(item => this.read(item, line)), line }
    if (!isScalar(node)) return { kind: 'scalar', text: '', value: null, line }
    const text = node.value === null ? '' : typeof node.value === 'string' ? node.value : (node.source ?? '')
    return { kind: 'scalar', text, value: node.value, line }
  }

  #entry(key: unknown, value: unknown, line: number): Entry[] {
    const at = this.#lineOf(key, line)
    const read = this.read(value, at)
    if (!isScalar(key)) return [{ key: String(key), line: at, value: read }]
    if (key.source !== '<<') return [{ key: String(key.value), line: at, value: read }]
    const maps = read.kind === 'list' ? read.items : [read]
    return maps.flatMap(map => (map.kind === 'map' ? map.entries : []))
  }

  #lineOf(node: unknown, otherwise: number): number {
    // Every node of a parsed document has a range.
    const range = (node as Partial<Node> | null | undefined)?.range
    return range ? this.#lines.linePos(range[0]).line : otherwise
  }
}
