// What a name means as a command: for type, command -v and command -V.

import type { Shell } from '../shell.ts'

const KEYWORDS: ReadonlySet<string> = new Set(
  '! case do done elif else esac fi for function if in then until while { }'.split(' '),
)

export interface Meaning {
  /** `command -v`: a word that means the same. */
  readonly brief: string
  /** `type`: in a sentence. */
  readonly words: string
}

export function describe(shell: Shell, name: string, path?: string): Meaning | undefined {
  if (KEYWORDS.has(name)) return { brief: name, words: `${name} is a shell keyword` }
  const alias = shell.aliases.get(name)
  if (alias !== undefined) return { brief: `alias ${name}='${alias}'`, words: `${name} is an alias for ${alias}` }
  const builtin = shell.language.builtins.get(name)
  if (builtin?.isSpecial) return { brief: name, words: `${name} is a special shell builtin` }
  if (shell.functions.has(name)) return { brief: name, words: `${name} is a function` }
  if (builtin) return { brief: name, words: `${name} is a shell builtin` }
  const file = path === undefined ? shell.lookupCommand(name) : shell.lookupCommand(name, path)
  if (file === undefined || (name.includes('/') && !shell.isRunnable(file))) return undefined
  return { brief: file, words: `${name} is ${file}` }
}
