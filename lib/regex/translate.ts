// To a JavaScript RegExp, where its answer is the same. JavaScript takes the first way that leads to a match, POSIX the longest.
// They agree when each thing that varies in length is one character repeated: if another way ended further, it would overtake the
// greedy one inside some repetition, which then could have gone on as far itself. Alternatives of which no two can begin in the same
// place leave no choice; where what stands before them may vary they must also be of one length, so that nothing overtakes.

import type { Node } from './tree.ts'

export interface Translation {
  readonly source: string
  /** Repetitions without bound: trying may take time like the text's length to this power, for each place to start from. */
  readonly loops: number
  /** Which captures of the RegExp are groups of ours; the others only measure what stands between them. */
  readonly layout: Layout
  readonly hasLineStart: boolean
}

/** What a capture holds, in order; each begins where the one before ends. */
export interface Layout {
  readonly items: readonly LayoutItem[]
}

export interface LayoutItem {
  readonly capture: number
  /** Our group, or 0. */
  readonly group: number
  readonly inner: Layout
}

/** undefined: the meaning might not be the same. */
export function translate(root: Node, isMultiline: boolean): Translation | undefined {
  const translator = new Translator(isMultiline)
  return translator.translate(root)
}

const EMPTY: Layout = { items: [] }

class Translator {
  readonly #isMultiline: boolean
  #captures = 0
  #loops = 0
  /** Where we are does not depend on a choice made before. */
  #isFixed = true
  #hasLineStart = false
  /** By our group's number, the capture of the RegExp. */
  readonly #captureOf = new Map<number, number>()
  #references = 0

  constructor(isMultiline: boolean) {
    this.#isMultiline = isMultiline
  }

  translate(root: Node): Translation | undefined {
    const items: LayoutItem[] = []
    const source = root.kind === 'alternatives' ? this.#literals(root.branches) : this.#measured(root, items)
    if (source === undefined || !this.#canRefer(root)) return undefined
    return { source, loops: this.#costlyLoops(root), layout: { items }, hasLineStart: this.#hasLineStart }
  }

  /**
   * With a back-reference a match may go on longer from a shorter group. Not so when no length varies, or when every match must
   * end with the text.
   */
  #canRefer(root: Node): boolean {
    if (this.#references === 0 || this.#isFixed) return true
    const last = edge(root, -1)
    return !this.#isMultiline && last.kind === 'assertion' && last.what === 'line-end'
  }

  /** A repetition at the very end is never tried again, and an anchor at the beginning leaves one place to start from. */
  #costlyLoops(root: Node): number {
    const first = edge(root, 0)
    const isAnchored = !this.#isMultiline && first.kind === 'assertion' && first.what === 'line-start'
    const last = edge(root, -1)
    const isOpenEnded = last.kind === 'repeat' && last.most === Number.POSITIVE_INFINITY
    return Math.max(0, this.#loops + this.#references - (isAnchored ? 1 : 0) - (isOpenEnded ? 1 : 0))
  }

  /** Fixed texts and nothing else: the longest is tried first. */
  #literals(branches: readonly Node[]): string | undefined {
    const texts = branches.map(charactersOf)
    if (!texts.every(text => text !== undefined)) return undefined
    const sorted = [...texts].sort((a, b) => b.length - a.length)
    return sorted.map(text => text.map(characterSource).join('')).join('|')
  }

  /** The source of a node, with captures around what is needed to tell where its groups are. */
  #measured(node: Node, items: LayoutItem[]): string | undefined {
    const parts = node.kind === 'sequence' ? node.parts : [node]
    const lastGroup = parts.findLastIndex(part => part.kind === 'group')
    let source = ''
    for (let at = 0; at < parts.length; ) {
      const part = parts[at]!
      if (part.kind === 'group') {
        const capture = ++this.#captures
        this.#captureOf.set(part.number, capture)
        const inner: LayoutItem[] = []
        const body = this.#measured(part.part, inner)
        if (body === undefined) return undefined
        items.push({ capture, group: part.number, inner: inner.length > 0 ? { items: inner } : EMPTY })
        source += `(${body})`
        at++
        continue
      }
      const isBefore = at < lastGroup
      const capture = isBefore ? ++this.#captures : 0
      let run = ''
      for (; at < parts.length && parts[at]!.kind !== 'group'; at++) {
        const piece = this.#plain(parts[at]!)
        if (piece === undefined) return undefined
        run += piece
      }
      if (isBefore) items.push({ capture, group: 0, inner: EMPTY })
      source += isBefore ? `(${run})` : run
    }
    return source
  }

