// A container as a test holds it: what it prints, its files, its time, what it did.

import { type Change, changes } from '../image/diff.ts'
import { type Clock, VirtualClock } from '../kernel/clock.ts'
import type { Errno } from '../kernel/errno.ts'
import { DEFAULT_LIMITS } from '../kernel/limits.ts'
import { parseSignal } from '../kernel/signal.ts'
import type { CowFileSystem } from '../kernel/vfs/cow.ts'
import { Space } from '../kernel/vfs/space.ts'
import type { CallName } from '../kernel/watched-process.ts'
import { encode } from '../lib/bytes.ts'
import { parseDuration } from '../lib/human.ts'
import { BoxFiles } from './box-files.ts'
import { type Connection, dialContainer } from './dial.ts'
import { EngineError } from './errors.ts'
import type { Attachment, ProcessRow } from './handle.ts'
import type { LineCoverage } from './line-coverage.ts'
import type { LocalContainer } from './memory-containers.ts'
import { type FaultTarget, type Observer, type ProcessRecord, printReport } from './observer.ts'
import { isPort, type OpenPort, openPorts, parsePort } from './ports.ts'
import type { RunOptions } from './run-options.ts'
import type { StubCall, Stubs } from './stubs.ts'
import type { StreamName } from './tap.ts'
import { Transcript } from './transcript.ts'

export interface Executed {
  readonly stdout: string
  readonly stderr: string
  readonly exitCode: number
}

/** A terminal's picture of what was written to it, kept by whoever lends one. */
export interface Screen {
  write(bytes: Uint8Array): void
  /** Resolves to its lines, without blanks at their ends and without empty lines below the last. */
  lines(): Promise<string[]>
  cursor(): Promise<{ readonly row: number; readonly column: number }>
}

/** What a box is made from. */
export interface BoxParts {
  readonly container: LocalContainer
  readonly attachment: Attachment
  readonly clock: Clock
  readonly stubs: Stubs
  readonly observer: Observer | undefined
  readonly coverage: LineCoverage | undefined
  readonly screen: Screen | undefined
  readonly start: (tree: CowFileSystem, how: RunOptions) => Promise<Box>
}

/** How far time may go when nobody says. */
const LONGEST = 24 * 3600 * 1000

/** A container that runs, or has run. */
export class Box {
  readonly stdout = new Transcript()
  readonly stderr = new Transcript()
  readonly files: BoxFiles
  readonly #parts: BoxParts
  readonly #container: LocalContainer
  readonly #attachment: Attachment
  readonly #clock: Clock
  readonly #baseLayers: number
  readonly #listeners = new Set<() => void>()

  constructor(parts: BoxParts, how: RunOptions) {
    const { container, attachment } = parts
    this.#parts = parts
    this.#container = container
    this.#attachment = attachment
    this.#clock = parts.clock
    this.#baseLayers = container.container.root.layers
    this.files = new BoxFiles(container.container.root)
    attachment.listen((bytes, stream) => {
      this.#printed(bytes, stream)
      return how.onOutput?.(bytes, stream)
    })
    how.signal?.addEventListener('abort', () => void this.kill('KILL'), { once: true })
    // What nobody asks must not be an unhandled rejection.
    const ended = () => {
      this.stdout.end()
      this.stderr.end()
      this.#tell()
    }
    void attachment.ended.then(ended, ended)
  }

  get isRunning(): boolean {
    return this.#container.container.isRunning
  }

  /** 128 + n for a signal; undefined while it runs. */
  get exitCode(): number | undefined {
    return this.isRunning ? undefined : this.#container.state.exitCode
  }

  /** Its running end, for a host that wires it to streams of its own. */
  get attachment(): Attachment {
    return this.#attachment
  }

  /** Milliseconds since the epoch, by the box's own clock. */
  now(): number {
    return this.#clock.now()
  }

  /** Feeds its stdin. */
  async write(text: string | Uint8Array): Promise<void> {
    await this.#attachment.write(typeof text === 'string' ? encode(text) : text)
  }

