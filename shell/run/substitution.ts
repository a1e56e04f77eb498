// Command substitution (POSIX XCU 2.6.3). A body of builtins that cannot sleep needs neither a process nor a pipe: it runs in
// a copy of the shell, in the same process, and what it prints is kept.

import { Capture } from '../../kernel/capture.ts'
import type { Description } from '../../kernel/description.ts'
import { SysError } from '../../kernel/errno.ts'
import type { Process } from '../../kernel/process.ts'
import { SIGTSTP } from '../../kernel/signal.ts'
import type { Viewer } from '../../kernel/vfs/walk.ts'
import { decode } from '../../lib/bytes.ts'
import { GatheredText } from '../../lib/gathered-text.ts'
import type { Compiler, Run, TextOf, TextsOf } from '../compiler.ts'
import { ExpansionError } from '../expansion-error.ts'
import type { Shell } from '../shell.ts'
import type { List } from '../syntax.ts'
import type { Finished, Later } from './completion.ts'
import { waitForeground } from './foreground.ts'
import { flushAnyway, forkShell } from './fork.ts'
import { staysInside, summarize } from './inside.ts'
import { compilePrintedText } from './printed-text.ts'
import { asShellError, runSubshell } from './subshell.ts'

/** differs: `set -e` holds in it as in every subshell (POSIX XCU 2.12); ash lets it go there. */
export function compileSubstitution(compiler: Compiler, body: List): TextOf {
  const substituted = compileSubstitutionTexts(compiler, body)
  return shell => {
    const texts = substituted(shell)
    if (typeof texts === 'string') return texts
    return texts instanceof Promise ? texts.then(joined) : joined(texts)
  }
}

function joined(texts: string | readonly string[]): string {
  return typeof texts === 'string' ? texts : texts.join('')
}

export function compileSubstitutionTexts(compiler: Compiler, body: List): TextsOf {
  const run = compiler.list(body)
  const last = compiler.list(body, true)
  const summary = summarize(body)
  const printed = compilePrintedText(compiler, body)
  return shell => {
    if (body.items.length === 0) return ''
    const text = printed?.(shell)
    if (text !== undefined) {
      shell.substitutionStatus = 0
      return withoutNewlines(text)
    }
    if (shell.depth >= shell.proc.kernel.limits.depth) throw new ExpansionError('maximum nesting exceeded')
    return staysInside(shell, summary) ? runInside(shell, run) : runForked(shell, last)
  }
}

/** What is printed is memory of the process, which has a limit. */
class ChargedCapture extends Capture {
  readonly #proc: Process
  #charged = 0

  constructor(proc: Process) {
    super()
    this.#proc = proc
  }

  override write(bytes: Uint8Array): number {
    this.#charged += bytes.length
    this.#proc.charge(bytes.length)
    return super.write(bytes)
  }

  protected override closed(): void {
    this.#proc.charge(-this.#charged)
  }
}

function runInside(shell: Shell, run: Run): Later<string> {
  const waiting = flushAnyway(shell)
  return waiting ? waiting.then(() => new Inside(shell).run(run)) : new Inside(shell).run(run)
}

/** A substitution's body in its shell's own process: what it changes is undone, and what it prints is kept. */
class Inside {
  readonly #shell: Shell
  readonly #inner: Shell
  readonly #capture: ChargedCapture
  readonly #before: Description | undefined
  readonly #viewer: Viewer
  readonly #umask: number