  #plain(node: Node): string | undefined {
    switch (node.kind) {
      case 'empty':
        return ''
      case 'character':
      case 'set':
        return characterSource(node)
      case 'sequence': {
        const parts = node.parts.map(part => this.#plain(part))
        return parts.every(part => part !== undefined) ? parts.join('') : undefined
      }
      case 'repeat':
        return this.#repeat(node)
      case 'assertion':
        return this.#assertion(node.what)
      case 'alternatives':
        return this.#alternatives(node.branches)
      case 'reference':
        this.#references++
        return `(?:\\${this.#captureOf.get(node.number)})`
      case 'group':
        return undefined
    }
  }

  #repeat({ part, least, most }: Extract<Node, { kind: 'repeat' }>): string | undefined {
    if (part.kind !== 'character' && part.kind !== 'set') return undefined
    const source = characterSource(part)
    if (source === undefined || most === 0) return undefined
    if (most === Number.POSITIVE_INFINITY) this.#loops++
    else if (most > 1000) return undefined
    if (least !== most) this.#isFixed = false
    if (most === Number.POSITIVE_INFINITY) return source + (least === 0 ? '*' : least === 1 ? '+' : `{${least},}`)
    return source + (least === 0 && most === 1 ? '?' : `{${least},${most}}`)
  }

  #assertion(what: Extract<Node, { kind: 'assertion' }>['what']): string | undefined {
    if (what === 'line-start') {
      this.#hasLineStart = true
      return this.#isMultiline ? '(?<![^\\n])' : '^'
    }
    if (what === 'line-end') return this.#isMultiline ? '(?![^\\n])' : '$'
    return LOOK_AROUND[what]
  }

  #alternatives(branches: readonly Node[]): string | undefined {
    const texts = branches.map(charactersOf)
    if (!texts.every(text => text !== undefined)) return undefined
    const isOneLength = texts.every(text => text.length === texts[0]!.length)
    if (!this.#isFixed && !isOneLength) return undefined
    for (let i = 0; i < texts.length; i++) {
      for (let j = 0; j < i; j++) if (!excludes(texts[i]!, texts[j]!)) return undefined
    }
    const sources = texts.map(text => text.map(characterSource))
    if (!sources.flat().every(source => source !== undefined)) return undefined
    return `(?:${sources.map(source => source.join('')).join('|')})`
  }
}

/** The first or last thing of a node, inside groups too. */
function edge(node: Node, index: 0 | -1): Node {
  if (node.kind === 'group') return edge(node.part, index)
  const part = node.kind === 'sequence' ? node.parts.at(index) : undefined
  return part ? edge(part, index) : node
}

type Character = Extract<Node, { kind: 'character' | 'set' }>

const IN_WORD = '[0-9A-Za-z_\\p{Alphabetic}\\p{Nd}]'
const TO_WORD = `(?<!${IN_WORD})(?=${IN_WORD})`
const FROM_WORD = `(?<=${IN_WORD})(?!${IN_WORD})`

const LOOK_AROUND = {
  'text-start': '(?<![^])',
  'text-end': '(?![^])',
  'word-start': TO_WORD,
  'word-end': FROM_WORD,
  boundary: `(?:${TO_WORD}|${FROM_WORD})`,
  'no-boundary': `(?:(?<!${IN_WORD})(?!${IN_WORD})|(?<=${IN_WORD})(?=${IN_WORD}))`,
} as const

/** The characters of a node that has nothing else. */
function charactersOf(node: Node): Character[] | undefined {
  const parts = node.kind === 'sequence' ? node.parts : [node]
  const characters = parts.filter(part => part.kind === 'character')
  return characters.length === parts.length ? characters : undefined
}

/** No text begins with both. */
function excludes(a: readonly Character[], b: readonly Character[]): boolean {
  const shared = Math.min(a.length, b.length)
  for (let i = 0; i < shared; i++) {
    const [one, other] = [a[i]!, b[i]!]
    if (one.kind === 'character' && other.kind === 'character' && one.point !== other.point) return true
  }
  return false
}

function characterSource(node: Character): string | undefined {
  return node.kind === 'character' ? escapeCharacter(node.point) : node.set.source
}

function escapeCharacter(point: number): string {
  const character = String.fromCodePoint(point)
  return /[0-9A-Za-z ]/.test(character) ? character : `\\u{${point.toString(16)}}`
}
