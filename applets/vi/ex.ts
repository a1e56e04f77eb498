// The commands behind `:`.

import { SysError } from '../../kernel/errno.ts'
import { compileRegex, RegexError } from '../../lib/regex/index.ts'
import { replacementParts } from '../sed/parser.ts'
import { substitute } from '../sed/substitute.ts'
import type { ExHost } from './ex-host.ts'
import { ExError, parseRange, type Range } from './ex-range.ts'
import { copySpan, deleteSpan, putRegister, spanLines } from './operator.ts'
import { applySettings } from './settings.ts'

/** Runs one command line; what goes wrong is said in the last row. */
export async function runEx(editor: ExHost, text: string): Promise<void> {
  try {
    await run(editor, text.replace(/^[:\s]+/, ''))
  } catch (error) {
    if (error instanceof ExError || error instanceof RegexError) editor.message = error.message
    else if (error instanceof SysError) editor.message = `'${editor.buffer.name ?? ''}' ${error.message}`
    else throw error
  }
}

async function run(editor: ExHost, text: string): Promise<void> {
  const context = {
    buffer: editor.buffer,
    cursor: editor.cursor,
    search: (pattern: string, direction: 1 | -1) => editor.searchFrom(pattern, direction)?.line,
  }
  const { range, rest } = parseRange(text, context)
  const command = /^\s*([a-zA-Z]+|[!=&<>]|)(!?)\s*(.*)$/.exec(rest)
  const [, word = '', bang = '', argument = ''] = command ?? []
  // `s/a/b/`: the delimiter follows the letter at once.
  if (/^\s*s[^\w\s]/.test(rest)) return substituteLines(editor, range, rest.trimStart().slice(1))
  const isForced = bang === '!'
  if (word === '') {
    if (rest.trim() !== '') throw new ExError(`:${text}: not implemented`)
    if (range.count > 0) editor.moveToLine(range.to)
    return
  }
  const file = argument.trim()
  switch (COMMANDS.get(word)) {
    case 'write':
      return write(editor, range, { file, isForced })
    case 'writeQuit':
      await write(editor, range, { file, isForced })
      return editor.quit()
    case 'exit':
      if (editor.buffer.isModified) await write(editor, range, { file, isForced })
      return editor.quit()
    case 'quit':
      requireSaved(editor, isForced)
      if (editor.hasMoreFiles && !isForced) throw new ExError(`${editor.remainingFiles} more file(s) to edit`)
      return editor.quit()
    case 'edit':
      requireSaved(editor, isForced)
      return editor.openFile(expandName(editor, file) || editor.buffer.name)
    case 'read':
      return readIn(editor, range, argument)
    case 'delete': {
      editor.change(() => {
        editor.store(copySpan(editor.buffer, spanLines(editor.buffer, range.from, range.to)))
        deleteSpan(editor.buffer, spanLines(editor.buffer, range.from, range.to))
      })
      return editor.moveToLine(range.from)
    }
    case 'yank':
      editor.store(copySpan(editor.buffer, spanLines(editor.buffer, range.from, range.to)))
      editor.message = `Yank ${range.to - range.from + 1} lines`
      return
    case 'put': {
      const register = editor.fetch()
      if (register) {
        const at = { line: range.to, column: 0 }
        editor.change(() => editor.moveTo(putRegister(editor.buffer, at, register, { isBefore: false, count: 1 })))
      }
      return
    }
    case 'file':
      if (file !== '') editor.buffer.name = file
      editor.tellFile()
      return
    case 'set':
      editor.message = applySettings(editor.settings, file.split(/\s+/).filter(Boolean))
      return editor.redraw()
    case 'mark':
      editor.buffer.marks.set(file.slice(0, 1), { line: range.to, column: 0 })
      return
    case 'join':
      return editor.joinLines(range.from, Math.max(2, range.to - range.from + 1))
    case 'next':
    case 'previous':
    case 'rewind':
      requireSaved(editor, isForced)
      return editor.switchFile(COMMANDS.get(word) === 'next' ? 1 : COMMANDS.get(word) === 'previous' ? -1 : 'first')
    case 'shiftLeft':
    case 'shiftRight':
      return editor.shiftLines(range.from, range.to, COMMANDS.get(word) === 'shiftRight' ? 1 : -1)
    case 'line':
      editor.message = String((range.count === 0 ? editor.buffer.count - 1 : range.to) + 1)
      return
    case 'shell':
      return runShell(editor, range, argument)
    case 'substitute':
      return repeatSubstitution(editor, range)
    case 'undo':
      return editor.undo()
    case 'version':
      editor.message = 'vi of cowbox'
      return
    case undefined:
      throw new ExError(`:${text}: not implemented`)
  }
}

type CommandName =
  | ('write' | 'writeQuit' | 'exit' | 'quit' | 'edit' | 'read' | 'delete' | 'yank' | 'put' | 'file' | 'set' | 'mark')
  | ('join' | 'next' | 'previous' | 'rewind' | 'shiftLeft' | 'shiftRight' | 'line' | 'shell' | 'substitute' | 'undo')
  | 'version'

