// PS1 and PS2: expanded as text, then their escapes.

import { SysError } from '../../kernel/errno.ts'
import { parseUsers } from '../../lib/accounts.ts'
import { decode } from '../../lib/bytes.ts'
import { strftime } from '../../lib/strftime.ts'
import { parseTimeZone } from '../../lib/time-zone.ts'
import { expandPrompt } from '../interactive/prompt.ts'
import type { PromptNumbers, Shell } from '../shell.ts'
import { promptText } from './prompt-text.ts'

const DEFAULTS = { PS1: '\\w \\$ ', PS2: '> ' }

export async function prompt(shell: Shell, name: 'PS1' | 'PS2', numbers: PromptNumbers): Promise<string> {
  const { extension } = shell.language
  const text = shell.variables.get(name)
  if (extension) return extension.prompt(shell, text ?? (name === 'PS2' ? '' : undefined), numbers)
  return expandedPrompt(shell, text ?? DEFAULTS[name], numbers)
}

async function expandedPrompt(shell: Shell, text: string, numbers: PromptNumbers): Promise<string> {
  // Backslashes are the escapes', not the shell's.
  const expanded = await promptText(shell, text.replaceAll('\\', '\\\\'))
  const { credentials, kernel } = shell.proc
  return expandPrompt(expanded, {
    user: userName(shell),
    hostname: kernel.hostname,
    directory: shell.directory,
    home: shell.variables.get('HOME'),
    isRoot: credentials.euid === 0,
    historyNumber: numbers.history,
    commandNumber: numbers.command,
    time: format => strftime(format, kernel.nanoseconds(), parseTimeZone(shell.variables.get('TZ'))),
  })
}

export function userName(shell: Shell): string {
  const { euid } = shell.proc.credentials
  try {
    const users = parseUsers(decode(shell.proc.contentsOf('/etc/passwd')))
    return users.find(({ uid }) => uid === euid)?.name ?? String(euid)
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return euid === 0 ? 'root' : String(euid)
  }
}
