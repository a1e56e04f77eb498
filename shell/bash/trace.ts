// set -x: each assignment on a line of its own, and as many signs as substitutions are nested.

import { andThen, type Later } from '../run/completion.ts'
import { promptText } from '../run/prompt-text.ts'
import type { Shell } from '../shell.ts'
import { quoteAssigned, quoteTraced } from './quoting.ts'

/** For a command that is about to run. */
export function traceLines(
  shell: Shell,
  prompt: string,
  assignments: readonly (readonly [name: string, value: string])[],
  argv: readonly string[],
): void {
  const lines = assignments.map(([name, value]) => `${name}=${quoteAssigned(value)}`)
  // The arrays among a declaration's operands have been shown with their elements.
  const arrays = shell.bash?.operands.map(({ name }) => name) ?? []
  if (argv.length > 0) lines.push([...argv, ...arrays].map(quoteTraced).join(' '))
  const before = signs(shell, prompt)
  print(shell, lines.map(line => `${before}${line}\n`).join(''))
}

/** A line in the words of the script: of for, [[, ((. */
export function traceText(shell: Shell, text: string): Later<void> {
  shell.options.xtrace = false
  const prompt = promptText(shell, shell.variables.get('PS4') ?? '+ ')
  return andThen(prompt, value => {
    shell.options.xtrace = true
    print(shell, `${signs(shell, value)}${text}\n`)
  })
}

/** The first character of PS4, again for each substitution around. */
function signs(shell: Shell, prompt: string): string {
  const [sign = ''] = prompt
  return sign.repeat(shell.bash?.level ?? 0) + prompt
}

/** BASH_XTRACEFD: another place than stderr. */
function print(shell: Shell, text: string): void {
  const fd = shell.variables.get('BASH_XTRACEFD') ?? ''
  if (/^\d+$/.test(fd)) shell.sayTo(Number(fd), text)
  else shell.say(text)
}
