// Random texts from a grammar that is written as text (script.grammar, bash.grammar), which is how shell reads best.
//
// A rule is its name at the edge and, indented, what it may become, one a line: the first is what it comes to where it has
// been entered deeply. `*3 ` before it makes it three times as likely, ¶ is a newline, ⇥ a tab, ␣ a blank at an edge.
// «name» becomes what that rule does, «name 1-3,» one to three of them with a comma between. `#` begins a comment line.

import { readFileSync } from 'node:fs'
import fc from 'fast-check'

/** The rule `start` of a grammar. */
export function grammar(path: string, start: string): fc.Arbitrary<string> {
  const rules = rulesOf(readFileSync(path, 'utf8'))
  const built = fc.letrec<Record<string, string>>(tie => {
    const filled = [...rules].map(([name, choices]) => [name, oneOf(choices, tie)] as const)
    return Object.fromEntries(filled)
  })
  const found = built[start]
  if (!found) throw new Error(`${path}: no rule ${start}`)
  for (const hole of [...rules.values()].flat().flatMap(holesOf)) {
    if (!rules.has(hole)) throw new Error(`${path}: no rule ${hole}`)
  }
  return found
}

interface Choice {
  readonly text: string
  readonly weight: number
}

type Tie = (name: string) => fc.Arbitrary<string>

const HOLE = /«(\w+)(?: (\d)-(\d)([^»]*))?»/

function rulesOf(text: string): Map<string, Choice[]> {
  const rules = new Map<string, Choice[]>()
  let choices: Choice[] = []
  for (const line of text.split('\n')) {
    if (line.startsWith('#') || line === '') continue
    if (/^\w/.test(line)) rules.set(line, (choices = []))
    else choices.push(choiceOf(line.trim()))
  }
  return rules
}

function choiceOf(line: string): Choice {
  const [, weight, text = ''] = /^(?:\*(\d+) )?(.*)$/.exec(line) ?? []
  const meant = text.replaceAll('¶', '\n').replaceAll('⇥', '\t').replaceAll('␣', ' ').replaceAll('∅', '')
  return { text: meant, weight: Number(weight ?? 1) }
}

function holesOf({ text }: Choice): string[] {
  return Array.from(text.matchAll(new RegExp(HOLE, 'g')), ([, name = '']) => name)
}

/** Those without a hole are one constant, so that a shrunk script is short. */
function oneOf(choices: readonly Choice[], tie: Tie): fc.Arbitrary<string> {
  const weighted = choices.map(({ text, weight }) => ({ arbitrary: filled(text, tie), weight }))
  return fc.oneof({ depthSize: 'small', withCrossShrink: true }, ...weighted)
}

function filled(text: string, tie: Tie): fc.Arbitrary<string> {
  const pieces: fc.Arbitrary<string>[] = []
  let rest = text
  for (let hole = HOLE.exec(rest); hole; hole = HOLE.exec(rest)) {
    const [whole, name = '', min, max, by = ''] = hole
    pieces.push(
      fc.constant(rest.slice(0, hole.index)),
      min === undefined ? tie(name) : some(tie(name), +min, Number(max), by),
    )
    rest = rest.slice(hole.index + whole.length)
  }
  return pieces.length === 0 ? fc.constant(text) : fc.tuple(...pieces, fc.constant(rest)).map(all => all.join(''))
}

function some(each: fc.Arbitrary<string>, minLength: number, maxLength: number, by: string): fc.Arbitrary<string> {
  return fc.array(each, { minLength, maxLength }).map(all => all.join(by))
}
