// ${name/pattern/text}: `&` in the text is what was matched (shopt patsub_replacement).

import type { Pattern } from '../../lib/pattern.ts'
import type { Compiler } from '../compiler.ts'
import { Text } from '../expand/text.ts'
import { withTildes } from '../expand/tilde.ts'
import { andThen, type Later } from '../run/completion.ts'
import type { Shell } from '../shell.ts'
import type { Word } from '../syntax.ts'
import { isOn } from './patterns.ts'

export type Replacement = (matched: string) => string

/** Quoted, `&` is itself. */
class ReplacementText extends Text {
  override value(text: string, quoted: boolean): void {
    super.value(quoted ? text.replace(/[\\&]/g, '\\$&') : text, quoted)
  }
}

export function compileReplacement(compiler: Compiler, word: Word): (shell: Shell) => Later<Replacement> {
  const constant = constantText(word)
  if (constant !== undefined) return () => () => constant
  const plain = compiler.text(word)
  const step = compiler.steps(withTildes(word.parts, 'word'))
  return shell => {
    if (!isOn(shell, 'patsub_replacement')) return andThen(plain(shell), text => () => text)
    const out = new ReplacementText(shell)
    const waiting = step(shell, out)
    return waiting ? waiting.then(() => replacementOf(out.text)) : replacementOf(out.text)
  }
}

function constantText({ parts }: Word): string | undefined {
  let text = ''
  for (const part of parts) {
    if (part.kind !== 'literal' || (!part.quoted && /[&~\\]/.test(part.text))) return undefined
    text += part.text
  }
  return text
}

function replacementOf(text: string): Replacement {
  if (!/[\\&]/.test(text)) return () => text
  return matched => text.replace(/\\([\\&])|&/g, (_, escaped: string | undefined) => escaped ?? matched)
}

interface Replacing {
  readonly matcher: Pattern
  /** An empty pattern matches nothing, but at an anchored end. */
  readonly isEmpty: boolean
  readonly by: Replacement
  readonly operator: '/' | '//' | '/#' | '/%'
}

export function replaceText(value: string, { matcher, isEmpty, by, operator }: Replacing): string {
  if (operator === '/#') {
    const end = isEmpty ? 0 : matcher.longestPrefix(value)
    return end === undefined ? value : by(value.slice(0, end)) + value.slice(end)
  }
  if (operator === '/%') {
    const length = isEmpty ? 0 : matcher.longestSuffix(value)
    return length === undefined ? value : value.slice(0, value.length - length) + by(value.slice(value.length - length))
  }
  return isEmpty ? value : replaceWithin(value, matcher, by, operator === '//')
}

function replaceWithin(value: string, matcher: Pattern, by: Replacement, isGlobal: boolean): string {
  let result = ''
  let at = 0
  while (at <= value.length) {
    const found = matcher.search(value, at)
    if (!found) break
    const [start, end] = found
    if (start === end && start === value.length && start > 0) break
    result += value.slice(at, start) + by(value.slice(start, end))
    at = end
    if (!isGlobal) break
    if (start === end) result += value.slice(at, ++at)
  }
  return result + value.slice(at)
}