/** Each may be shortened, down to the number of letters given. */
const NAMES: readonly (readonly [word: string, least: number, name: CommandName])[] = [
  ['write', 1, 'write'],
  ['wn', 2, 'write'],
  ['wq', 2, 'writeQuit'],
  ['xit', 1, 'exit'],
  ['quit', 1, 'quit'],
  ['edit', 1, 'edit'],
  ['read', 1, 'read'],
  ['delete', 1, 'delete'],
  ['yank', 1, 'yank'],
  ['put', 2, 'put'],
  ['file', 1, 'file'],
  ['set', 2, 'set'],
  ['mark', 2, 'mark'],
  ['k', 1, 'mark'],
  ['join', 1, 'join'],
  ['next', 1, 'next'],
  ['previous', 1, 'previous'],
  ['rewind', 3, 'rewind'],
  ['undo', 1, 'undo'],
  ['version', 2, 'version'],
  ['substitute', 1, 'substitute'],
  ['&', 1, 'substitute'],
  ['<', 1, 'shiftLeft'],
  ['>', 1, 'shiftRight'],
  ['=', 1, 'line'],
  ['!', 1, 'shell'],
]

const COMMANDS = new Map(
  NAMES.flatMap(([word, least, name]) =>
    Array.from({ length: word.length - least + 1 }, (_, i): [string, CommandName] => [word.slice(0, least + i), name]),
  ),
)

function requireSaved(editor: ExHost, isForced: boolean): void {
  if (!isForced && editor.buffer.isModified) {
    throw new ExError(`No write since last change (:q! overrides)`)
  }
}

/** % is the current file's name. */
function expandName(editor: ExHost, name: string): string {
  return name.replaceAll('%', editor.buffer.name ?? '%')
}

async function write(
  editor: ExHost,
  range: Range,
  { file, isForced }: { file: string; isForced: boolean },
): Promise<void> {
  const isAppend = file.startsWith('>>')
  const given = expandName(editor, isAppend ? file.slice(2).trim() : file)
  const name = given === '' ? editor.buffer.name : given
  if (name === undefined) throw new ExError('No current filename')
  if (editor.buffer.isReadOnly && given === '' && !isForced) throw new ExError(`'${name}' is read only`)
  const isWhole = range.count === 0
  const [from, to] = isWhole ? [0, editor.buffer.count] : [range.from, range.to + 1]
  await editor.writeFile(name, editor.buffer.text(from, to), {
    isAppend,
    isForced: isForced || given === '' || given === editor.buffer.name,
    lines: to - from,
  })
  if (!isWhole || isAppend) return
  editor.buffer.name ??= name
  if (name === editor.buffer.name) editor.buffer.saved()
}

async function readIn(editor: ExHost, range: Range, argument: string): Promise<void> {
  const text = argument.startsWith('!')
    ? await editor.outputOf(expandName(editor, argument.slice(1)))
    : await editor.readText(expandName(editor, argument.trim()) || (editor.buffer.name ?? ''))
  const lines = text.replace(/\n$/, '').split('\n')
  editor.change(() => editor.buffer.replace(range.to + 1, 0, lines))
  editor.moveToLine(range.to + 1)
  editor.message = `Read ${lines.length} lines, ${text.length} chars`
}

async function runShell(editor: ExHost, range: Range, command: string): Promise<void> {
  const line = expandName(editor, command)
  if (range.count === 0) return editor.runShell(line)
  const output = await editor.outputOf(line, editor.buffer.text(range.from, range.to + 1))
  const lines = output === '' ? [] : output.replace(/\n$/, '').split('\n')
  editor.change(() => editor.buffer.replace(range.from, range.to - range.from + 1, lines))
  editor.moveToLine(range.from)
}

function substituteLines(editor: ExHost, range: Range, text: string): void {
  const delimiter = text[0]!
  const parts = text.slice(1).split(new RegExp(`(?<!\\\\)${delimiter.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')}`))
  const [source = '', replacement = '', flags = ''] = parts
  if (!/^[gicI&]*$/.test(flags.trim())) throw new ExError(`bad flags: ${flags}`)
  const pattern = source.replaceAll(`\\${delimiter}`, delimiter) || editor.lastPattern
  if (pattern === undefined) throw new ExError('No previous search')
  editor.lastPattern = pattern
  editor.lastSubstitution = {
    pattern,
    replacement: replacement.replaceAll(`\\${delimiter}`, delimiter),
    flags: flags.trim(),
  }
  repeatSubstitution(editor, range)
}

function repeatSubstitution(editor: ExHost, range: Range): void {
  const last = editor.lastSubstitution
  if (!last) throw new ExError('No previous substitution')
  const { pattern, replacement, flags } = last
  const regex = compileRegex(pattern, { syntax: 'basic', ignoreCase: editor.settings.ignoreCase || /i/i.test(flags) })
  const how = {
    pattern: regex,
    parts: replacementParts(replacement),
    occurrence: 1,
    isGlobal: flags.includes('g'),
    prints: false,
    executes: false,
    file: undefined,
  }
  let changed = 0
  let lastLine = range.to
  editor.change(() => {
    for (let line = range.from, end = range.to; line <= end; line++) {
      const result = substitute(editor.buffer.line(line), regex, how)
      if (result === undefined) continue
      const pieces = result.split('\n')
      editor.buffer.replace(line, 1, pieces)
      changed++
      lastLine = line
      line += pieces.length - 1
      end += pieces.length - 1
    }
  })
  if (changed === 0) throw new ExError('No match')
  editor.moveToLine(lastLine)
  if (changed > 1) editor.message = `${changed} substitutions on ${changed} lines`
}
