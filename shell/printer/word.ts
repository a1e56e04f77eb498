import { sourceOf } from '../parser/word-source.ts'
import type { List, Parameter, ParameterOperation, Word, WordPart } from '../syntax.ts'

/** How the inside of `$(...)` is written; the caller knows commands, this file only words. */
export type PrintList = (list: List) => string

/** What surrounds a word, and so what must be quoted in it and how. */
type Around = 'token' | 'brace' | 'replace' | 'quoted-brace' | 'arithmetic' | 'bound' | 'index'

/** A word as shell text that reads back as the same parts. */
export function printWord(word: Word, printList: PrintList, around: Around = 'token'): string {
  const source = around === 'token' ? sourceOf(word) : undefined
  if (source !== undefined) return source
  const isOpen = around === 'token' || around === 'brace' || around === 'replace' || around === 'index'
  const parts = word.parts.map((part, index) => {
    if (part.kind === 'literal') return printLiteral(part.text, part.quoted, around)
    const isBeforeLiteral = word.parts[index + 1]?.kind === 'literal'
    const text = printExpansion(part, printList, isBeforeLiteral)
    return isOpen && part.kind !== 'process-substitution' && part.quoted ? `"${text}"` : text
  })
  return parts.join('')
}

function printLiteral(text: string, quoted: boolean, around: Around): string {
  switch (around) {
    case 'token':
    case 'brace':
    case 'replace':
      return quoted ? singleQuote(text) : text
    case 'quoted-brace':
      return text.replace(/[$`"\\}]/g, '\\$&')
    case 'arithmetic':
      return text.replace(/[$`\\]/g, '\\$&')
    case 'bound':
      return /[:}()"]/.test(text) ? doubleQuote(text) : escapeQuoted(text)
    case 'index':
      return quoted ? singleQuote(text) : text
  }
}

function escapeQuoted(text: string): string {
  return text.replace(/[$`"\\]/g, '\\$&')
}

function doubleQuote(text: string): string {
  return `"${escapeQuoted(text)}"`
}

/** Nothing but the single quote itself needs care in single quotes. */
export function singleQuote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}

/** A part that is not text, without the quotes it may stand in. */
export function printExpansion(
  part: Exclude<WordPart, { kind: 'literal' }>,
  printList: PrintList,
  isBeforeLiteral: boolean,
): string {
  switch (part.kind) {
    case 'parameter':
      return printParameter(part, printList, isBeforeLiteral)
    case 'command-substitution':
      return `$(${padded(printList(part.body))})`
    case 'process-substitution':
      return `${part.operator}(${printList(part.body)})`
    case 'arithmetic':
      return printArithmetic(part.expression, printWord(part.expression, printList, 'arithmetic'))
  }
}

/** bash: what `))` would not end, or end too early, can only have stood in `$[ ]`. */
function printArithmetic({ parts }: Word, expression: string): string {
  const text = `${parts.map(part => (part.kind === 'literal' ? part.text : 'x')).join('')}))`
  let open = 0
  for (let at = 0; at < text.length - 2; at++) {
    if (text[at] === '(') open++
    if (open === 0 && text.startsWith('))', at)) return `$[${expression}]`
    if (text[at] === ')' && open > 0) open--
  }
  return open > 0 ? `$[${expression}]` : `$((${expression}))`
}

/** `$( (a) )`: without the blank it would be arithmetic. */
function padded(list: string): string {
  return list.startsWith('(') ? ` ${list}` : list
}

/** `$x` before more letters would be another name, and `$10` is `${1}0`. */
function printParameter(part: Parameter, printList: PrintList, isBeforeLiteral: boolean): string {
  const braces = isBeforeLiteral || /^[0-9]{2}/.test(part.name)
  const { operation } = part
  const index = part.index === undefined ? '' : `[${printWord(part.index, printList, 'index')}]`
  if (operation === undefined) return braces || index !== '' ? `\${${part.name}${index}}` : `$${part.name}`
  return printOperation(`${part.indirect ? '!' : ''}${part.name}${index}`, operation, part.quoted, printList)
}

function printOperation(name: string, operation: ParameterOperation, quoted: boolean, printList: PrintList): string {
  const value = (word: Word, around: Around) => printWord(word, printList, around)
  switch (operation.kind) {
    case 'bad':
      return `\${${operation.text}}`
    case 'length':
      return `\${#${name}}`
    case 'default': {
      const operator = operation.colon ? `:${operation.operator}` : operation.operator
      return `\${${name}${operator}${value(operation.word, quoted ? 'quoted-brace' : 'brace')}}`
    }
    case 'trim':
      return `\${${name}${operation.operator}${value(operation.pattern, 'brace')}}`
    case 'substring': {
      const length = operation.length === undefined ? '' : `:${value(operation.length, 'bound')}`
      return `\${${name}:${value(operation.start, 'bound')}${length}}`
    }
    case 'replace':
      return printReplace(name, operation, printList)
    case 'case':
      return `\${${name}${operation.operator}${operation.pattern ? value(operation.pattern, 'brace') : ''}}`
    case 'indirect':
    case 'keys':
      return `\${!${name}}`
    case 'names':
      return `\${!${name}${operation.operator}}`
    case 'transform':
      return `\${${name}@${operation.operator}}`
  }
}

/** Without a text there is no second slash: after an empty pattern it would be the pattern. */
function printReplace(
  name: string,
  operation: Extract<ParameterOperation, { kind: 'replace' }>,
  printList: PrintList,
): string {
  const pattern = printWord(operation.pattern, printList, 'replace')
  const text = operation.text.parts.length === 0 ? '' : `/${printWord(operation.text, printList, 'brace')}`
  return `\${${name}${operation.operator}${pattern}${text}}`
}
