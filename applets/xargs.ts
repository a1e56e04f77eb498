import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import type { WaitStatus } from '../kernel/wait-status.ts'
import { byteLength } from '../lib/bytes.ts'
import { flag, number, optional, parseNumber, text } from '../lib/options.ts'
import { applet, Failure, type Invocation, NamedInput } from './applet.ts'
import { type Started, startCommand } from './run-command.ts'
import { readItems } from './xargs-items.ts'

/** Bytes of one command line, as busybox takes them when -s does not say. */
const COMMAND_SIZE = 32 * 1024

const MOST = 2147483647
const RANGE = { least: 1, most: MOST }
const TOO_LONG = 'argument line too long'

const options = {
  zero: flag('-0', 'Items end in NUL, and nothing in them is special'),
  file: text('-a', 'FILE', 'Read FILE instead of stdin'),
  noRunIfEmpty: flag('-r --no-run-if-empty', 'Without items nothing is run'),
  trace: flag('-t', 'Print each command on stderr before it runs'),
  prompt: flag('-p', 'Ask before each command'),
  end: text('-E', 'STR', 'An item STR ends the input'),
  oldEnd: optional('-e', 'STR', 'As -E; without STR nothing ends the input'),
  replace: text('-I', 'STR', 'Put each line in place of STR in ARGS, one command a line'),
  oldReplace: optional('-i', 'STR', 'As -I; without STR, {}'),
  lines: number('-L', 'N', 'At most N lines a command', undefined, RANGE),
  most: text('-n', 'N', 'At most N items a command'),
  size: text('-s', 'N', 'At most N bytes a command'),
  parallel: number('-P', 'N', 'Up to N commands at once (0: as many as there are)', 1),
  exit: flag('-x', 'End when a command would be too long'),
}

/** xargs, POSIX XCU; -0 -a -r -P -I as in busybox. */
export default applet({
  name: 'xargs',
  about: 'Run PROG with the items that stdin lists as its last arguments',
  operands: '[PROG ARGS]',
  stopAtOperand: true,
  options,
  async main(invocation) {
    const { proc, options, operands } = invocation
    const command = operands.length === 0 ? ['echo'] : operands
    const replace = options.oldReplace === undefined ? options.replace : wordOr(options.oldReplace, '{}')
    const endMark = options.oldEnd === undefined ? options.end : wordOr(options.oldEnd, undefined)
    const input = options.file === undefined ? proc.stdin : await openItems(proc, options.file)
    const kind = options.zero ? 'zero' : replace === undefined ? 'words' : 'lines'
    // busybox: a directory is an empty file.
    const isFolder = input instanceof NamedInput && proc.descriptionStat(input.fd).kind === 'directory'
    const items = isFolder ? none() : readItems(input, kind, endMark)
    // busybox: -s is looked at before -n, and both after the file is open.
    const size = options.size === undefined ? COMMAND_SIZE : parseNumber(options.size, RANGE)
    const most = options.most === undefined ? undefined : parseNumber(options.most, RANGE)
    const room = size - sizeOf(command)
    if (room < 1) throw new Failure("can't fit single argument within argument list size limit")
    const runner = new Runner(invocation)
    const limits = { room, most, lines: options.lines, exit: options.exit, noRunIfEmpty: options.noRunIfEmpty }
    if (replace === undefined) await runBatches(runner, command, items, limits)
    else {
      for await (const { text } of items) {
        if (byteLength(text) + 1 > room) throw new Failure(TOO_LONG)
        await runner.run(command.map(word => word.replaceAll(replace, text)))
      }
    }
    return await runner.finish()
  },
})

type Xargs = Invocation<typeof options>

interface Limits {
  /** Bytes beside the command's own words. */
  readonly room: number
  readonly most: number | undefined
  readonly lines: number | undefined
  readonly exit: boolean
  readonly noRunIfEmpty: boolean
}

function wordOr<T>(given: string | true, otherwise: T): string | T {
  return given === true ? otherwise : given
}

async function* none(): AsyncGenerator<never> {}

