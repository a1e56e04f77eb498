import { evaluateTest, TestError } from '../../../applets/test.ts'
import { builtin } from '../../builtins/builtin.ts'
import type { Shell } from '../../shell.ts'
import { isOptionOn, isSet } from '../conditional.ts'

export const test = builtin({
  name: 'test',
  pure: true,
  raw: true,
  about: 'Test files, texts, numbers and variables',
  operands: 'EXPRESSION',
  main: ({ shell, operands }) => judge(shell, operands),
})

export const bracket = builtin({
  name: '[',
  pure: true,
  raw: true,
  about: 'Test files, texts, numbers and variables',
  operands: 'EXPRESSION ]',
  main({ shell, operands }) {
    if (operands.at(-1) === ']') return judge(shell, operands.slice(0, -1))
    shell.complain("missing `]'")
    return 2
  },
})

function judge(shell: Shell, words: readonly string[]): number {
  const isNegated = words.length === 3 && words[0] === '!'
  const [operator, operand] = isNegated ? words.slice(1) : words
  if (operand !== undefined && (words.length === 2 || isNegated)) {
    const answer =
      operator === '-v' ? isSet(shell, operand) : operator === '-o' ? isOptionOn(shell, operand) : undefined
    const reference = operator === '-R' ? shell.variables.lookup(operand)?.traits?.target !== undefined : undefined
    const found = answer ?? reference
    if (found !== undefined) return found !== isNegated ? 0 : 1
  }
  try {
    return evaluateTest(words, shell.proc) ? 0 : 1
  } catch (error) {
    if (!(error instanceof TestError)) throw error
    shell.complain(error.message)
    return 2
  }
}
