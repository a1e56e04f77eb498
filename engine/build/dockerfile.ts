// A Dockerfile's lines as instructions: directives, comments, continuations, here-documents, flags (Dockerfile reference).

import { EngineError } from '../errors.ts'

export interface Directives {
  readonly syntax: string | undefined
  readonly escape: '\\' | '`'
  readonly check: CheckDirective
  /** How many lines they take. */
  readonly count: number
}

/** `# check=`: rules to skip, experimental ones to apply (`all`: each), and whether warnings are errors. */
export interface CheckDirective {
  readonly skip: readonly string[]
  readonly experimental: readonly string[]
  readonly error: boolean
}

export interface HereDocument {
  readonly name: string
  readonly body: string
  /** The delimiter had no quotes, so variables in the body are expanded (COPY and ADD only). */
  readonly expands: boolean
}

export interface RawInstruction {
  /** In capitals. */
  readonly name: string
  /** As it was written, for the lint. */
  readonly written: string
  readonly flags: readonly string[]
  /** What follows the flags, continuations joined, comments gone. */
  readonly rest: string
  readonly hereDocuments: readonly HereDocument[]
  /** Of the comment lines right above it, the text behind the #. */
  readonly comments: readonly string[]
  /** First and last line, from 1. */
  readonly line: number
  readonly endLine: number
}

/** What a build check found. */
export interface Warning {
  /** docker's name for it. */
  readonly rule: string
  readonly message: string
  readonly line: number
  readonly endLine: number
}

export interface Dockerfile {
  readonly directives: Directives
  readonly instructions: readonly RawInstruction[]
  readonly warnings: readonly Warning[]
  readonly lines: readonly string[]
}

/** A mistake in a Dockerfile: where it is, for the excerpt. */
export class DockerfileError extends EngineError {
  readonly line: number
  readonly endLine: number

  constructor(message: string, line: number, endLine = line) {
    super('build-failed', message)
    this.name = 'DockerfileError'
    this.line = line
    this.endLine = endLine
  }
}

export const INSTRUCTIONS = [
  'ADD',
  'ARG',
  'CMD',
  'COPY',
  'ENTRYPOINT',
  'ENV',
  'EXPOSE',
  'FROM',
  'HEALTHCHECK',
  'LABEL',
  'MAINTAINER',
  'ONBUILD',
  'RUN',
  'SHELL',
  'STOPSIGNAL',
  'USER',
  'VOLUME',
  'WORKDIR',
] as const

/** Throws DockerfileError. */
export function parseDockerfile(text: string): Dockerfile {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .map(line => line.replace(/\r$/, ''))
  if (text.trim() === '') throw new DockerfileError('the Dockerfile cannot be empty', 1)
  const reader = new Reader(lines, readDirectives(lines))
  const instructions = reader.all()
  if (instructions.length === 0) throw new DockerfileError('file with no instructions', 1)
  return { directives: reader.directives, instructions, warnings: reader.warnings, lines }
}

/** One instruction on its own, as an ONBUILD trigger keeps it. */
export function parseInstruction(text: string, line: number): RawInstruction {
  const reader = new Reader(text.split('\n'), { syntax: undefined, escape: '\\', check: readCheck('', line), count: 0 })
  const [instruction] = reader.all()
  if (!instruction) throw new DockerfileError('file with no instructions', line)
  return { ...instruction, line, endLine: line }
}

function readDirectives(lines: readonly string[]): Directives {
  const found = new Map<string, string>()
  for (const [index, line] of lines.entries()) {
    const match = /^\s*#\s*([A-Za-z][A-Za-z0-9]*)\s*=\s*(.*?)\s*$/.exec(line)
    const key = match?.[1]?.toLowerCase()
    if (!key || !['syntax', 'escape', 'check'].includes(key)) break
    if (found.has(key)) throw new DockerfileError(`only one ${key} parser directive can be used`, index + 1)
    found.set(key, match?.[2] ?? '')
  }
  const escape = found.get('escape') ?? '\\'
  if (escape !== '\\' && escape !== '`') {
    throw new DockerfileError(`invalid ESCAPE '${escape}'. Must be \` or \\`, 1)
  }
  const check = readCheck(found.get('check') ?? '', found.size)
  return { syntax: found.get('syntax'), escape, check, count: found.size }
}

function readCheck(text: string, line: number): CheckDirective {
  const settings = new Map<string, string>()
  for (const part of text.split(';').filter(piece => piece.trim() !== '')) {
    const at = part.indexOf('=')
    const name = part.slice(0, at).trim()
    if (at === -1) throw new DockerfileError(`invalid check option ${JSON.stringify(part)}`, line)
    if (!['skip', 'experimental', 'error'].includes(name)) {
      throw new DockerfileError(`invalid check option ${JSON.stringify(name)}`, line)
    }
    settings.set(name, part.slice(at + 1).trim())
  }
  const rules = (name: string) =>
    (settings.get(name) ?? '')
      .split(',')
      .map(rule => rule.trim())
      .filter(rule => rule !== '')
  const error = settings.get('error')
  if (error !== undefined && !/^(?:true|false|1|0)$/i.test(error)) {
    throw new DockerfileError(`failed to parse check option "error": ${JSON.stringify(error)} is no boolean`, line)
  }
  return { skip: rules('skip'), experimental: rules('experimental'), error: /^(?:true|1)$/i.test(error ?? '') }
}