  constructor(shell: Shell) {
    const { proc } = shell
    this.#shell = shell
    this.#viewer = proc.viewer
    this.#umask = proc.umask
    this.#capture = new ChargedCapture(proc).hold()
    this.#before = proc.fds.has(1) ? proc.fds.get(1).hold() : undefined
    proc.fds.put(1, this.#capture)
    this.#inner = shell.forkInside()
    this.#inner.depth++
    if (this.#inner.bash) this.#inner.bash.level++
  }

  run(run: Run): Later<string> {
    try {
      const done = run(this.#inner)
      return done instanceof Promise ? this.#runLater(done) : this.#finish()
    } catch (error) {
      return this.#fail(error)
    }
  }

  async #runLater(pending: Promise<Finished>): Promise<string> {
    try {
      await pending
      return await this.#finish()
    } catch (error) {
      return this.#fail(error)
    }
  }

  #fail(error: unknown): Later<string> {
    // The end of the process, or ^C, is not this copy's alone.
    if (isFatal(error)) {
      this.#end()
      throw error
    }
    const refused = asShellError(error)
    this.#inner.report(refused)
    this.#inner.status = refused.status
    return this.#finish()
  }

  #finish(): Later<string> {
    const { stdout, fds } = this.#shell.proc
    // Nearly always all of it is still where it was printed to.
    const isWhole = this.#capture.isEmpty && fds.has(1) && fds.get(1) === this.#capture
    const text = isWhole ? stdout.takeText() : undefined
    if (text !== undefined) {
      this.#end()
      return withoutNewlines(text)
    }
    const waiting = flushAnyway(this.#inner)
    return waiting ? waiting.then(() => this.#captured()) : this.#captured()
  }

  #captured(): string {
    const text = decodeValue(this.#capture.bytes)
    this.#end()
    return text
  }

  #end(): void {
    const { proc } = this.#shell
    this.#shell.joinInside()
    if (this.#before) proc.fds.put(1, this.#before)
    else proc.close(1)
    this.#before?.release()
    proc.viewer = this.#viewer
    proc.umask = this.#umask
    this.#shell.substitutionStatus = this.#inner.status & 255
    this.#capture.release()
  }
}

function isFatal(error: unknown): boolean {
  if (error instanceof ExpansionError) return error.status === 130
  return !(error instanceof RangeError || error instanceof SysError)
}

async function runForked(shell: Shell, run: Run): Promise<readonly string[]> {
  await flushAnyway(shell)
  const { proc } = shell
  const [read, write] = proc.pipe({ closeOnExec: true })
  const child = forkShell(
    shell,
    inner => {
      inner.proc.close(read)
      if (write !== 1) {
        inner.proc.dup(write, { onto: 1 })
        inner.proc.close(write)
      }
      // ^Z would stop who writes, and leave the shell waiting for the text.
      if (shell.options.monitor) inner.proc.onSignal(SIGTSTP, 'ignore')
      inner.depth++
      if (inner.bash) inner.bash.level++
      inner.traps.showAs(shell.traps)
      return runSubshell(inner, run)
    },
    { isForeground: true },
  )
  proc.close(write)
  const texts = await readAll(shell, read)
  const status = await waitForeground(shell, { pids: [child.pid], pgid: child.pgid, texts: () => ['$(...)'] })
  shell.substitutionStatus = status
  return texts
}

async function readAll(shell: Shell, fd: number): Promise<readonly string[]> {
  const { proc } = shell
  const gathered = new GatheredText()
  let size = 0
  try {
    for (;;) {
      const chunk = await proc.read(fd)
      if (chunk.length === 0) return pieces(gathered.texts)
      gathered.add(chunk)
      size += chunk.length
      proc.charge(chunk.length)
    }
  } finally {
    proc.charge(-size)
    proc.close(fd)
  }
}

/** The newlines are left out before: a text that is the beginning of another is slower to go through. */
function decodeValue(bytes: Uint8Array): string {
  let end = bytes.length
  while (end > 0 && bytes[end - 1] === 10) end--
  return withoutNewlines(decode(bytes.subarray(0, end)))
}

/** As `withoutNewlines` of the whole: what ends in nothing but newlines may be several pieces. */
function pieces(texts: string[]): readonly string[] {
  let last = texts.length - 1
  for (; last >= 0; last--) {
    texts[last] = withoutNewlines(texts[last]!)
    if (texts[last] !== '') break
  }
  for (let at = 0; at < last; at++) texts[at] = withoutNul(texts[at]!)
  return texts
}

/** A NUL cannot be in a value: it is dropped, as every shell does. */
function withoutNewlines(text: string): string {
  const value = withoutNul(text)
  let end = value.length
  while (end > 0 && value.charCodeAt(end - 1) === 10) end--
  return end === value.length ? value : value.slice(0, end)
}

function withoutNul(text: string): string {
  return text.includes('\0') ? text.replaceAll('\0', '') : text
}
