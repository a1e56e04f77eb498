import { decode, encode } from '../../../lib/bytes.ts'
import { flag, text } from '../../../lib/options.ts'
import { builtin } from '../../builtins/builtin.ts'
import { ExpansionError } from '../../expansion-error.ts'
import { runText } from '../../run/text.ts'
import { isName } from '../../state/variables.ts'
import { assignElement, assignValues } from '../arrays.ts'
import { quoteAlways } from '../quoting.ts'

export default builtin({
  name: 'mapfile',
  aliases: ['readarray'],
  about: 'Read lines into an array',
  operands: '[ARRAY]',
  options: {
    delimiter: text('-d', 'CHAR', 'Lines end at CHAR'),
    count: text('-n', 'N', 'At most N lines; 0: all'),
    origin: text('-O', 'INDEX', 'The first line goes to INDEX, and other elements stay'),
    skip: text('-s', 'N', 'Leave out the first N lines'),
    trim: flag('-t', 'Take the delimiters off'),
    fd: text('-u', 'FD', 'Read from FD'),
    callback: text('-C', 'COMMAND', 'Run COMMAND at every so many lines'),
    quantum: text('-c', 'N', 'How many lines between two runs of COMMAND'),
  },
  async main({ shell, options, operands: [name = 'MAPFILE'] }) {
    if (!isName(name)) throw new ExpansionError(`\`${name}': not a valid identifier`, 1)
    const most = number(options.count, 'invalid line count')
    const origin = number(options.origin, 'invalid array origin')
    const quantum = options.quantum === undefined ? 5000 : number(options.quantum, 'invalid callback quantum')
    const delimiter = encode(options.delimiter ?? '\n')[0] ?? 0
    const fd = number(options.fd, 'invalid file descriptor specification')
    if (!shell.proc.fds.has(fd)) throw new ExpansionError(`${fd}: invalid file descriptor: Bad file descriptor`, 1)
    if (options.origin === undefined) assignValues(shell, name, [])
    for (let left = number(options.skip, 'invalid line count'); left > 0; left--) {
      if ((await shell.proc.readThrough(fd, delimiter)).length === 0) return 0
    }
    const lines: string[] = []
    for (let count = 0; most === 0 || count < most; count++) {
      const bytes = await shell.proc.readThrough(fd, delimiter)
      if (bytes.length === 0) break
      const isEnded = options.trim && bytes.at(-1) === delimiter
      const line = decode(isEnded ? bytes.subarray(0, -1) : bytes).replaceAll('\0', '')
      if (options.callback !== undefined && (count + 1) % quantum === 0) {
        await runText(shell, `${options.callback} ${origin + count} ${quoteAlways(line)}`, { line: shell.line })
      }
      if (options.origin === undefined && options.callback === undefined) lines.push(line)
      else assignElement(shell, name, String(origin + count), line)
    }
    if (lines.length > 0) assignValues(shell, name, lines)
    return 0
  },
})

function number(value: string | undefined, what: string): number {
  if (value === undefined) return 0
  if (!/^\d+$/.test(value)) throw new ExpansionError(`${value}: ${what}`, 1)
  return Number(value)
}
