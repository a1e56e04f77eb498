// `$(echo ...)`, `$(pwd)`, `$(printf ...)`: a body that only prints is its text, without a copy of the shell or a descriptor.

import type { Builtin } from '../builtins/builtin.ts'
import type { Compiler } from '../compiler.ts'
import { counted } from '../coverage.ts'
import { simpleWord } from '../expand/word.ts'
import type { Shell } from '../shell.ts'
import { isComputed } from '../state/variables.ts'
import type { List, Simple, Word } from '../syntax.ts'
import { compileQuickWords, fillQuickWords, type QuickWords } from './quick-words.ts'

/** undefined: this time it is more than that, and must run as every other body. */
export type PrintedText = (shell: Shell) => string | undefined

export function compilePrintedText(compiler: Compiler, body: List): PrintedText | undefined {
  const [only, ...others] = body.items
  if (!only || others.length > 0 || only.background || only.command.kind !== 'simple') return undefined
  const command = only.command
  const name = nameOf(command)
  const quick =
    name === undefined || hasComputed(command.words) ? undefined : compileQuickWords(compiler, command.words)
  if (name === undefined || !quick) return undefined
  const text: PrintedText = shell => printedText(shell, name, quick)
  return isWatched(command) ? undefined : text
}

function nameOf({ words, assignments, redirections }: Simple): string | undefined {
  const [first] = words
  if (!first || assignments.length > 0 || redirections.length > 0) return undefined
  const name = simpleWord(first)
  return typeof name === 'string' ? name : undefined
}

/** `$RANDOM` goes on in the copy, and not in the shell itself; an expression may come to it, too. */
function hasComputed(words: readonly Word[]): boolean {
  return words.some(({ parts }) =>
    parts.some(part => part.kind === 'arithmetic' || (part.kind === 'parameter' && isComputed(part.name))),
  )
}

/** Somebody counts its runs. */
function isWatched(command: Simple): boolean {
  const run = () => 0
  return counted(command, run) !== run
}

function printedText(shell: Shell, name: string, quick: QuickWords): string | undefined {
  const { options, functions, language } = shell
  if (options.xtrace || options.nounset || (functions.size > 0 && functions.has(name))) return undefined
  const builtin: Builtin | undefined = language.builtins.get(name)
  if (!builtin?.text) return undefined
  const words = fillQuickWords(shell, quick)
  const text = words && builtin.text(shell, words.slice(1))
  // What is no ASCII may be bytes that make a character only together.
  return text !== undefined && /^[\0-\x7f]*$/.test(text) ? text : undefined
}
