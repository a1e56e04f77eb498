import { UsageError } from '../lib/options.ts'
import { primeFactors } from '../lib/prime-factors.ts'
import { applet } from './applet.ts'

const MOST = 2n ** 64n

/** factor, as in busybox: numbers below 2^64. */
export default applet({
  name: 'factor',
  about: 'Print the prime factors of NUMBERs, or of the numbers on stdin',
  operands: '[NUMBER]...',
  async main({ proc, operands }) {
    const show = async (word: string) => {
      const match = /^\s*\+?(\d+)$/.exec(word)
      const number = match ? BigInt(match[1]!) : MOST
      if (number >= MOST) throw new UsageError('')
      await proc.stdout.line(
        `${number}:${primeFactors(number)
          .map(factor => ` ${factor}`)
          .join('')}`,
      )
      const pause = proc.gate()
      if (pause) await pause
    }
    for (const word of operands) await show(word)
    if (operands.length > 0) return
    for await (const line of proc.stdin.lines()) {
      // busybox: a word ends at a NUL, as any text of C.
      for (const word of line.split(/\s+/)) if (word !== '') await show(word.replace(/\0.*$/s, ''))
    }
  },
})
