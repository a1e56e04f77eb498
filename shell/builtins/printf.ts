import { formatPrintf, type PrintedPiece } from '../../applets/printf.ts'
import type { Shell } from '../shell.ts'
import { builtin } from './builtin.ts'
import { print } from './print.ts'

/** differs: ash takes 0 for what is no number; POSIX XCU printf the number so far, or the nearest, and 0 for what is not there. */
const NUMBERS = { keepsNumber: true }

export default builtin({
  name: 'printf',
  pure: true,
  raw: true,
  about: 'Print operands by a format, as C does',
  operands: 'FORMAT [ARG]...',
  text(_, operands) {
    const [format] = operands
    if (format === undefined || format.startsWith('-')) return undefined
    const { text, complaints } = formatPrintf(operands, undefined, NUMBERS)
    return complaints.length === 0 ? text : undefined
  },
  main({ shell, operands }) {
    const args = operands[0] === '--' ? operands.slice(1) : operands
    if (args.length === 0) {
      shell.complainBriefly('usage: printf FORMAT [ARGUMENT...]')
      return 2
    }
    const { text, complaints, pieces } = formatPrintf(args, undefined, NUMBERS)
    if (complaints.length === 0) return print(shell, text)
    return printPieces(shell, pieces)
  },
})

/** What is complained of comes between what is printed. */
async function printPieces(shell: Shell, pieces: readonly PrintedPiece[]): Promise<number> {
  for (const { text, complaint } of pieces) {
    await shell.proc.stdout.write(text)
    await shell.proc.stdout.flush()
    if (complaint === undefined) continue
    shell.complainBriefly(complaint)
    await shell.proc.stderr.flush()
  }
  return 1
}
