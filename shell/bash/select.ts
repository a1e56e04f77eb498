// select: a menu on stderr, a line from stdin, and the body, until the end of the input or a break.

import { SysError } from '../../kernel/errno.ts'
import { decode } from '../../lib/bytes.ts'
import { layOut } from '../../lib/columns.ts'
import type { Run } from '../compiler.ts'
import type { Finished } from '../run/completion.ts'
import { promptText } from '../run/prompt-text.ts'
import type { Shell } from '../shell.ts'

export async function runSelect(
  shell: Shell,
  variable: string,
  values: readonly string[],
  body: Run,
): Promise<Finished> {
  if (values.length === 0) return (shell.status = 0)
  shell.loops++
  try {
    return await turns(shell, variable, values, body)
  } finally {
    shell.loops--
  }
}

async function turns(shell: Shell, variable: string, values: readonly string[], body: Run): Promise<Finished> {
  let showsMenu = true
  for (;;) {
    await shell.proc.gate()
    if (showsMenu) shell.say(menuOf(values))
    shell.say(await promptText(shell, shell.variables.get('PS3') ?? '#? '))
    const line = await readLine(shell)
    if (line === undefined) {
      shell.say('\n')
      return (shell.status = 1)
    }
    shell.assign('REPLY', line)
    showsMenu = line.trim() === ''
    if (showsMenu) continue
    shell.assign(variable, /^\s*\d+\s*$/.test(line) ? (values[Number(line) - 1] ?? '') : '')
    const done = await body(shell)
    if (typeof done === 'number') continue
    if (!('loops' in done)) return done
    if (done.loops > 1) return { to: done.to, loops: done.loops - 1 }
    if (done.to === 'break') return (shell.status = 0)
  }
}

async function readLine(shell: Shell): Promise<string | undefined> {
  try {
    await shell.proc.stdout.flush()
    const bytes = await shell.proc.readThrough(0, 10)
    return bytes.length === 0 || bytes.at(-1) !== 10 ? undefined : decode(bytes.subarray(0, -1))
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return undefined
  }
}

function menuOf(values: readonly string[]): string {
  const width = String(values.length).length
  const items = values.map((value, at) => `${String(at + 1).padStart(width)}) ${value}`)
  const widest = Math.max(...items.map(item => item.length))
  // bash: one column, unless that would be long.
  if (values.length * (widest + 2) > 0 && values.length < 20) return `${items.join('\n')}\n`
  return `${layOut(items, { width: 80 })
    .map(line => line.trimEnd())
    .join('\n')}\n`
}
