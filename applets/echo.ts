import { unescapeText } from '../lib/escapes.ts'
import { applet } from './applet.ts'

export default applet({
  name: 'echo',
  about: 'Print the operands, with blanks between',
  operands: '[-neE] [WORD]...',
  raw: true,
  notes: ['\t-n  No newline at the end', '\t-e  Backslash escapes mean something', '\t-E  They do not (default)'],
  async main({ proc, operands }) {
    await proc.stdout.write(echoText(operands))
  },
})

/** What echo prints. Synchronous and quick: the shell runs it in its loops. */
export function echoText(words: readonly string[]): string {
  // Most calls have no option: nothing is copied then.
  if (words.length === 0) return '\n'
  if (words[0]!.charCodeAt(0) !== 45) return words.length === 1 ? `${words[0]!}\n` : `${words.join(' ')}\n`
  return echoWithOptions(words)
}

/** busybox: a word is only an option when all of its letters are; `-nq` is printed. */
function echoWithOptions(words: readonly string[]): string {
  let at = 0
  let isEscaped = false
  let end = '\n'
  for (; at < words.length && /^-[neE]+$/.test(words[at]!); at++) {
    for (const letter of words[at]!.slice(1)) {
      if (letter === 'n') end = ''
      else isEscaped = letter === 'e'
    }
  }
  const text = words.slice(at).join(' ')
  if (!isEscaped) return text + end
  const unescaped = unescapeText(text, { zeroOctal: true })
  return unescaped.isEnd ? unescaped.text : unescaped.text + end
}
