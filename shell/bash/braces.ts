// Brace expansion: `{a,b}` and `{1..9}`, done once, when a word is compiled.

import type { Literal, Word, WordPart } from '../syntax.ts'

/** More words than any script means; what would be more stays as it is. */
const MOST = 1_000_000

/** The words that a word's braces make; undefined: it has none. */
export function expandBraces(word: Word): readonly Word[] | undefined {
  if (!word.parts.some(isOpenLiteral)) return undefined
  const pieces = split(word.parts)
  return findBraces(pieces) && expand(pieces)?.map(parts => ({ ...word, parts: joined(parts) }))
}

/** A character of unquoted text, or a part that braces do not look into. */
type Piece = string | WordPart

function isOpenLiteral(part: WordPart): boolean {
  return part.kind === 'literal' && !part.quoted && part.text.includes('{')
}

function split(parts: readonly WordPart[]): Piece[] {
  return parts.flatMap((part): Piece[] => (part.kind === 'literal' && !part.quoted ? [...part.text] : [part]))
}

function joined(pieces: readonly Piece[]): WordPart[] {
  const parts: WordPart[] = []
  let text = ''
  const flush = () => {
    if (text !== '') parts.push({ kind: 'literal', text, quoted: false } satisfies Literal)
    text = ''
  }
  for (const piece of pieces) {
    if (typeof piece === 'string') {
      text += piece
      continue
    }
    flush()
    parts.push(piece)
  }
  flush()
  return parts
}

function expand(pieces: readonly Piece[]): Piece[][] {
  const found = findBraces(pieces)
  if (!found) return [[...pieces]]
  const before = pieces.slice(0, found.open)
  const rests = expand(pieces.slice(found.close + 1))
  const middles = found.alternatives
  if (middles.length * rests.length > MOST) return [[...pieces]]
  return middles.flatMap(middle => rests.map(rest => [...before, ...middle, ...rest]))
}

interface Braces {
  readonly open: number
  readonly close: number
  readonly alternatives: readonly Piece[][]
}

/** The first braces that are a list or a sequence. */
function findBraces(pieces: readonly Piece[]): Braces | undefined {
  for (let open = pieces.indexOf('{'); open !== -1; open = pieces.indexOf('{', open + 1)) {
    const inside = readBraces(pieces, open)
    if (!inside) continue
    const { close, commas } = inside
    if (commas.length > 0) {
      const bounds = [open, ...commas, close]
      const items = commas.length + 1
      const alternatives = Array.from({ length: items }, (_, at) =>
        expand(pieces.slice(bounds[at]! + 1, bounds[at + 1]!)),
      ).flat()
      return { open, close, alternatives }
    }
    const sequence = sequenceOf(pieces.slice(open + 1, close))
    if (sequence) return { open, close, alternatives: sequence.map(text => [...text]) }
  }
  return undefined
}

/** Where braces close, and the commas right within them. */
function readBraces(pieces: readonly Piece[], open: number): { close: number; commas: number[] } | undefined {
  const commas: number[] = []
  let depth = 0
  for (let at = open + 1; at < pieces.length; at++) {
    const piece = pieces[at]
    if (piece === '{') depth++
    else if (piece === ',' && depth === 0) commas.push(at)
    else if (piece === '}' && depth-- === 0) return { close: at, commas }
  }
  return undefined
}

function sequenceOf(pieces: readonly Piece[]): string[] | undefined {
  if (!pieces.every(piece => typeof piece === 'string')) return undefined
  const text = pieces.join('')
  const found = /^(-?\d+|\+\d+|[A-Za-z])\.\.(-?\d+|\+\d+|[A-Za-z])(?:\.\.([-+]?\d+))?$/.exec(text)
  if (!found) return undefined
  const [, first = '', last = '', by] = found
  const areLetters = /^[A-Za-z]$/.test(first)
  if (areLetters !== /^[A-Za-z]$/.test(last)) return undefined
  const [from, to] = areLetters ? [first.charCodeAt(0), last.charCodeAt(0)] : [Number(first), Number(last)]
  const step = Math.abs(Number(by ?? 1)) || 1
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to) || Math.abs(to - from) / step > MOST) return undefined
  const width = [first, last].some(end => /^[-+]?0\d/.test(end)) ? Math.max(first.length, last.length) : 0
  const show = (value: number) => (areLetters ? String.fromCharCode(value) : padded(value, width))
  const values: string[] = []
  for (let at = from; from <= to ? at <= to : at >= to; at += from <= to ? step : -step) values.push(show(at))
  return values
}

/** `{01..10}`: as wide as the widest end, sign and all. */
function padded(value: number, width: number): string {
  return value < 0 ? `-${String(-value).padStart(width - 1, '0')}` : String(value).padStart(width, '0')
}
