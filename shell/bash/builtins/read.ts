import { encode } from '../../../lib/bytes.ts'
import { flag, text } from '../../../lib/options.ts'
import { builtin } from '../../builtins/builtin.ts'
import { assignFields, type Line, type ReadOptions, readInto } from '../../builtins/read.ts'
import { ExpansionError } from '../../expansion-error.ts'
import type { Shell } from '../../shell.ts'
import { BLANK, ORDINARY } from '../../state/ifs.ts'
import { isName } from '../../state/variables.ts'
import { assignValues, splitElement } from '../arrays.ts'
import { assignTarget } from '../target.ts'

/** POSIX's, with -a for an array and -N for so many characters whatever they are. */
export default builtin({
  name: 'read',
  about: 'Read a line into variables or an array',
  operands: '[NAME]...',
  options: {
    array: text('-a', 'ARRAY', 'All fields go into ARRAY'),
    delimiter: text('-d', 'CHAR', 'Stop at CHAR instead of the newline'),
    edit: flag('-e', 'Edit the line at a terminal'),
    initial: text('-i', 'TEXT', 'What the edited line begins with'),
    count: text('-n', 'N', 'Stop after N characters'),
    exact: text('-N', 'N', 'Read N characters, delimiters too'),
    prompt: text('-p', 'TEXT', 'Show TEXT first, if stdin is a terminal'),
    raw: flag('-r', 'Backslashes mean nothing'),
    silent: flag('-s', 'Do not echo what is typed'),
    timeout: text('-t', 'SECONDS', 'Give up after SECONDS'),
    fd: text('-u', 'FD', 'Read from FD'),
  },
  main({ shell, options, operands }) {
    const bad = [...operands, ...(options.array === undefined ? [] : [options.array])].find(
      name => !isName(name) && !splitElement(name),
    )
    if (bad !== undefined) throw new ExpansionError(`\`${bad}': not a valid identifier`, 1)
    const size = options.exact ?? options.count
    const how: ReadOptions = {
      fd: options.fd === undefined ? 0 : number(options.fd, 'invalid file descriptor specification'),
      isRaw: options.raw,
      delimiter: encode(options.delimiter ?? '\n')[0] ?? 0,
      count: size === undefined ? undefined : number(size, 'invalid number'),
      timeout: options.timeout === undefined ? undefined : seconds(options.timeout),
      ...(options.exact !== undefined && { isExact: true }),
    }
    if (!shell.proc.fds.has(how.fd))
      throw new ExpansionError(`${how.fd}: invalid file descriptor: Bad file descriptor`, 1)
    if (how.timeout === 0) return isReady(shell, how.fd)
    if (options.prompt !== undefined && shell.proc.terminal(how.fd)) shell.say(options.prompt)
    return readInto(shell, how, options.silent, line => assign(shell, line, { ...options, operands }))
  },
})

function number(value: string, what: string): number {
  if (!/^\d+$/.test(value)) throw new ExpansionError(`${value}: ${what}`, 1)
  return Number(value)
}

function seconds(value: string): number {
  if (!/^\d*\.?\d*$/.test(value) || value === '' || value === '.') {
    throw new ExpansionError(`${value}: invalid timeout specification`, 1)
  }
  return Number(value) * 1000
}

async function isReady(shell: Shell, fd: number): Promise<number> {
  return (await shell.proc.select([fd], 0)).length > 0 ? 0 : 1
}

function assign(
  shell: Shell,
  line: Line,
  { array, exact, operands }: { array?: string | undefined; exact?: string | undefined; operands: readonly string[] },
): void {
  if (array !== undefined) return assignValues(shell, array, splitFields(shell, line))
  if (exact === undefined) return assignFields(shell, line, operands, (name, value) => assignTarget(shell, name, value))
  const [first = 'REPLY', ...others] = operands
  assignTarget(shell, first, line.text)
  for (const name of others) assignTarget(shell, name, '')
}

/** All fields: blanks around them go, each other separator ends one. */
function splitFields(shell: Shell, { text, quoted }: Line): string[] {
  const { ifs } = shell.variables
  const kindAt = (at: number) => (quoted.has(at) ? ORDINARY : ifs.classify(text.charCodeAt(at)))
  const skipBlanks = (from: number): number => {
    let at = from
    while (at < text.length && kindAt(at) === BLANK) at++
    return at
  }
  const fields: string[] = []
  for (let at = skipBlanks(0); at < text.length; ) {
    const start = at
    while (at < text.length && kindAt(at) === ORDINARY) at++
    fields.push(text.slice(start, at))
    at = skipBlanks(at)
    if (at < text.length && kindAt(at) !== ORDINARY) at = skipBlanks(at + 1)
  }
  return fields
}
