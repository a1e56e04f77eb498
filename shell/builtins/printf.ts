import { formatPrintf } from '../../applets/printf.ts'
import { builtin } from './builtin.ts'
import { print } from './print.ts'

export default builtin({
  name: 'printf',
  pure: true,
  raw: true,
  about: 'Print operands by a format, as C does',
  operands: 'FORMAT [ARG]...',
  main({ shell, operands }) {
    const args = operands[0] === '--' ? operands.slice(1) : operands
    if (args.length === 0) {
      shell.say('Usage: printf FORMAT [ARG]...\n')
      return 1
    }
    const { text, complaints } = formatPrintf(args)
    for (const complaint of complaints) shell.complainBriefly(complaint)
    return print(shell, text, complaints.length === 0 ? 0 : 1)
  },
})
