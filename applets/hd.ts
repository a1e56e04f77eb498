import { flag, number, parseBasedNumber, text } from '../lib/options.ts'
import { applet } from './applet.ts'
import { CANONICAL, hexdumpFiles } from './hexdump-files.ts'

/** hd: hexdump -C. */
export default applet({
  name: 'hd',
  about: 'Print FILEs, or stdin, sixteen bytes a line, in hexadecimal and as characters',
  operands: '[FILE]...',
  options: {
    all: flag('-v', 'Print lines that equal the one before, not a *'),
    limit: number('-n', 'LENGTH', 'Stop after LENGTH bytes', undefined, { hasSuffix: true }),
    skip: text('-s', 'OFFSET', 'Begin after OFFSET bytes', '0'),
  },
  async main(invocation) {
    const { all, limit, skip } = invocation.options
    await hexdumpFiles(invocation, invocation.operands, {
      formats: CANONICAL,
      showsAll: all,
      skip: parseBasedNumber(skip),
      limit,
    })
  },
})
