// for, case and select are told of before they run: set -x shows their first line, and trap DEBUG finds it in BASH_COMMAND.

import type { Announce } from '../compiler.ts'
import { printWord } from '../printer/word.ts'
import { print } from '../printer.ts'
import { andThen } from '../run/completion.ts'
import type { Case, For, Select, Word } from '../syntax.ts'
import { debugged } from './debug-trap.ts'
import { traceText } from './trace.ts'

export function announcerOf(node: For | Case | Select): Announce {
  return shell => {
    const { xtrace } = shell.options
    if (!xtrace && shell.traps.action('DEBUG') === undefined) return undefined
    shell.line = node.line
    const head = headOf(node)
    const shown = xtrace ? traceText(shell, head.trimEnd()) : undefined
    return andThen(shown, () => debugged(shell, node.line, head))
  }
}

function headOf(node: For | Case | Select): string {
  if (node.kind === 'case') return `case ${wordText(node.subject)} in `
  const words = node.words ? node.words.map(wordText).join(' ') : '"$@"'
  return `${node.kind} ${node.variable} in ${words}`
}

function wordText(word: Word): string {
  return printWord(word, print)
}
