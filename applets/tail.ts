import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { flag, number, parseNumber, text } from '../lib/options.ts'
import { applet, Failure, type Invocation, NamedInput } from './applet.ts'
import { oldCount } from './old-count.ts'
import { Tail } from './tail-buffer.ts'

const options = {
  bytes: text('-c', '[+]N', 'The last N bytes; +N: from byte N on'),
  lines: text('-n', '[+]N', 'The last N lines; +N: from line N on'),
  quiet: flag('-q', 'No name above a file'),
  verbose: flag('-v', 'A name above every file'),
  follow: flag('-f', 'Go on as files grow'),
  retry: flag('-F', 'As -f, and open a file again that was replaced or was missing'),
  pause: number('-s', 'SECONDS', 'How long to wait between looks with -f', 1),
}

/** tail, POSIX XCU; -n +N, -F, -s, -q, -v and the old forms -N and +N as in busybox. */
export default applet({
  name: 'tail',
  outputName: 'write error',
  about: 'Show how each FILE, or stdin, ends',
  operands: '[FILE]...',
  options,
  rewrite: oldCount,
  async main(invocation) {
    const plan = readPlan(invocation)
    const files = await openFiles(invocation, plan)
    if (files.length === 0) throw new Failure('no files')
    const { proc, options } = invocation
    const headers = options.verbose || (files.length > 1 && !options.quiet)
    const screen = new Screen(proc, headers)
    for (const file of files) if (file.fd !== undefined) await show(invocation, file, plan, screen)
    if (options.follow || options.retry) await follow(invocation, files, screen)
  },
})

type Tailing = Invocation<typeof options>

interface Plan {
  readonly isBytes: boolean
  readonly fromStart: boolean
  readonly count: number
  readonly operands: readonly string[]
}

function readPlan({ options, operands, proc }: Tailing): Plan {
  // busybox: `tail +3 FILE`, when it is the first word.
  const [first] = operands
  const isOld =
    options.bytes === undefined &&
    options.lines === undefined &&
    first !== undefined &&
    /^\+\d/.test(first) &&
    proc.argv[1] === first
  // busybox: -n has the number where both are given, -c makes it bytes, and the sign of either counts.
  const value = isOld ? first : (options.lines ?? options.bytes ?? '10')
  const fromStart = [value, options.bytes ?? ''].some(word => word.startsWith('+'))
  const count = parseNumber(value.replace(/^[+-]/, ''), { hasSuffix: true })
  return { isBytes: options.bytes !== undefined, fromStart, count, operands: isOld ? operands.slice(1) : operands }
}

interface Followed {
  readonly name: string
  fd: number | undefined
  /** Which file it was when it was opened. */
  identity: string
}

async function openFiles({ proc, warn, options }: Tailing, plan: Plan): Promise<Followed[]> {
  const files: Followed[] = []
  if (plan.operands.length === 0) return [{ name: 'standard input', fd: 0, identity: identityOf(proc, 0) }]
  for (const name of plan.operands) {
    try {
      const fd = name === '-' ? 0 : await proc.open(name)
      files.push({ name, fd, identity: identityOf(proc, fd) })
    } catch (error) {
      if (!(error instanceof SysError)) throw error
      warn(`can't open '${name}': ${error.message}`)
      if (options.retry) files.push({ name, fd: undefined, identity: '' })
    }
  }
  return files
}

function identityOf(proc: Process, fd: number): string {
  const { dev, ino } = proc.descriptionStat(fd)
  return `${dev}:${ino}`
}

/** Prints a name above what comes from another file than the last piece. */
class Screen {
  readonly #proc: Process
  readonly #headers: boolean
  #last: Followed | undefined

  constructor(proc: Process, headers: boolean) {
    this.#proc = proc
    this.#headers = headers
  }

