import type { Process } from '../kernel/process.ts'
import { encode } from '../lib/bytes.ts'
import { flag, text, UsageError } from '../lib/options.ts'
import { applet } from './applet.ts'
import { DecimalCounter } from './decimal-counter.ts'

/** A negative number looks like an option, so the operands are found by hand. */
export default applet({
  name: 'seq',
  about: 'Print numbers from FIRST to LAST by INC',
  operands: '[FIRST [INC]] LAST',
  raw: true,
  options: {
    width: flag('-w', 'Zeros before, so that all are as wide'),
    separator: text('-s', 'SEP', 'Between numbers, instead of a newline'),
  },
  async main({ proc, operands: words }) {
    let separator = '\n'
    let isPadded = false
    const numbers: string[] = []
    for (let at = 0; at < words.length; at++) {
      const word = words[at]!
      if (/^[-+]?(\d|\.\d)/.test(word)) numbers.push(word)
      else if (word === '-w') isPadded = true
      else if (word === '-s') separator = words[++at] ?? ''
      else if (word.startsWith('-s')) separator = word.slice(2)
      else if (word === '--') continue
      else if (word.startsWith('-') && word.length > 1) throw new UsageError(`invalid option -- '${word[1]}'`)
      else throw new UsageError('')
    }
    if (numbers.length === 0 || numbers.length > 3) throw new UsageError('')
    for (const word of numbers) if (!NUMBER.test(word)) throw new UsageError('')
    const last = numbers.at(-1)!
    const first = numbers.length > 1 ? numbers[0]! : '1'
    const step = numbers.length > 2 ? numbers[1]! : '1'
    const digits = Math.max(decimals(first), decimals(step))
    const [from, by, to] = [valueOf(first), valueOf(step), valueOf(last)]
    const width = isPadded ? Math.max(...[first, step, last].map(wholePart)) + (digits > 0 ? digits + 1 : 0) : 0
    const count = by === 0 ? (from > to ? -1 : Number.POSITIVE_INFINITY) : Math.floor((to - from) / by + 1e-10)
    let i = 0
    if (
      digits === 0 &&
      width === 0 &&
      by === 1 &&
      from >= 0 &&
      Number.isSafeInteger(from) &&
      to <= Number.MAX_SAFE_INTEGER
    ) {
      i = await countUp(proc, from, count, separator)
    }
    while (i <= count) {
      let text = ''
      for (const end = Math.min(count, i + BATCH - 1); i <= end; i++) {
        text += (i === 0 ? '' : separator) + format(from + i * by, digits, width)
      }
      const sent = proc.stdout.write(text)
      if (sent) await sent
      const pause = proc.gate()
      if (pause) await pause
    }
    if (count >= 0) await proc.stdout.write('\n')
  },
})

/** The commonest sequence by far, in a fraction of the time; how many numbers it has written. */
async function countUp(proc: Process, from: number, last: number, separator: string): Promise<number> {
  const counter = new DecimalCounter(from)
  const between = encode(separator)
  const chunk = new Uint8Array(Math.max(CHUNK, 2 * between.length))
  let count = 0
  while (count <= last) {
    const filled = counter.fill(chunk, between, last + 1 - count)
    // Nothing is before the first.
    const sent = proc.stdout.lend(chunk.subarray(count === 0 ? between.length : 0, filled.end))
    if (sent) await sent
    count += filled.count
    const pause = proc.gate()
    if (pause) await pause
  }
  return count
}

const CHUNK = 32768

const NUMBER = /^\s*[-+]?(0x[\da-f]+|(\d+\.?\d*|\.\d+)(e[+-]?\d+)?)$/i

/** Number() knows no sign before 0x. */
function valueOf(word: string): number {
  const bare = word.trimStart()
  return bare.startsWith('-') ? -Number(bare.slice(1)) : Number(bare.replace('+', ''))
}

/** So many numbers are written at once. */
const BATCH = 64

function format(number: number, digits: number, width: number): string {
  const value = (Object.is(number, -0) ? '-' : '') + number.toFixed(digits)
  return value.startsWith('-') ? `-${value.slice(1).padStart(width - 1, '0')}` : value.padStart(width, '0')
}

/** How many characters the part before the point has, as it was typed: zeros count (busybox 1.37). */
function wholePart(word: string): number {
  return word.replace(/^\+|\..*$/g, '').replace(/^(-?)$/, '$10').length
}

function decimals(text: string): number {
  const dot = text.indexOf('.')
  return dot === -1 ? 0 : text.length - dot - 1
}