class Reader {
  readonly directives: Directives
  readonly warnings: Warning[] = []
  readonly #lines: readonly string[]
  #next = 0

  constructor(lines: readonly string[], directives: Directives) {
    this.#lines = lines
    this.directives = directives
  }

  all(): RawInstruction[] {
    const instructions: RawInstruction[] = []
    let comments: string[] = []
    while (this.#next < this.#lines.length) {
      const first = this.#lines[this.#next]!
      const [, comment] = /^\s*#\s?(.*)$/.exec(first) ?? []
      if (comment !== undefined || first.trim() === '') {
        const isText = comment !== undefined && comment.trim() !== '' && this.#next >= this.directives.count
        comments = isText ? [...comments, comment.trim()] : []
        this.#next++
      } else {
        instructions.push(this.#instruction(comments))
        comments = []
      }
    }
    return instructions
  }

  #instruction(comments: readonly string[]): RawInstruction {
    const line = this.#next + 1
    const text = this.#logicalLine().trim()
    const [, written = '', after = ''] = /^(\S+)\s*([\s\S]*)$/.exec(text) ?? []
    const name = written.toUpperCase()
    const { flags, rest } = takeFlags(after, this.directives.escape)
    const takesHereDocuments = /^(RUN|COPY|ADD)$/.test(name) || /^ONBUILD$/.test(name)
    const hereDocuments = takesHereDocuments && !isJson(rest) ? this.#hereDocuments(rest, line) : []
    return { name, written, flags, rest: rest.trim(), hereDocuments, comments, line, endLine: this.#next }
  }

  /** Continuations joined without a blank; comment lines inside vanish, blank ones vanish with a warning. */
  #logicalLine(): string {
    const continued = this.directives.escape === '\\' ? /^(.*?)\\[ \t]*$/ : /^(.*?)`[ \t]*$/
    let text = ''
    let isFirst = true
    let hasEmpty = false
    for (;;) {
      const line = this.#lines[this.#next]
      if (line === undefined) return text
      this.#next++
      if (!isFirst && /^\s*#/.test(line)) continue
      if (!isFirst && line.trim() === '') {
        hasEmpty ||= this.#lines.slice(this.#next).some(later => later.trim() !== '')
        continue
      }
      isFirst = false
      const match = continued.exec(line)
      if (!match || endsEscaped(match[1] ?? '', this.directives.escape)) {
        if (hasEmpty) this.#warnEmpty()
        return text + line
      }
      text += match[1]
    }
  }

  #warnEmpty(): void {
    const message = 'Empty continuation line'
    this.warnings.push({ rule: 'NoEmptyContinuation', message, line: this.#next, endLine: this.#next })
  }

  #hereDocuments(rest: string, line: number): HereDocument[] {
    return findHereDocuments(rest).map(({ name, expands, stripsTabs }) => {
      const body: string[] = []
      for (;;) {
        const next = this.#lines[this.#next++]
        if (next === undefined) throw new DockerfileError('unterminated heredoc', line, this.#lines.length)
        const text = stripsTabs ? next.replace(/^\t+/, '') : next
        if (text === name) return { name, expands, body: body.map(part => `${part}\n`).join('') }
        body.push(text)
      }
    })
  }
}

/** The line's last character is an escape that is itself escaped. */
function endsEscaped(before: string, escape: string): boolean {
  let count = 0
  while (before[before.length - 1 - count] === escape) count++
  return count % 2 === 1
}

/** Leading words that begin with `--`; `--` alone ends them. Quotes in them are taken away, and what is escaped stands for itself. */
function takeFlags(text: string, escape: string): { flags: string[]; rest: string } {
  const flags: string[] = []
  let at = 0
  for (;;) {
    while (/\s/.test(text[at] ?? '')) at++
    if (!text.startsWith('--', at)) return { flags, rest: text.slice(at) }
    const { word, end } = readFlag(text, at, escape)
    at = end
    if (word === '--') return { flags, rest: text.slice(at).trimStart() }
    flags.push(word)
  }
}

function readFlag(text: string, from: number, escape: string): { word: string; end: number } {
  let word = ''
  let quote = ''
  let at = from
  for (; at < text.length; at++) {
    const character = text[at]!
    if (character === escape) word += text[++at] ?? ''
    else if (character === quote) quote = ''
    else if (quote === '' && (character === '"' || character === "'")) quote = character
    else if (quote === '' && /\s/.test(character)) break
    else word += character
  }
  return { word, end: at }
}

function isJson(text: string): boolean {
  return text.trimStart().startsWith('[')
}

/** `[n]<<[-]["']WORD["']` outside quotes; `<<<` and `$((1<<2))` are none. */
export function findHereDocuments(text: string): { name: string; expands: boolean; stripsTabs: boolean }[] {
  const found: { name: string; expands: boolean; stripsTabs: boolean }[] = []
  for (const word of shellWords(text)) {
    const match = /^\d*<<(-?)(?:"([^"<]+)"|'([^'<]+)'|([^\s<"'()]+))$/.exec(word)
    if (!match) continue
    const name = match[2] ?? match[3] ?? match[4] ?? ''
    found.push({ name, expands: match[4] !== undefined, stripsTabs: match[1] === '-' })
  }
  return found
}

/** Words at blanks outside quotes, quotes kept. */
function shellWords(text: string): string[] {
  return text.match(/(?:[^\s"'\\]|\\[\s\S]|"(?:[^"\\]|\\[\s\S])*"?|'[^']*'?)+/g) ?? []
}
