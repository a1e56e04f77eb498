import { SysError } from '../kernel/errno.ts'
import { decode } from '../lib/bytes.ts'
import { flag, parseNumber, text } from '../lib/options.ts'
import { textWidth } from '../lib/width.ts'
import { applet } from './applet.ts'
import { openEach } from './operands.ts'

/** expand, POSIX XCU, with one tab width. */
export default applet({
  name: 'expand',
  about: 'Turn the tabs of FILEs, or stdin, into spaces',
  operands: '[FILE]...',
  options: {
    initial: flag('-i --initial', 'Only tabs before the first other character'),
    tabs: text('-t --tabs', 'N', 'Tab stops every N columns', '8'),
  },
  async main(invocation) {
    const { proc, options, warn } = invocation
    const tabs = parseNumber(options.tabs, { least: 1 })
    for await (const input of openEach(invocation, invocation.operands)) {
      try {
        for await (const batch of input.batches()) {
          const lines = decode(batch).split('\n')
          await proc.stdout.write(lines.map(line => expandLine(line, tabs, options.initial)).join('\n'))
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

function expandLine(line: string, tabs: number, isInitial: boolean): string {
  if (!line.includes('\t')) return line
  const parts = line.split('\t')
  let out = ''
  let column = 0
  for (const [index, part] of parts.entries()) {
    out += part
    column += textWidth(part)
    if (index === parts.length - 1) break
    if (isInitial && /[^ ]/.test(out)) return out + line.slice(parts.slice(0, index + 1).join('\t').length)
    const spaces = tabs - (column % tabs)
    out += ' '.repeat(spaces)
    column += spaces
  }
  return out
}
