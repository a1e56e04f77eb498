// Changes of lines and characters that are no deletion: J, < and >, r, ~.

import type { Key } from '../raw-terminal.ts'
import { ESCAPE } from './keys.ts'
import type { Session } from './session.ts'
import type { Settings } from './settings.ts'

/** POSIX: one blank between them, but none before `)` and none behind a blank. */
export function joinLines(session: Session, line: number, count: number): void {
  const { buffer } = session
  const last = Math.min(session.lastLine, line + Math.max(1, count - 1))
  if (last === line) {
    session.beep()
    return
  }
  session.change(() => {
    let text = buffer.line(line)
    let column = text.length
    for (let next = line + 1; next <= last; next++) {
      const added = buffer.line(next).trimStart()
      column = text.length
      text += (text === '' || /\s$/.test(text) || added.startsWith(')') || added === '' ? '' : ' ') + added
    }
    buffer.replace(line, last - line + 1, [text])
    session.moveTo({ line, column: Math.max(0, Math.min(column, text.length - 1)) })
  })
}

/** By `shiftwidth`. */
export function shiftLines(session: Session, from: number, to: number, direction: 1 | -1): void {
  const { buffer, settings } = session
  const shift = direction === 1 ? indented : outdented
  const lines = buffer.slice(from, to + 1).map(line => shift(line, settings))
  session.change(() => buffer.replace(from, lines.length, lines))
  session.moveToLine(from)
}

function indented(line: string, settings: Settings): string {
  return line === '' ? line : indent(settings.shiftWidth, settings) + line
}

function outdented(line: string, { shiftWidth, tabStop }: Settings): string {
  let column = 0
  let at = 0
  while (column < shiftWidth && (line[at] === ' ' || line[at] === '\t')) {
    column += line[at] === ' ' ? 1 : tabStop - (column % tabStop)
    at++
  }
  return line.slice(at)
}

/** So many columns, of tabs as far as they go. */
export function indent(width: number, { expandTab, tabStop }: Settings): string {
  return expandTab ? ' '.repeat(width) : '\t'.repeat(Math.floor(width / tabStop)) + ' '.repeat(width % tabStop)
}

/** What a new line below or above begins with. */
export function indentOf(line: string, { autoIndent }: Settings): string {
  return autoIndent ? (/^\s*/.exec(line)?.[0] ?? '') : ''
}

/** By a newline: the characters are gone, and the line is broken there once. */
export function replaceCharacters(session: Session, key: Key, count: number): void {
  const { buffer, text } = session
  const { line, column } = session.cursor
  if (key === ESCAPE) return
  if (column + count > text.length) {
    session.beep()
    return
  }
  const [before, rest] = [text.slice(0, column), text.slice(column + count)]
  const isNewline = key === '\r' || key === '\n'
  session.change(() => buffer.replace(line, 1, isNewline ? [before, rest] : [before + key.repeat(count) + rest]))
  session.moveTo(isNewline ? { line: line + 1, column: 0 } : { line, column: column + count - 1 })
}

export function swapCase(session: Session, count: number): void {
  const { buffer, text } = session
  const { line, column } = session.cursor
  const end = Math.min(text.length, column + count)
  const swapped = Array.from(text.slice(column, end), character =>
    character === character.toLowerCase() ? character.toUpperCase() : character.toLowerCase(),
  ).join('')
  session.change(() => buffer.replace(line, 1, [text.slice(0, column) + swapped + text.slice(end)]))
  session.moveTo({ line, column: Math.min(end, Math.max(0, text.length - 1)) })
}
