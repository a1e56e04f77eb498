// set -x: each assignment on a line of its own, and as many signs as substitutions are nested.

import type { Shell } from '../shell.ts'
import { quoteAssigned, quoteTraced } from './quoting.ts'

export function traceLines(
  shell: Shell,
  prompt: string,
  assignments: readonly (readonly [name: string, value: string])[],
  argv: readonly string[],
): string {
  const [sign = ''] = prompt
  const before = sign.repeat(shell.bash?.level ?? 0) + prompt
  const lines = assignments.map(([name, value]) => `${name}=${quoteAssigned(value)}`)
  if (argv.length > 0) lines.push(argv.map(quoteTraced).join(' '))
  return lines.map(line => `${before}${line}\n`).join('')
}