  async switchTo(file: Followed): Promise<void> {
    if (this.#headers && this.#last !== file)
      await this.#proc.stdout.line(`${this.#last ? '\n' : ''}==> ${file.name} <==`)
    this.#last = file
  }
}

async function show({ proc, warn }: Tailing, file: Followed, plan: Plan, screen: Screen): Promise<void> {
  const input = new NamedInput(proc, file.name, file.fd!)
  await screen.switchTo(file)
  try {
    await (plan.fromStart ? copyFrom(proc, input, plan) : copyLast(proc, input, plan))
  } catch (error) {
    if (!(error instanceof SysError) || error.errno !== 'EISDIR') throw error
    warn(`read error: ${error.message}`)
  }
}

async function copyFrom(proc: Process, input: NamedInput, { count, isBytes }: Plan): Promise<void> {
  let skip = Math.max(0, count - 1)
  for (;;) {
    const chunk = await input.read()
    if (chunk.length === 0) return
    let at = 0
    if (skip > 0 && isBytes) {
      at = Math.min(skip, chunk.length)
      skip -= at
    }
    for (; skip > 0 && at < chunk.length; ) {
      const newline = chunk.indexOf(10, at)
      at = newline === -1 ? chunk.length : newline + 1
      if (newline !== -1) skip--
    }
    if (at < chunk.length) await proc.stdout.write(chunk.subarray(at))
    const pause = proc.gate()
    if (pause) await pause
  }
}

async function copyLast(proc: Process, input: NamedInput, { count, isBytes }: Plan): Promise<void> {
  const start = isBytes ? undefined : await startOfLast(proc, input.fd, count)
  if (start !== undefined) {
    proc.seek(input.fd, start)
    return copyAll(proc, input)
  }
  const tail = new Tail(count, isBytes, charge => proc.charge(charge))
  if (isBytes) skipTo(proc, input.fd, count)
  for (;;) {
    const chunk = await input.read()
    if (chunk.length === 0) break
    tail.add(chunk)
    const pause = proc.gate()
    if (pause) await pause
  }
  await proc.stdout.write(tail.split()[1])
  tail.clear()
}

async function copyAll(proc: Process, input: NamedInput): Promise<void> {
  for await (const piece of input.pieces()) {
    const written = proc.stdout.lend(piece)
    if (written) await written
    const pause = proc.gate()
    if (pause) await pause
  }
}

const BLOCK = 65536

/** Where the last lines of a file begin, looked for from its end; undefined: it cannot be sought, or has no size. */
async function startOfLast(proc: Process, fd: number, count: number): Promise<number | undefined> {
  const { kind, size } = proc.descriptionStat(fd)
  if (kind !== 'file' || size < BLOCK) return undefined
  const first = proc.seek(fd, 0, 'current')
  if (count === 0) return Math.max(first, size)
  const block = new Uint8Array(BLOCK)
  // The newline that ends the last line is not one that stands before it.
  for (let end = size - 1, left = count; end > first; ) {
    const from = Math.max(first, end - BLOCK)
    proc.seek(fd, from)
    const read = await readFully(proc, fd, block.subarray(0, end - from))
    for (let at = read.lastIndexOf(10); at !== -1; at = at === 0 ? -1 : read.lastIndexOf(10, at - 1)) {
      if (--left === 0) return from + at + 1
    }
    end = from
    const pause = proc.gate()
    if (pause) await pause
  }
  return first
}

async function readFully(proc: Process, fd: number, into: Uint8Array): Promise<Uint8Array> {
  for (let at = 0; at < into.length; ) {
    const count = await proc.readInto(fd, into.subarray(at))
    if (count === 0) return into.subarray(0, at)
    at += count
  }
  return into
}

/** The last bytes of a file that can be sought need not be looked for. */
function skipTo(proc: Process, fd: number, count: number): void {
  const stat = proc.descriptionStat(fd)
  if (stat.kind !== 'file') return
  const at = proc.seek(fd, 0, 'current')
  if (stat.size - count > at) proc.seek(fd, stat.size - count)
}

async function follow(invocation: Tailing, files: Followed[], screen: Screen): Promise<void> {
  const { proc, options } = invocation
  for (;;) {
    await proc.stdout.flush()
    await proc.sleep(options.pause * 1000)
    for (const file of files) {
      if (options.retry) await reopen(invocation, file)
      if (file.fd === undefined) continue
      const { size, kind } = proc.descriptionStat(file.fd)
      if (kind === 'file' && proc.seek(file.fd, 0, 'current') > size) {
        invocation.warn(`${file.name}: file truncated`)
        proc.seek(file.fd, 0)
      }
      await copyNew(proc, file, screen)
    }
  }
}

async function copyNew(proc: Process, file: Followed, screen: Screen): Promise<void> {
  for (;;) {
    const chunk = await proc.read(file.fd!)
    if (chunk.length === 0) return
    await screen.switchTo(file)
    await proc.stdout.write(chunk)
  }
}

/** -F: a name that is another file now is opened again, from its beginning. */
async function reopen({ proc, warn }: Tailing, file: Followed): Promise<void> {
  if (file.fd === 0) return
  try {
    const { dev, ino } = proc.stat(file.name)
    if (file.fd !== undefined && `${dev}:${ino}` === file.identity) return
    const isReplaced = file.fd !== undefined
    if (file.fd !== undefined) proc.close(file.fd)
    file.fd = undefined
    file.fd = await proc.open(file.name)
    file.identity = identityOf(proc, file.fd)
    warn(`${file.name} has ${isReplaced ? 'been replaced' : 'appeared'}; following end of new file`)
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    if (file.fd !== undefined) {
      proc.close(file.fd)
      file.fd = undefined
      warn(`${file.name} has become inaccessible`)
    }
  }
}
