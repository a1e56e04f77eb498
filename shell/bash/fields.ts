// The fields of a word with braces: those of each word that they make.

import type { Compiler, FieldsOf } from '../compiler.ts'
import { compileFields } from '../expand/word.ts'
import type { Shell } from '../shell.ts'
import type { Word } from '../syntax.ts'
import { expandBraces } from './braces.ts'

/** undefined: it has no braces. */
export function compileBracedFields(compiler: Compiler, word: Word, isDeclaration: boolean): FieldsOf | undefined {
  const words = expandBraces(word)
  if (!words) return undefined
  const expanded = words.map(each => compileFields(compiler, each, isDeclaration))
  const whole = compileFields(compiler, word, isDeclaration)
  return (shell, fields) => (shell.options.has('braceexpand') ? fill(shell, fields, expanded, 0) : whole(shell, fields))
}

function fill(shell: Shell, fields: string[], words: readonly FieldsOf[], from: number): void | Promise<void> {
  for (let at = from; at < words.length; at++) {
    const waiting = words[at]!(shell, fields)
    if (waiting) return waiting.then(() => fill(shell, fields, words, at + 1))
  }
}
