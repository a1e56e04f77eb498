import { evaluateText } from '../expand/arithmetic.ts'
import { ExpansionError } from '../expansion-error.ts'
import { builtin } from './builtin.ts'

/** Fails when the last expression is 0. */
export default builtin({
  name: 'let',
  pure: true,
  raw: true,
  about: 'Evaluate arithmetic expressions',
  operands: 'EXPRESSION...',
  main({ shell, operands }) {
    if (operands.length === 0) throw new ExpansionError('expression expected')
    let value: number | bigint = 0
    for (const operand of operands) value = evaluateText(shell, operand)
    return BigInt(value) === 0n ? 1 : 0
  },
})
