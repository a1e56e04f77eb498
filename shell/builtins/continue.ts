import { ExpansionError } from '../expansion-error.ts'
import { builtin, parseCount } from './builtin.ts'

/** Outside of a loop it does nothing (busybox); a number beyond the loops there are means the outermost. */
export default builtin({
  name: 'continue',
  special: true,
  pure: true,
  raw: true,
  about: 'Begin the next turn of the Nth loop',
  operands: '[N]',
  main({ shell, operands }) {
    const loops = operands[0] === undefined ? 1 : parseCount(operands[0])
    if (loops === 0) throw new ExpansionError(`Illegal number: ${operands[0]}`)
    return shell.loops === 0 ? 0 : { to: 'continue', loops: Math.min(loops, shell.loops) }
  },
})
