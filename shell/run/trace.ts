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
  const words = argv.map(quoteWord)
  // The assignments have been made.
  const values = assignments.map(({ name }) => `${name}=${quoteWord(shell.variables.get(name) ?? '')}`)
  const line = [...values, ...words].join(' ')
  const isOn = shell.options.xtrace
  shell.options.xtrace = false
  const prompt = promptText(shell, shell.variables.get('PS4') ?? '+ ')
  const print = (text: string) => {
    shell.options.xtrace = isOn
    shell.say(`${text}${line}\n`)
  }
  if (prompt instanceof Promise) return prompt.then(print)
  print(prompt)
  return undefined
}
