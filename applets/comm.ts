import { SysError } from '../kernel/errno.ts'
import { compareBytes, encode } from '../lib/bytes.ts'
import { flag } from '../lib/options.ts'
import { applet, Failure } from './applet.ts'
import { chomp, LineReader } from './line-reader.ts'
import { openInput } from './operands.ts'

/** comm, POSIX XCU. */
export default applet({
  name: 'comm',
  about: 'Compare two sorted files: lines only in FILE1, only in FILE2, and in both',
  operands: 'FILE1 FILE2',
  least: 2,
  most: 2,
  options: {
    no1: flag('-1', 'Leave out lines that only FILE1 has'),
    no2: flag('-2', 'Leave out lines that only FILE2 has'),
    no3: flag('-3', 'Leave out lines that both have'),
  },
  async main({ proc, options, operands }) {
    const readers = []
    for (const name of operands) {
      try {
        readers.push(new LineReader(await openInput(proc, name)))
      } catch (error) {
        if (!(error instanceof SysError)) throw error
        throw new Failure(`${name}: ${error.message}`)
      }
    }
    const [first, second] = readers
    const tabs = ['', options.no1 ? '' : '\t', `${options.no1 ? '' : '\t'}${options.no2 ? '' : '\t'}`].map(encode)
    const hidden = [options.no1, options.no2, options.no3]
    const show = async (column: 0 | 1 | 2, line: Uint8Array) => {
      if (hidden[column]) return
      await proc.stdout.write(tabs[column]!.slice())
      await proc.stdout.write(chomp(line).slice())
      await proc.stdout.write('\n')
    }
    let a = await first!.next()
    let b = await second!.next()
    while (a || b) {
      const order = !a ? 1 : !b ? -1 : compareBytes(chomp(a), chomp(b))
      if (order < 0) await show(0, a!)
      else if (order > 0) await show(1, b!)
      else await show(2, a!)
      if (order <= 0) a = await first!.next()
      if (order >= 0) b = await second!.next()
      const pause = proc.gate()
      if (pause) await pause
    }
  },
})
