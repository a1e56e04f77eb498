import type { Process } from '../kernel/process.ts'
import { decode, encode } from '../lib/bytes.ts'
import { flag, number, text, UsageError } from '../lib/options.ts'
import { applet, Failure } from './applet.ts'
import { openOperand } from './operands.ts'

/** shuf, as in busybox. */
export default applet({
  name: 'shuf',
  about: 'Print the lines of FILE, or stdin, in random order',
  operands: '[FILE | ARG...]',
  options: {
    most: number('-n', 'NUM', 'At most NUM lines'),
    output: text('-o', 'FILE', 'Write FILE, not stdout'),
    zero: flag('-z', 'Lines end in NUL'),
    echo: flag('-e', 'The ARGs are the lines'),
    range: text('-i', 'L-H', 'The numbers from L to H are the lines'),
  },
  async main({ proc, options, operands, warn }) {
    if (options.range !== undefined && (options.echo || operands.length > 0)) throw new UsageError('')
    if (!options.echo && operands.length > 1) throw new UsageError('')
    const chosen = chooser(proc)
    const end = options.zero ? '\0' : '\n'
    let count: number
    let lineAt: (index: number) => string
    if (options.range !== undefined) {
      const [low, high] = parseRange(options.range)
      count = high - low + 1
      lineAt = index => String(low + index)
    } else {
      const lines = options.echo ? operands : await linesOf(operands[0] ?? '-', end)
      if (!lines) return 1
      count = lines.length
      lineAt = index => lines[index]!
    }
    const fd =
      options.output === undefined ? 1 : await proc.open(options.output, { write: true, create: true, truncate: true })
    for (const index of sample(count, options.most ?? count, chosen)) {
      const written = fd === 1 ? proc.stdout.write(lineAt(index) + end) : proc.write(fd, encode(lineAt(index) + end))
      if (written) await written
      const pause = proc.gate()
      if (pause) await pause
    }

    async function linesOf(name: string, mark: string): Promise<string[] | undefined> {
      const input = await openOperand({ proc, warn }, name)
      if (!input) return undefined
      const lines = decode(await input.all()).split(mark)
      if (lines.at(-1) === '') lines.pop()
      return lines
    }
  },
})

function parseRange(range: string): [number, number] {
  const match = /^(\d+)-(\d+)$/.exec(range)
  const [low, high] = [Number(match?.[1]), Number(match?.[2])]
  if (!match || low > high) throw new Failure(`bad range '${range}'`)
  return [low, high]
}

/** A whole number below `limit`, all as likely. */
function chooser(proc: Process): (limit: number) => number {
  return limit => {
    const span = 2 ** 48
    for (;;) {
      const value = proc.kernel.host.random(6).reduce((sum, byte) => sum * 256 + byte, 0)
      if (value < span - (span % limit)) return value % limit
    }
  }
}

/** `most` different numbers below `count` (Fisher and Yates; what was not moved is not stored). */
function* sample(count: number, most: number, choose: (limit: number) => number): Generator<number> {
  const moved = new Map<number, number>()
  for (let i = 0; i < Math.min(count, most); i++) {
    const other = i + choose(count - i)
    yield moved.get(other) ?? other
    moved.set(other, moved.get(i) ?? i)
    moved.delete(i)
  }
}
