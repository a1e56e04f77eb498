// PS1, PS2 and PS4 are expanded as if in double quotes (POSIX XCU 2.5.3).

import { Parser } from '../parser.ts'
import type { Shell } from '../shell.ts'
import { ShellSyntaxError } from '../syntax-error.ts'
import type { Later } from './completion.ts'

export function promptText(shell: Shell, text: string): Later<string> {
  if (!/[$`\\]/.test(text)) return text
  const delimiter = 'COWBOX_PROMPT_ENDS_HERE'
  try {
    const list = new Parser(`: <<${delimiter}\n${text}\n${delimiter}\n`, { dialect: shell.language.dialect }).next()
    const command = list?.items[0]?.command
    const document = command?.kind === 'simple' ? command.redirections[0] : undefined
    if (document?.kind !== 'here-document') return text
    const { status } = shell
    const expanded = shell.language.compiler.text(document.body, { tilde: 'none' })(shell)
    const end = (value: string) => {
      shell.status = status
      return value.replace(/\n$/, '')
    }
    return expanded instanceof Promise ? expanded.then(end) : end(expanded)
  } catch (error) {
    if (!(error instanceof ShellSyntaxError)) throw error
    return text
  }
}
