import { SysError } from '../kernel/errno.ts'
import { decode } from '../lib/bytes.ts'
import { flag, parseNumber, text } from '../lib/options.ts'
import { codePointWidth } from '../lib/width.ts'
import { applet } from './applet.ts'
import { openEach } from './operands.ts'

/** unexpand, POSIX XCU, with one tab width. */
export default applet({
  name: 'unexpand',
  about: 'Turn the blanks of FILEs, or stdin, into tabs where a tab would do',
  operands: '[FILE]...',
  options: {
    all: flag('-a --all', 'All blanks, not only the first of a line'),
    first: flag('-f --first-only', 'Only the first blanks of a line, in spite of -t'),
    tabs: text('-t --tabs', 'N', 'Tab stops every N columns; as -a'),
  },
  async main(invocation) {
    const { proc, options, warn } = invocation
    // busybox 1.37: -t means -a, and -f wins over both.
    const isAll = (options.all || options.tabs !== undefined) && !options.first
    const tabs = parseNumber(options.tabs ?? '8', { least: 1 })
    for await (const input of openEach(invocation, invocation.operands)) {
      try {
        for await (const batch of input.batches()) {
          const lines = decode(batch).split('\n')
          await proc.stdout.write(lines.map(line => unexpandLine(line, tabs, isAll)).join('\n'))
          const pause = proc.gate()
          if (pause) await pause
        }
      } catch (error) {
        if (!(error instanceof SysError) || error.errno !== 'EISDIR') throw error
        warn(`${input.name}: Input/output error`)
      }
    }
  },
})

function unexpandLine(line: string, tabs: number, isAll: boolean): string {
  let out = ''
  let column = 0
  let blanksFrom = 0
  let typed = ''
  let hasBlanks = false
  let isInitial = true
  for (const character of line) {
    if (character === ' ' || character === '\t') {
      if (!hasBlanks) [blanksFrom, typed] = [column, '']
      typed += character
      hasBlanks = true
      column += character === ' ' ? 1 : tabs - (column % tabs)
      continue
    }
    if (hasBlanks) out += isAll || isInitial ? blanks(blanksFrom, column, tabs) : typed
    // busybox: without -a it is the first blanks that count, even behind a word.
    if (hasBlanks) isInitial = false
    hasBlanks = false
    out += character
    column += codePointWidth(character.codePointAt(0)!)
  }
  if (!hasBlanks) return out
  return out + (isAll || isInitial ? blanks(blanksFrom, column, tabs) : typed)
}

function blanks(from: number, to: number, tabs: number): string {
  let out = ''
  let column = from
  for (let stop = column + tabs - (column % tabs); stop <= to; stop += tabs) {
    out += '\t'
    column = stop
  }
  return out + ' '.repeat(to - column)
}
