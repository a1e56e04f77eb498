import type { HereDocument } from '../syntax.ts'
import { type PrintList, printExpansion } from './word.ts'

/** The lines of a here-document, without its delimiter's. */
export function printDocumentBody(document: HereDocument, printList: PrintList): string {
  let text = ''
  const { parts } = document.body
  parts.forEach((part, index) => {
    if (part.kind !== 'literal') {
      text += printExpansion(part, printList, parts[index + 1]?.kind === 'literal')
    } else if (document.expands) {
      text += printLines(part.text, document, text === '' || text.endsWith('\n'))
    } else {
      text += part.text
    }
  })
  return text
}

/** A line that would be the delimiter, or lose its tabs, was joined from two by a backslash, and is so again: behind a tab that it may lose. */
function printLines(text: string, document: HereDocument, atStart: boolean): string {
  const lines = text.replace(/[$`\\]/g, '\\$&').split('\n')
  return lines
    .map((line, index) => {
      if (index === 0 && !atStart) return line
      const isLast = index === lines.length - 1
      if (document.stripsTabs && line.startsWith('\t')) return `\t\\\n${line}`
      return line === document.delimiter && !isLast ? `${line}\\\n` : line
    })
    .join('\n')
}