async function openItems(proc: Process, name: string): Promise<NamedInput> {
  try {
    return new NamedInput(proc, name, await proc.open(name))
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    throw new Failure(`can't open '${name}': ${error.message}`)
  }
}

async function runBatches(
  runner: Runner,
  command: readonly string[],
  items: ReturnType<typeof readItems>,
  limits: Limits,
): Promise<void> {
  const { room, most = Number.POSITIVE_INFINITY, lines: mostLines = Number.POSITIVE_INFINITY } = limits
  let batch: string[] = []
  let size = 0
  let lines = 0
  let hasRun = false
  const flush = async () => {
    hasRun = true
    const words = batch
    batch = []
    size = 0
    lines = 0
    await runner.run([...command, ...words])
  }
  for await (const { text, endsLine } of items) {
    const width = byteLength(text) + 1
    if (width > room) {
      if (batch.length > 0) await flush()
      throw new Failure(TOO_LONG)
    }
    if (batch.length > 0 && size + width > room) {
      // POSIX: with -x, a command that -n or -L asks for and that does not fit ends xargs.
      if (limits.exit && (limits.most ?? limits.lines) !== undefined) throw new Failure('argument list too long')
      await flush()
    }
    batch.push(text)
    size += width
    if (endsLine) lines++
    if (batch.length >= most || lines >= mostLines) await flush()
  }
  if (batch.length > 0 || (!hasRun && !limits.noRunIfEmpty)) await flush()
}

function sizeOf(words: readonly string[]): number {
  return words.reduce((sum, word) => sum + byteLength(word) + 1, 0)
}

/** Starts commands, as many at once as -P allows, and gathers their statuses. */
class Runner {
  readonly #proc: Process
  readonly #options: Xargs['options']
  readonly #running = new Map<number, { readonly started: Started; readonly name: string }>()
  #status = 0

  constructor({ proc, options }: Pick<Xargs, 'proc' | 'options'>) {
    this.#proc = proc
    this.#options = options
  }

  async run(argv: readonly string[]): Promise<void> {
    if (this.#options.trace || this.#options.prompt) {
      await this.#proc.stderr.write(argv.join(' '))
      if (this.#options.prompt && !(await this.#isWanted())) return
      if (!this.#options.prompt) await this.#proc.stderr.write('\n')
    }
    await this.#proc.stdout.flush()
    await this.#proc.stderr.flush()
    const started = startCommand(this.#proc, argv)
    this.#running.set(started.child.pid, { started, name: argv[0] ?? '' })
    const most = this.#options.parallel === 0 ? Number.POSITIVE_INFINITY : this.#options.parallel
    while (this.#running.size >= most) await this.#waitForOne()
  }

  async finish(): Promise<number> {
    while (this.#running.size > 0) await this.#waitForOne()
    return this.#status
  }

  async #waitForOne(): Promise<void> {
    const found = await this.#proc.wait('any')
    if (!found) return
    const [pid, status] = found
    const ended = this.#running.get(pid)
    this.#running.delete(pid)
    if (!ended) return
    const { refusal } = ended.started
    if (refusal) throw new Failure(`${ended.name}: ${refusal.message}`, refusal.errno === 'ENOENT' ? 127 : 126)
    this.#take(status, ended.name)
  }

  /** POSIX: 255 and a signal end xargs at once; any other failure is remembered. */
  #take(status: WaitStatus, name: string): void {
    if ('killed' in status) throw new Failure(`'${name}' terminated by signal ${status.killed}`, 125)
    if (!('exited' in status) || status.exited === 0) return
    if (status.exited === 255) throw new Failure(`${name}: exited with status 255; aborting`, 124)
    this.#status = 123
  }

  async #isWanted(): Promise<boolean> {
    await this.#proc.stderr.write(' ?...')
    await this.#proc.stderr.flush()
    let fd: number
    try {
      fd = await this.#proc.open('/dev/tty')
    } catch (error) {
      if (!(error instanceof SysError)) throw error
      throw new Failure(`can't open '/dev/tty': ${error.message}`)
    }
    try {
      const answer = await this.#proc.readThrough(fd, 10)
      return answer[0] === 121 || answer[0] === 89
    } finally {
      this.#proc.close(fd)
    }
  }
}
