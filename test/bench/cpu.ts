// CPU time of whole processes.

import { spawnSync } from 'node:child_process'

/** User and system time of a process and its children, in ms. */
export function cpu(words: readonly string[]): number {
  const { stderr } = spawnSync(
    'bash',
    ['-c', 'TIMEFORMAT="%U %S"; time "$@" >/dev/null 2>&1 </dev/null', 'bash', ...words],
    { encoding: 'utf8' },
  )
  const [user = 0, system = 0] = stderr.trim().split('\n').at(-1)!.split(' ').map(Number)
  return (user + system) * 1000
}

/** The least of several interleaved rounds, each: what others on the machine take falls on all of them alike. */
export function leastOf(rounds: number, commands: readonly (readonly string[])[]): number[] {
  const least = commands.map(() => Number.POSITIVE_INFINITY)
  for (let round = 0; round < rounds; round++) {
    for (const [i, words] of commands.entries()) least[i] = Math.min(least[i]!, cpu(words))
  }
  return least
}