  /** The end of its stdin; a terminal is hung up. */
  closeInput(): void {
    this.#attachment.closeInput()
  }

  /** Types into its terminal, and lets it answer: on a virtual clock, until everybody sleeps. */
  async type(keys: string): Promise<void> {
    await this.write(keys)
    if (this.isRunning) await this.#container.container.kernel.idle()
  }

  /** The terminal as a person sees it. Throws EngineError unless it was run with { tty: true }, where the host has a screen. */
  get screen(): Screen {
    const { screen } = this.#parts
    if (!screen) throw new EngineError('invalid-option', 'screen needs a box that was run with { tty: true }')
    return screen
  }

  /** Resolves to the exit code when it has ended. On a virtual clock that nobody moves, only if nothing sleeps. */
  wait(): Promise<number> {
    return this.#attachment.ended
  }

  /** Moves a virtual clock by `5s`, `2m30s` or milliseconds; whatever falls due on the way happens, in order. */
  async advance(time: string | number): Promise<void> {
    const until = this.#clock.now() + milliseconds(time)
    const clock = this.#virtual('advance')
    await this.#drive(clock, until, () => false)
    clock.moveTo(until)
  }

  /**
   * Lets it run, and its time pass, until it has printed that text (within some 4 KB of what it prints at once). Throws EngineError `not-running` when it ends before, with
   * what it printed; `deadlock` when nobody in it will ever wake; `too-late`.
   */
  async runUntil(
    text: string | RegExp | ((printed: string) => boolean),
    how: { readonly within?: string | number } = {},
  ): Promise<void> {
    const hasPrinted = () => isIn(text, this.stdout.text()) || isIn(text, this.stderr.text())
    if (hasPrinted()) return
    const looks = [this.stdout, this.stderr].map(stream => lookAtNews(stream, text))
    const end = await this.#runTo(() => looks.some(look => look()), how.within)
    if (hasPrinted()) return
    const shown =
      typeof text === 'string' ? JSON.stringify(text) : text instanceof RegExp ? text : 'what was waited for'
    throw this.#failure(end, `it did not print ${shown}`, how.within)
  }

  /** As runUntil, until something listens there: `80`, `'53/udp'`, `'127.0.0.1:8080'`. Throws EngineError as runUntil. */
  async runUntilPort(port: number | string, how: { readonly within?: string | number } = {}): Promise<void> {
    const wanted = parsePort(String(port))
    if (!wanted) throw new EngineError('invalid-option', `invalid port: ${port}`)
    const { network } = this.#container.container.kernel
    const told = {
      wake: () => {
        network.changed.add(told)
        this.#tell()
      },
    }
    network.changed.add(told)
    try {
      const end = await this.#runTo(() => this.ports().some(open => isPort(open, wanted)), how.within)
      if (end !== 'enough') throw this.#failure(end, `it did not listen on ${port}`, how.within)
    } finally {
      network.changed.remove(told)
    }
  }

  /** Lets it run, and its time pass, to its end. The exit code. Throws EngineError `deadlock`, `too-late`. */
  async runToEnd(how: { readonly within?: string | number } = {}): Promise<number> {
    const end = await this.#runTo(() => false, how.within)
    if (end !== 'ended') throw this.#failure(end, 'it did not end', how.within)
    return this.wait()
  }

