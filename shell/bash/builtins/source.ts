import { builtin } from '../../builtins/builtin.ts'
import shared from '../../builtins/source.ts'
import { inFrame } from '../frames.ts'

/** ash's, as a frame of the call stack. */
export default builtin({
  name: '.',
  aliases: ['source'],
  raw: true,
  about: 'Run the commands of a file in this shell',
  operands: 'FILE [ARG]...',
  main({ shell, argv, operands: words }) {
    const operands = words[0] === '--' ? words.slice(1) : words
    const [source] = operands
    if (source === undefined) {
      shell.complain(`${argv[0]}: filename argument required`)
      shell.say(`${argv[0]}: usage: ${argv[0]} filename [arguments]\n`)
      return 2
    }
    const frame = { name: 'source', line: shell.line, source, positional: shell.positional }
    return inFrame(shell, frame, () => shared.run(shell, ['.', ...operands]))
  },
})
