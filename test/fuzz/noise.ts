// Texts that hardly are scripts: bytes, pieces of syntax in any order, and scripts with something wrong in them.

import fc from 'fast-check'
import { decode } from '../../lib/bytes.ts'
import { grammar } from './grammar.ts'

export const syntax = grammar('test/fuzz/syntax.grammar', 'script')

const bytes = fc.uint8Array({ maxLength: 200 }).map(decode)

const PIECES = [
  ...' \t\n\'"`$\\|&;<>(){}#!=*~/:-+?%@[]0a,^',
  ...[
    '$(',
    '${',
    '$((',
    '$[',
    '((',
    '[[ ',
    ']]',
    '<<',
    '<<E\n',
    '<<-E\n',
    '<<<',
    '\nE\n',
    ';;',
    ';&',
    ';;&',
    '&>',
    '|&',
  ],
  ...[
    'if ',
    'then ',
    'fi',
    'do ',
    'done',
    'case ',
    ' in ',
    ' esac ',
    'for ',
    'function ',
    'select ',
    'time ',
    'a=(',
    'a[',
  ],
  ...["$'", '$"', '@(', '<(', '\\\n', '\0', '\r', '\udc80', '💥', '+=', '=~', '{a,b}', '${x/', '${!x', '${#x', '}}'],
]
const pieces = fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }).map(all => all.join(''))

/** One change: a stretch of the text is taken out, repeated, moved, or replaced by noise. */
interface Change {
  readonly how: 'take' | 'repeat' | 'move' | 'replace'
  /** Where, and how much, as parts of the text's length. */
  readonly at: number
  readonly to: number
  readonly length: number
  readonly noise: string
}

const place = fc.double({ min: 0, max: 1, noNaN: true })
const change: fc.Arbitrary<Change> = fc.record({
  how: fc.constantFrom('take', 'repeat', 'move', 'replace'),
  at: place,
  to: place,
  length: fc.nat(20),
  noise: fc.oneof(fc.constantFrom(...PIECES), pieces),
})

function changed(text: string, { how, at, to, length, noise }: Change): string {
  const from = Math.floor(at * text.length)
  const stretch = text.slice(from, from + length)
  const rest = text.slice(0, from) + text.slice(from + length)
  if (how === 'take') return rest
  const place = Math.floor(to * rest.length)
  if (how === 'move') return rest.slice(0, place) + stretch + rest.slice(place)
  if (how === 'repeat') return text.slice(0, from) + stretch + text.slice(from)
  return text.slice(0, from) + noise + text.slice(from + length)
}

/** One of the scripts, or of what the grammar makes, with up to four changes. */
export function spoiled(scripts: readonly string[]): fc.Arbitrary<string> {
  const whole = scripts.length > 0 ? fc.oneof(syntax, fc.constantFrom(...scripts)) : syntax
  return fc
    .tuple(whole, fc.array(change, { minLength: 1, maxLength: 4 }))
    .map(([text, changes]) => changes.reduce(changed, text))
}

export function noise(scripts: readonly string[]): fc.Arbitrary<string> {
  return fc.oneof(bytes, pieces, spoiled(scripts), spoiled(scripts))
}
