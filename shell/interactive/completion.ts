// What Tab offers: commands, paths, variables, users, and the options of a command.

import { type CompletedWord, findWord, type Quote, unquote } from './completed-word.ts'
import type { Candidate, Completion } from './completion-listing.ts'

export interface DirectoryEntry {
  readonly name: string
  readonly isDirectory: boolean
  /** May be run: what a command's name can be. */
  readonly isExecutable?: boolean
}

export interface CommandOption {
  /** `-n`, `--lines`. */
  readonly text: string
  /** What a listing adds: `Stop after N lines`. */
  readonly about?: string
  /** The next word is its argument, so that no operand is completed there. */
  readonly takesArgument?: boolean
}

/** What the shell knows. A callback that finds nothing gives nothing: completion reports no errors. */
export interface CompletionContext {
  /** Builtins, functions, aliases and reserved words. */
  commands(): Iterable<string>
  /** The names of the executables on PATH. */
  executables(): Iterable<string>
  /** undefined: no such directory. Relative to the working directory. */
  entries(directory: string): Iterable<DirectoryEntry> | undefined
  variables(): Iterable<string>
  /** A variable's value. */
  variable(name: string): string | undefined
  users(): Iterable<string>
  /** Where `~user` leads; without a name, $HOME. */
  home(user: string | undefined): string | undefined
  options(command: string): Iterable<CommandOption>
}

export function completeLine(line: string, cursor: number, context: CompletionContext): Completion {
  const word = findWord(line, cursor)
  const completion =
    completeVariable(word, cursor, context) ??
    completeUser(word, cursor, context) ??
    completeOption(word, context) ??
    completeCommand(word, context) ??
    completePath(word, cursor, context)
  const candidates = [...completion.candidates].sort((a, b) => compare(shownName(a), shownName(b)))
  return { from: completion.from, candidates }
}

function completeVariable(word: CompletedWord, cursor: number, context: CompletionContext): Completion | undefined {
  if (word.quote === 'single') return undefined
  const match = /(?<!\\)\$(\{?)([A-Za-z_]\w*)?$/.exec(word.raw)
  if (!match) return undefined
  const [, brace = '', prefix = ''] = match
  const names = [...new Set(context.variables())].filter(name => name.startsWith(prefix))
  const candidates = names.map((name): Candidate => {
    const isDirectory = [...(context.entries(context.variable(name) || '/nonexistent') ?? [])].length > 0
    const suffix = isDirectory && context.variable(name)?.startsWith('/') ? '/' : word.quote === 'double' ? '' : ' '
    return { text: name, suffix: brace === '' ? suffix : '}' }
  })
  return { from: cursor - prefix.length, candidates }
}

function completeUser(word: CompletedWord, cursor: number, context: CompletionContext): Completion | undefined {
  const match = /^~([^/'"\\$]*)$/.exec(word.raw)
  if (!match) return undefined
  const prefix = match[1] ?? ''
  const names = [...new Set(context.users())].filter(name => name.startsWith(prefix))
  return { from: cursor - prefix.length, candidates: names.map(text => ({ text, suffix: '/' })) }
}

function completeOption(word: CompletedWord, context: CompletionContext): Completion | undefined {
  const [command, ...operands] = word.before
  if (command === undefined || word.isRedirection || !word.raw.startsWith('-') || operands.includes('--'))
    return undefined
  const options = [...context.options(command)].filter(option => option.text.startsWith(word.raw))
  const candidates = options.map(
    ({ text, about }): Candidate => ({ text, display: about ? `${text}  (${about})` : text }),
  )
  return { from: word.start, candidates }
}

/** A path in place of a command's name is completed as one, but only by what may be run. */
function completeCommand(word: CompletedWord, context: CompletionContext): Completion | undefined {
  const prefix = unquote(word.raw)
  if (!word.isCommand || prefix.includes('/') || prefix === '' || /^[A-Za-z_]\w*=/.test(prefix)) return undefined
  const names = [...new Set([...context.commands(), ...context.executables()])].filter(name => name.startsWith(prefix))
  const quoting = quotingFrom(word, word.start)
  const candidates = names.map(name => candidate(name, { ...quoting, suffix: ' ' }))
  // A path may begin here too, when no command does.
  const directories = [...(context.entries('.') ?? [])].filter(
    entry => entry.isDirectory && matches(entry.name, prefix),
  )
  const more = names.length > 0 ? [] : directories.map(entry => pathCandidate(entry, quoting))
  return { from: word.start, candidates: [...candidates, ...more] }
}

function completePath(word: CompletedWord, cursor: number, context: CompletionContext): Completion {
  // An assignment's value is a path, or a list of paths as PATH is.
  const assigned = word.quote === 'none' ? /^[A-Za-z_-][\w-]*=(?:[^'"\\]*:)?/.exec(word.raw) : undefined
  const value = word.raw.slice(assigned?.[0].length ?? 0)
  const directoryEnd = value.lastIndexOf('/') + 1
  const directory = directoryEnd === 0 ? '.' : expandDirectory(value.slice(0, directoryEnd), context)
  const from = cursor - value.length + directoryEnd
  const prefix = unquote(value).slice(unquote(value.slice(0, directoryEnd)).length)
  const entries = [...(context.entries(directory) ?? [])].filter(entry => matches(entry.name, prefix))
  const usable = word.isCommand ? entries.filter(entry => entry.isDirectory || entry.isExecutable !== false) : entries
  return { from, candidates: usable.map(entry => pathCandidate(entry, quotingFrom(word, from))) }
}

/** How what replaces the line from `from` on is quoted: it brings the open quote with it when that stands there. */
interface Quoting {
  readonly quote: Quote
  readonly opens: boolean
}

function quotingFrom(word: CompletedWord, from: number): Quoting {
  return { quote: word.quote, opens: word.quote !== 'none' && word.quoteStart >= from }
}

/** Names that begin with a dot are hidden until a dot is typed. */
function matches(name: string, prefix: string): boolean {
  return name.startsWith(prefix) && (prefix !== '' || !name.startsWith('.'))
}

function pathCandidate(entry: DirectoryEntry, quoting: Quoting): Candidate {
  return candidate(entry.name, { ...quoting, suffix: entry.isDirectory ? '/' : ' ' })
}

function candidate(name: string, how: Quoting & { suffix: string }): Candidate {
  const mark = how.quote === 'none' ? '' : how.quote === 'single' ? "'" : '"'
  const display = how.suffix === '/' ? `${name}/` : name
  // The quotes stay open after a directory, for more will follow.
  const suffix = how.suffix === '/' ? '/' : mark + how.suffix
  return { text: (how.opens ? mark : '') + quoteName(name, how.quote), display, suffix }
}

function quoteName(name: string, quote: Quote): string {
  if (quote === 'single') return name.replaceAll("'", "'\\''")
  if (quote === 'double') return name.replace(/["$`\\]/g, '\\$&')
  return name.replace(/[\s"'`$\\|&;<>(){}*?[\]#!~]/g, '\\$&')
}

/** The directory that a typed path names: quotes, a tilde and plain variables are looked through. */
function expandDirectory(raw: string, context: CompletionContext): string {
  const withHome = raw.replace(/^~([^/]*)(?=\/)/, (tilde, user: string) => context.home(user || undefined) ?? tilde)
  const withVariables = withHome.replace(/'[^']*'?|\\.|\$\{?([A-Za-z_]\w*)\}?/g, (piece, name?: string) =>
    name === undefined ? piece : (context.variable(name) ?? ''),
  )
  return unquote(withVariables)
}

function shownName(item: Candidate): string {
  return item.display ?? item.text
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
