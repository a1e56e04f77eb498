import { decode } from '../lib/bytes.ts'
import { number, text } from '../lib/options.ts'
import { applet } from './applet.ts'
import { openEach, untilRefused } from './operands.ts'

/** nl, POSIX XCU, without logical pages, as busybox has it. */
export default applet({
  name: 'nl',
  about: 'Print FILEs, or stdin, with line numbers',
  operands: '[FILE]...',
  options: {
    style: text('-b', 'STYLE', 'Which lines are numbered: a all, t those that are not empty, n none', 't'),
    increment: number('-i', 'N', 'Count by N', 1),
    separator: text('-s', 'STRING', 'What stands between number and line', '\t'),
    first: number('-v', 'N', 'Begin with N', 1),
    width: number('-w', 'N', 'Columns of the number', 6),
  },
  async main(invocation) {
    const { proc, options } = invocation
    const { style, increment, separator, first, width } = options
    const blank = ' '.repeat(width + separator.length)
    let line = first
    for await (const input of openEach(invocation, invocation.operands)) {
      for await (const batch of untilRefused(input.batches())) {
        const lines = decode(batch).split('\n')
        const rest = lines.pop()
        let out = ''
        const add = (text: string) => {
          if (style !== 'a' && (style !== 't' || text === '')) out += blank + text
          else {
            out += String(line).padStart(width) + separator + text
            line += increment
          }
        }
        for (const text of lines) {
          add(text)
          out += '\n'
        }
        if (rest) {
          add(rest)
          out += '\n'
        }
        await proc.stdout.write(out)
        const pause = proc.gate()
        if (pause) await pause
      }
    }
  },
})
