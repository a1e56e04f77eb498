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
    const { depth, line } = shell
    const leavesStack = shell.descend()
    const end = (done: Finished): Finished => {
      shell.depth = depth
      return done
    }
    const run = (): Completion => runText(shell, operands.join(' '), { line })
    return andThen(leavesStack ? Promise.resolve().then(run) : run(), end)
  },
})
