import { andThen, type Completion, type Finished } from '../run/completion.ts'
import { runText } from '../run/text.ts'
import { builtin } from './builtin.ts'

export default builtin({
  name: 'eval',
  special: true,
  raw: true,
  about: 'Run the operands, joined by blanks, as a command',
  operands: '[WORD]...',
  main({ shell, operands }) {
    // differs: ash takes `--` for the command (POSIX XBD 12.2, guideline 10).
    const words = operands[0] === '--' ? operands.slice(1) : operands
    const { depth, line } = shell
    const leavesStack = shell.descend()
    const end = (done: Finished): Finished => {
      shell.depth = depth
      return done
    }
    const run = (): Completion => runText(shell, words.join(' '), { line })
    return andThen(leavesStack ? Promise.resolve().then(run) : run(), end)
  },
})
