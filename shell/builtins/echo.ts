import { builtin } from './builtin.ts'
import { unescape } from './escapes.ts'
import { print } from './print.ts'

export default builtin({
  name: 'echo',
  pure: true,
  raw: true,
  about: 'Print the operands, joined by blanks',
  operands: '[-neE] [WORD]...',
  main({ shell, operands }) {
    const [first] = operands
    if (first === undefined || first.charCodeAt(0) !== 45) return print(shell, `${joined(operands)}\n`)
    let at = 0
    let isEscaped = false
    let end = '\n'
    for (; at < operands.length && /^-[neE]+$/.test(operands[at]!); at++) {
      for (const letter of operands[at]!.slice(1)) {
        if (letter === 'n') end = ''
        else isEscaped = letter === 'e'
      }
    }
    const text = joined(operands.slice(at))
    if (!isEscaped) return print(shell, text + end)
    const unescaped = unescape(text, { zeroOctal: true })
    return print(shell, unescaped.isEnd ? unescaped.text : unescaped.text + end)
  },
})

function joined(words: readonly string[]): string {
  return words.length === 1 ? words[0]! : words.join(' ')
}
