// set -x: each command as it is about to run, after PS4.

import type { Shell } from '../shell.ts'
import { quoteWord } from '../state/quote.ts'
import type { Assign } from './assignment.ts'
import { promptText } from './prompt-text.ts'

/** undefined: it is printed. */
export function traceCommand(
  shell: Shell,
  assignments: readonly Assign[],
  argv: readonly string[],
): Promise<void> | undefined {
  // The assignments have been made.
  const values = assignments.map(({ name }) => [name, shell.variables.get(name) ?? ''] as const)
  const isOn = shell.options.xtrace
  shell.options.xtrace = false
  const prompt = promptText(shell, shell.variables.get('PS4') ?? '+ ')
  const print = (text: string) => {
    shell.options.xtrace = isOn
    const { extension } = shell.language
    if (extension) extension.trace(shell, text, values, argv)
    else shell.say(`${text}${lineOf(values, argv)}\n`)
  }
  if (prompt instanceof Promise) return prompt.then(print)
  print(prompt)
  return undefined
}

function lineOf(assignments: readonly (readonly [name: string, value: string])[], argv: readonly string[]): string {
  return [...assignments.map(([name, value]) => `${name}=${quoteWord(value)}`), ...argv.map(quoteWord)].join(' ')
}
