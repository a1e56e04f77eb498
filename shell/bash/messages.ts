// What the shell complains of, in bash's words: the place before it, and the text.

import type { ExpansionError } from '../expansion-error.ts'
import type { Shell } from '../shell.ts'

/** Builtins that run commands: what those complain of is not said in their names. */
const RUNNERS: ReadonlySet<string> = new Set(['eval', '.', 'source', 'command', 'builtin', 'exec', 'trap'])

/** `bash: line 3: cd: `; an interactive shell has no lines. */
export function place(shell: Shell): string {
  const { commandName } = shell
  const frame = shell.bash?.frames.at(-1)
  const file = frame && frame.source !== 'environment' ? frame.source : shell.name
  const isBuiltin = commandName !== undefined && commandName !== shell.name && shell.language.builtins.has(commandName)
  const by = isBuiltin && !RUNNERS.has(commandName) ? `${commandName}: ` : ''
  return shell.isInteractive && shell.returns === 0 ? `${file}: ${by}` : `${file}: line ${shell.line}: ${by}`
}

export function words(message: string): string {
  for (const [pattern, text] of WORDS) if (pattern.test(message)) return message.replace(pattern, text)
  return message
}

/** bash shows the line, where a token is the matter. */
export function describeSyntax(shell: Shell, message: string, source: string): string {
  const text = words(message)
  return /^syntax error near/.test(text) ? `${text}\n${place(shell)}\`${source}'` : text
}

const WORDS: readonly (readonly [RegExp, string])[] = [
  [/^can't cd to (.*)$/s, '$1'],
  [/^can't (?:open|create) '?(.*?)'?: (?:no such file|nonexistent directory)$/s, '$1: No such file or directory'],
  [/^can't (?:open|create) '?(.*?)'?: File exists$/s, '$1: cannot overwrite existing file'],
  [/^can't (?:open|create) '?(.*?)'?: (.*)$/s, '$1: $2'],
  [/^(.*): not found$/s, '$1: command not found'],
  [/^(.*): is read only$/s, '$1: readonly variable'],
  [/^(.*): parameter not set or null$/s, '$1: parameter null or not set'],
  [/^(.*): parameter not set$/s, '$1: unbound variable'],
  [/^(.*): bad variable name$/s, "`$1': not a valid identifier"],
  [/^Illegal number: (.*)$/s, '$1: numeric argument required'],
  [/^illegal option [-+]o (.*)$/s, '$1: invalid option name'],
  [/^illegal option (.*)$/s, '$1: invalid option'],
  [/^no arg for (.*) option$/s, '$1: option requires an argument'],
  [/^divide by zero$/, 'division by 0'],
  [/^arithmetic syntax error$/, 'syntax error: operand expected'],
  [/^syntax error: unterminated quoted string$/, 'unexpected EOF while looking for matching `"\''],
  [/^syntax error: missing '\}'$/, "unexpected EOF while looking for matching `}'"],
  [/^syntax error: EOF in backquote substitution$/, "unexpected EOF while looking for matching ``'"],
  [/^syntax error: unexpected end of file.*$/s, 'syntax error: unexpected end of file'],
  [/^syntax error: unexpected newline.*$/s, "syntax error near unexpected token `newline'"],
  [/^syntax error: unexpected "(.*?)".*$/s, "syntax error near unexpected token `$1'"],
  [/^bad number$/, ': integer expression expected'],
  [/^(.*): bad number$/s, '$1: integer expression expected'],
  [/^syntax error: bad fd number$/, 'ambiguous redirect'],
  [/^missing \]$/, "missing `]'"],
  [/^invalid number '(.*)'$/s, '$1: invalid number'],
  [/^not in a function$/, 'can only be used in a function'],
]

/** A usage error, or a syntax error, is 2; other errors are 1. */
export function statusOf(error: ExpansionError): number {
  if (error.status !== 2) return error.status
  if (error.endsShell && /unbound variable|not set/.test(error.message)) return 1
  return /^(?:syntax error|unexpected EOF|illegal option|no arg for)|invalid (?:option|action name)|option requires/.test(
    error.message,
  )
    ? 2
    : 1
}
