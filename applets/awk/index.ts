import { SysError } from '../../kernel/errno.ts'
import type { Process } from '../../kernel/process.ts'
import { decode } from '../../lib/bytes.ts'
import { list, text, UsageError } from '../../lib/options.ts'
import { applet, Failure, type Invocation } from '../applet.ts'
import { openInput } from '../operands.ts'
import { type Source, unescape } from './lexer.ts'
import { parseProgram } from './parser.ts'
import { Program } from './program.ts'
import { Runtime } from './runtime.ts'
import { fromInput } from './value.ts'

const options = {
  variables: list('-v', 'VAR=VALUE', 'Set a variable before anything runs'),
  separator: text('-F', 'SEP', 'What stands between fields'),
  files: list('-f', 'FILE', 'Read the program from FILE'),
  sources: list('-e', 'PROGRAM', 'A piece of the program'),
}

/** awk, POSIX XCU; with gensub, systime, strftime, mktime, and, or, xor, lshift, rshift, compl, nextfile, IGNORECASE and RT. */
export default applet({
  name: 'awk',
  about: 'Run a program over the records and fields of FILEs, or stdin',
  operands: '[PROGRAM] [FILE]...',
  stopAtOperand: true,
  options,
  async main({ proc, options, operands, given }) {
    const variables = options.variables.map(assignment)
    const pieces = await readPieces(proc, options, given)
    const sources = pieces ?? operands.slice(0, 1).map(text => ({ name: COMMAND_LINE, text }))
    if (sources.length === 0) throw new UsageError('')
    const program = parseProgram(sources)
    const runtime = new Runtime(proc)
    prepare(runtime, { ...options, variables }, ['awk', ...(pieces === undefined ? operands.slice(1) : operands)])
    return await new Program(runtime, program).run()
  },
})

const COMMAND_LINE = 'cmd. line'

type Options = Invocation<typeof options>['options']

/** All of -f and -e, in the order they were given, as one program. */
async function readPieces(
  proc: Process,
  { files, sources }: Options,
  given: readonly string[],
): Promise<readonly Source[] | undefined> {
  const pieces: Source[] = []
  const nextFile = files.values()
  const nextSource = sources.values()
  for (const key of given) {
    if (key === 'files') pieces.push(await readFile(proc, nextFile.next().value ?? ''))
    if (key === 'sources') pieces.push({ name: COMMAND_LINE, text: nextSource.next().value ?? '' })
  }
  return pieces.length > 0 ? pieces : undefined
}

async function readFile(proc: Process, name: string): Promise<Source> {
  try {
    const input = await openInput(proc, name)
    const text = decode(await input.all())
    if (input.fd !== 0) proc.close(input.fd)
    return { name, text }
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    throw new Failure(`can't open '${name}': ${error.message}`)
  }
}

type Assignment = readonly [name: string, value: string]

interface Settings {
  readonly variables: readonly Assignment[]
  readonly separator: string | undefined
}

function assignment(text: string): Assignment {
  const [, name, value] = /^([A-Za-z_][A-Za-z0-9_]*)=([\s\S]*)$/.exec(text) ?? []
  if (name === undefined || value === undefined) throw new UsageError('')
  return [name, value]
}

function prepare(runtime: Runtime, { variables, separator }: Settings, operands: readonly string[]): void {
  const input = (text: string) => fromInput(text, 0, text.length)
  for (const [name, value] of runtime.proc.env) runtime.environment.cell(name).value = input(value)
  for (const [index, operand] of operands.entries()) runtime.operands.cell(String(index)).value = input(operand)
  runtime.cell('ARGC').value = operands.length
  if (separator !== undefined) runtime.assign('FS', unescape(separator))
  for (const [name, value] of variables) runtime.assign(name, unescape(value))
}