  /** Another command beside the main one, to its end; on a virtual clock, time passes as it needs. */
  async exec(
    argv: readonly string[],
    how: { readonly stdin?: string; readonly user?: string; readonly env?: readonly string[] } = {},
  ): Promise<Executed> {
    const { stdin, ...rest } = how
    const attachment = await this.#container.exec({ argv, stdin: stdin !== undefined, ...rest })
    // A character may be cut by the end of a chunk: they are put together before they are read.
    const said = { stdout: new Transcript(), stderr: new Transcript() }
    let hasEnded = false
    attachment.listen((bytes: Uint8Array, stream: StreamName) => said[stream].add(bytes))
    void attachment.ended.finally(() => {
      hasEnded = true
    })
    if (stdin !== undefined) {
      await attachment.write(encode(stdin))
      attachment.closeInput()
    }
    if (this.#clock instanceof VirtualClock) await this.#drive(this.#clock, LONGEST + this.now(), () => hasEnded)
    const exitCode = await attachment.ended
    return { stdout: said.stdout.text(), stderr: said.stderr.text(), exitCode }
  }

  /** `TERM`, `SIGUSR1`, ... From outside, so init gets it as docker's kill sends it. */
  kill(signal: string): Promise<void> {
    if (!parseSignal(signal)) throw new EngineError('invalid-option', `invalid signal: ${signal}`)
    return this.#container.kill(signal)
  }

  /** The stop signal, then SIGKILL after the grace time (on a virtual clock, at once). */
  stop(graceSeconds?: number): Promise<void> {
    return this.#container.stop(graceSeconds)
  }

  /** What runs in it now. */
  async processes(): Promise<readonly ProcessRow[]> {
    return this.isRunning ? this.#container.processes() : []
  }

  /** Where its processes listen now, in the order they began. */
  ports(): readonly OpenPort[] {
    return this.isRunning ? openPorts(this.#container.container.kernel) : []
  }

  /** A connection to what listens on that port of its loopback device. Throws SysError ECONNREFUSED. */
  connect(port: number): Promise<Connection> {
    return dialContainer(this.#container.container.kernel, port)
  }

  /** Its files as a tree, to be forked. */
  get tree(): CowFileSystem {
    return this.#container.container.root
  }

  /** What it changed in its files, as docker's diff. */
  diff(): Change[] {
    const { root } = this.#container.container
    return changes(root.at(this.#baseLayers), root)
  }

  /** Its files as they are now, in constant time: run them again, as often as you like. */
  snapshot(): Snapshot {
    const { root } = this.#container.container
    return new Snapshot(root.fork({ now: root.now }), this.#parts.start)
  }

  /** The names of its stubs. */
  get stubNames(): readonly string[] {
    return [...this.#parts.stubs.calls.keys()]
  }

  /** How a stubbed command was called, in order. Throws EngineError for a command that is no stub. */
  calls(name: string): readonly StubCall[] {
    const calls = this.#parts.stubs.calls.get(name)
    if (!calls) throw new EngineError('invalid-option', `${name} is not one of the box's stubs`)
    return calls
  }

  /** The next call of that name (and process, and path) is refused with that errno. */
  failNext(call: CallName, errno: Errno, how: FaultTarget & { readonly times?: number } = {}): void {
    this.#observer('failNext').failNext(call, errno, how)
  }

  /** Every call of that name takes so long. */
  slow(call: CallName, time: string | number, how: FaultTarget & { readonly times?: number } = {}): void {
    this.#observer('slow').slow(call, milliseconds(time), how)
  }

  /** The process that makes the n-th call of that name from now on gets a signal there. */
  signalAt(call: CallName, nth: number, signal: string, how: FaultTarget = {}): void {
    this.#observer('signalAt').signalAt(call, nth, signal, how)
  }

  /** Which lines of shell files were run. Throws EngineError unless it was run with { coverage: true }. */
  get coverage(): LineCoverage {
    const { coverage } = this.#parts
    if (!coverage) throw new EngineError('invalid-option', 'coverage needs a box that was run with { coverage: true }')
    return coverage
  }

  /** Every process there was: its words, its times, how it ended, what it opened. */
  processRecords(): readonly ProcessRecord[] {
    return this.#observer('processRecords').records
  }

  /** The same as text, for a person who looks why a test failed. */
  report(): string {
    return printReport(this.#observer('report').records)
  }

  #printed(bytes: Uint8Array, stream: StreamName): void {
    this[stream].add(bytes)
    this.#parts.screen?.write(bytes)
    this.#tell()
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener()
  }

  async #runTo(isEnough: () => boolean, within: string | number = LONGEST): Promise<Stop> {
    const ms = milliseconds(within)
    if (this.#clock instanceof VirtualClock) return this.#drive(this.#clock, this.now() + ms, isEnough)
    return this.#follow(ms, isEnough)
  }

  /** Moves a virtual clock from alarm to alarm. */
  async #drive(clock: VirtualClock, until: number, isEnough: () => boolean): Promise<Stop> {
    while (this.isRunning) {
      await this.#container.container.kernel.idle()
      // What ended has still to be told to those who wait.
      await Promise.resolve()
      if (isEnough()) return 'enough'
      if (!this.isRunning) break
      if (clock.ringNext(until)) continue
      return clock.nextAlarm() === undefined ? 'deadlock' : 'too-late'
    }
    return 'ended'
  }

  /** Waits by the host's clock. */
  #follow(ms: number, isEnough: () => boolean): Promise<Stop> {
    return new Promise(resolve => {
      const finish = (stop: Stop) => {
        alarm.cancel()
        this.#listeners.delete(look)
        resolve(stop)
      }
      const look = () => {
        if (isEnough()) finish('enough')
        else if (!this.isRunning) finish('ended')
      }
      const alarm = this.#clock.alarm(ms, () => finish('too-late'))
      this.#listeners.add(look)
      look()
    })
  }

  #failure(stop: Stop, what: string, within: string | number = LONGEST): EngineError {
    const printed = `stdout: ${JSON.stringify(this.stdout.text().slice(-2000))}, stderr: ${JSON.stringify(this.stderr.text().slice(-2000))}`
    switch (stop) {
      case 'deadlock': {
        const sleepers = this.#container.container.kernel.sleepers()
        const list = sleepers.map(({ pid, comm, waitsFor }) => `${comm} (${pid}) waits for ${waitsFor.join(' and ')}`)
        return new EngineError('deadlock', `${what}: nothing will ever wake ${list.join(', ')}; ${printed}`)
      }
      case 'too-late':
        return new EngineError('too-late', `${what} within ${milliseconds(within) / 1000} s; ${printed}`)
      default:
        return new EngineError('not-running', `${what} before it ended with ${this.exitCode}; ${printed}`)
    }
  }

  #virtual(name: string): VirtualClock {
    if (this.#clock instanceof VirtualClock) return this.#clock
    throw new EngineError('invalid-option', `${name} needs a box that was run with { clock: virtualClock() }`)
  }

  #observer(name: string): Observer {
    const { observer } = this.#parts
    if (!observer) throw new EngineError('invalid-option', `${name} needs a box that was run with { watch: true }`)
    return observer
  }
}

type Stop = 'enough' | 'ended' | 'deadlock' | 'too-late'

export class Snapshot {
  readonly #tree: CowFileSystem
  readonly #start: BoxParts['start']

  constructor(tree: CowFileSystem, start: BoxParts['start']) {
    this.#tree = tree
    this.#start = start
  }

  run(how: RunOptions = {}): Promise<Box> {
    const { spill } = this.#tree.space
    const space = new Space(how.limits?.fileBytes ?? DEFAULT_LIMITS.fileBytes, { spill })
    return this.#start(this.#tree.fork({ now: this.#tree.now, space }), how)
  }
}

/** What is waited for is looked for in what is new, and a little before it: an hour's output is not read again every second. */
function lookAtNews(stream: Transcript, text: Parameters<Box['runUntil']>[0]): () => boolean {
  let seen = stream.size
  return () => {
    const fresh = stream.size - seen
    if (fresh === 0) return false
    seen = stream.size
    return isIn(text, stream.tail(fresh + CONTEXT)) && isIn(text, stream.text())
  }
}

const CONTEXT = 4096

/** Throws EngineError for what is no duration. */
function milliseconds(time: string | number): number {
  const ms = typeof time === 'number' ? time : parseDuration(time)
  if (ms === undefined) throw new EngineError('invalid-option', `no duration: ${time}`)
  return ms
}

function isIn(text: string | RegExp | ((printed: string) => boolean), printed: string): boolean {
  if (typeof text === 'function') return text(printed)
  return typeof text === 'string' ? printed.includes(text) : printed.search(text) !== -1
}
