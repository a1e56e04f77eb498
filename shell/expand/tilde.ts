// Tilde expansion (POSIX XCU 2.6.1): which literals begin with a tilde-prefix, decided when a word is compiled.

import { SysError } from '../../kernel/errno.ts'
import { parseUsers } from '../../lib/accounts.ts'
import { decode } from '../../lib/bytes.ts'
import type { Shell } from '../shell.ts'
import type { Parameter, WordPart } from '../syntax.ts'

export type TildePlace = 'word' | 'assignment' | 'none'

/** A parameter's name that no script can write: `~`, `~user`. It is looked up as a home directory. */
export function isTilde(part: Parameter): boolean {
  return part.name.startsWith('~')
}

/** The parts with each tilde-prefix as a parameter of its own, quoted: what it gives is not split. */
export function withTildes(parts: readonly WordPart[], place: TildePlace): readonly WordPart[] {
  if (place === 'none') return parts
  return parts.flatMap((part, index) => {
    if (part.kind !== 'literal' || part.quoted || !part.text.includes('~')) return [part]
    const isFirst = index === 0
    const isLast = index === parts.length - 1
    return place === 'word' ? splitWord(part.text, isFirst, isLast) : splitAssignment(part.text, isFirst, isLast)
  })
}

function splitWord(text: string, isFirst: boolean, isLast: boolean): WordPart[] {
  const name = isFirst ? prefixOf(text, '/', isLast) : undefined
  return name === undefined ? [literal(text)] : [tilde(name), ...rest(text.slice(name.length))]
}

/** After the first `=` that the parser took off, and after each unquoted colon. */
function splitAssignment(text: string, isFirst: boolean, isLast: boolean): WordPart[] {
  const pieces = text.split(':')
  const parts: WordPart[] = []
  for (const [index, piece] of pieces.entries()) {
    if (index > 0) parts.push(literal(':'))
    const mayBegin = index > 0 || isFirst
    const isEnd = index < pieces.length - 1 || isLast
    const name = mayBegin ? prefixOf(piece, '/', isEnd) : undefined
    if (name === undefined) parts.push(...rest(piece))
    else parts.push(tilde(name), ...rest(piece.slice(name.length)))
  }
  return parts
}

function prefixOf(text: string, end: string, isWholeEnd: boolean): string | undefined {
  if (!text.startsWith('~')) return undefined
  const slash = text.indexOf(end)
  if (slash === -1 && !isWholeEnd) return undefined
  return slash === -1 ? text : text.slice(0, slash)
}

function rest(text: string): WordPart[] {
  return text === '' ? [] : [literal(text)]
}

function literal(text: string): WordPart {
  return { kind: 'literal', text, quoted: false }
}

function tilde(name: string): WordPart {
  return { kind: 'parameter', name, quoted: true, line: 0, offset: 0 }
}

/** HOME, or the home directory of a user in /etc/passwd; undefined: the tilde-prefix stands for itself. */
export function homeOf(shell: Shell, prefix: string): string | undefined {
  const home = prefix === '~' ? shell.variables.get('HOME') : undefined
  if (home !== undefined) return home
  const { uid } = shell.proc.credentials
  try {
    const users = parseUsers(decode(shell.proc.contentsOf('/etc/passwd')))
    // differs: without HOME ash leaves `~` as it is (POSIX XCU 2.6.1: unspecified).
    return users.find(user => (prefix === '~' ? user.uid === uid : user.name === prefix.slice(1)))?.home
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return undefined
  }
}
