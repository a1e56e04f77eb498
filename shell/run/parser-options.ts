import type { ParserOptions } from '../parser.ts'
import type { Shell } from '../shell.ts'

/** How a shell's text is read: aliases and bash's options count as they are when a word is read. */
export function parserOptions(shell: Shell): ParserOptions {
  const { dialect } = shell.language
  if (dialect === 'ash') return { dialect, lookupAlias: name => shell.aliases.get(name) }
  const isOn = (option: string) => shell.bash?.shopt.has(option) === true
  return {
    dialect,
    lookupAlias: name => (isOn('expand_aliases') ? shell.aliases.get(name) : undefined),
    isExtglob: () => isOn('extglob'),
  }
}
