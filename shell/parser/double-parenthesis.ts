/** Whether a `)` directly follows the one that closes the parenthesis before `at`; the end of the text is no proof against it. */
export function closesTwice(text: string, at: number): boolean {
  let open = 1
  PIECE.lastIndex = at
  for (let match = PIECE.exec(text); match; match = PIECE.exec(text)) {
    if (match[0] === '(') open++
    else if (match[0] === ')' && --open === 0) return AFTER.test(text.slice(match.index + 1, match.index + 100))
  }
  return true
}

/** What is quoted is passed over; a quote that is not closed is a character. */
const PIECE = /\\.|'[^']*'|"(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`|[()]/gs
const AFTER = /^(?:\\\n)*(?:\)|$)/
