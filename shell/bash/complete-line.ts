// Tab, where `complete` has said how a command's words are completed.

import { findWord, unquote } from '../interactive/completed-word.ts'
import type { Candidate, Completion } from '../interactive/completion-listing.ts'
import type { Later } from '../run/completion.ts'
import type { Shell } from '../shell.ts'
import type { CompletionSpecification } from '../state/bash-state.ts'
import { SPECIAL_NAMES } from './builtins/complete.ts'
import { AgainError, generate, type Place } from './completion.ts'
import { isOn } from './patterns.ts'

/** `usual`: what Tab offers where nothing has been said. */
export function completeBashLine(
  shell: Shell,
  line: string,
  cursor: number,
  usual: () => Completion,
): Later<Completion> {
  const { completions } = shell.bash!
  if (completions.size === 0 || !isOn(shell, 'progcomp')) return usual()
  return completeBy(shell, line, cursor, usual)
}

async function completeBy(shell: Shell, line: string, cursor: number, usual: () => Completion): Promise<Completion> {
  const bash = shell.bash!
  const place = placeOf(shell, line, cursor)
  const { word, from } = place
  // A completion function may load the right specification, and ask to begin again.
  for (let turn = 0; turn < 8; turn++) {
    const specification = lookup(shell, line, cursor)
    if (!specification) return usual()
    bash.completing = specification
    try {
      const found = await generate(shell, specification, word, place)
      return finish(shell, bash.completing ?? specification, { found, from, usual })
    } catch (error) {
      if (!(error instanceof AgainError)) throw error
    } finally {
      bash.completing = undefined
    }
  }
  return usual()
}

function lookup(shell: Shell, line: string, cursor: number): CompletionSpecification | undefined {
  const { completions } = shell.bash!
  const { before, isCommand, raw, isRedirection } = findWord(line, cursor)
  if (isRedirection) return undefined
  if (isCommand) return completions.get(SPECIAL_NAMES.get(raw === '' ? 'E' : 'I')!)
  const [name = ''] = before
  const base = name.slice(name.lastIndexOf('/') + 1)
  return completions.get(name) ?? completions.get(base) ?? completions.get(SPECIAL_NAMES.get('D')!)
}

function finish(
  shell: Shell,
  { options }: CompletionSpecification,
  { found, from, usual }: { found: readonly string[]; from: number; usual: () => Completion },
): Completion {
  if (found.length === 0)
    return options.has('default') || options.has('bashdefault') ? usual() : { from, candidates: [] }
  const names = [...new Set(found)]
  if (!options.has('nosort')) names.sort()
  return { from, candidates: names.map(name => candidateOf(shell, name, options)) }
}

function candidateOf(shell: Shell, name: string, options: ReadonlySet<string>): Candidate {
  const end = options.has('nospace') ? '' : ' '
  if (!options.has('filenames')) return { text: name, suffix: end }
  const isDirectory = shell.proc.access(name, 0) && shell.proc.stat(name).kind === 'directory'
  const text = options.has('noquote') ? name : name.replace(/[\s"'`$\\|&;<>(){}*?[\]#!~]/g, '\\$&')
  const display = name.slice(name.lastIndexOf('/') + 1)
  return { text, display: isDirectory ? `${display}/` : display, suffix: isDirectory ? '/' : end }
}

interface Token {
  readonly text: string
  readonly start: number
}

/** The words of the command that the cursor is in, divided also where COMP_WORDBREAKS says. */
function placeOf(shell: Shell, line: string, cursor: number): Place & { word: string; from: number } {
  const breaks = shell.variables.get('COMP_WORDBREAKS') ?? USUAL_BREAKS
  let tokens: Token[] = []
  for (const token of tokensOf(line, breaks)) {
    if (/^[;&|()\n]+$/.test(token.text)) {
      if (token.start >= cursor) break
      tokens = []
    } else tokens.push(token)
  }
  const at = tokens.findIndex(({ start, text }) => start < cursor && cursor <= start + text.length)
  const after = tokens.findIndex(({ start }) => start >= cursor)
  const index = at >= 0 ? at : after >= 0 ? after : tokens.length
  const current = at >= 0 ? tokens[at] : undefined
  const isBreak = current !== undefined && [...current.text].every(character => breaks.includes(character))
  const texts = tokens.map(({ text }) => text)
  if (!current) texts.splice(index, 0, '')
  // After a separator an empty word begins.
  if (isBreak) texts.splice(index + 1, 0, '')
  const place = isBreak ? index + 1 : index
  const raw = current && !isBreak ? current.text.slice(0, cursor - current.start) : ''
  const word = unquote(raw)
  const before = texts[place - 1] ?? ''
  const first = tokens[0]?.start ?? cursor
  const point = cursor - first
  return {
    command: unquote(texts[0] ?? ''),
    before,
    line: line.slice(first),
    point,
    words: texts,
    index: place,
    word,
    from: cursor - raw.length,
  }
}

const USUAL_BREAKS = ' \t\n"\'><=;|&(:'

function tokensOf(line: string, breaks: string): Token[] {
  const set = [...breaks]
    .filter(character => !/[\s"']/.test(character))
    .map(character => character.replace(/[\]\\^-]/g, '\\$&'))
  const separators = [...set, ';', '|', '&'].join('')
  const word = `(?:\\\\[\\s\\S]|'[^']*'?|"(?:\\\\[\\s\\S]|[^"\\\\])*"?|[^\\s${separators}])+`
  const pattern = new RegExp(`[;&|()\\n]+|[${separators}]+|${word}`, 'g')
  return [...line.matchAll(pattern)].map(match => ({ text: match[0], start: match.index }))
}
