// When a process runs, sleeps, is stopped and ends: its signals, its gate, and what it uses of time and memory.

import { SysError } from './errno.ts'
import { FileCalls } from './file-calls.ts'
import type { Kernel } from './kernel.ts'
import type { Output } from './output.ts'
import type { Pid, ProcessState, WaitOptions } from './process.ts'
import type { ResourceLimits } from './resource-limits.ts'
import {
  defaultDisposition,
  SIGCONT,
  SIGKILL,
  SIGSTOP,
  SIGTSTP,
  SIGTTIN,
  SIGTTOU,
  SIGXCPU,
  type Signal,
} from './signal.ts'
import type { SignalAction, SignalState } from './signals.ts'
import { SleepState } from './sleep.ts'
import type { Viewer } from './vfs/walk.ts'
import { WaitQueue } from './wait-queue.ts'
import { ProcessEnd, type WaitStatus } from './wait-status.ts'

export interface ScheduledParts {
  readonly kernel: Kernel
  readonly pid: Pid
  readonly viewer: Viewer
  readonly umask: number
  readonly signals: SignalState
  readonly resourceLimits: ResourceLimits
}

export abstract class Scheduled extends FileCalls {
  readonly kernel: Kernel
  readonly pid: Pid
  readonly signals: SignalState
  readonly resourceLimits: ResourceLimits
  readonly startedAt: number
  abstract readonly stdout: Output
  abstract readonly stderr: Output
  abstract readonly parent: { childChanged(): void } | undefined
  abstract readonly pgid: Pid
  /** Bytes it has said it holds: see `charge`. */
  memory = 0
  /** Milliseconds it has run. */
  cpu = 0

  readonly #continued = new WaitQueue('continue')
  readonly #sleeping: SleepState
  #isRunning = false
  #resumedAt = 0
  #attention = false
  #end: ProcessEnd | undefined
  #stoppedBy: Signal | undefined
  #isFrozen = false
  /** Set once it has ended, until its parent has waited for it. */
  #status: WaitStatus | undefined
  #news: WaitStatus | undefined

  constructor({ kernel, pid, viewer, umask, signals, resourceLimits }: ScheduledParts) {
    super(viewer, umask)
    this.kernel = kernel
    this.pid = pid
    this.signals = signals
    this.resourceLimits = resourceLimits
    this.startedAt = kernel.clock.now()
    this.#sleeping = new SleepState(kernel.clock, isRunning => this.mark(isRunning))
  }

  /** The container has no memory left: somebody is killed for it, and this one in any case. */
  protected abstract outOfMemory(): void

  get state(): ProcessState {
    if (this.#status) return 'zombie'
    if (this.#stoppedBy !== undefined) return 'stopped'
    return this.#isRunning ? 'running' : 'sleeping'
  }

  /** What it waits for, when it sleeps: the names of queues, or 'clock'. */
  get waitsFor(): string[] {
    return this.#sleeping.queues
  }

  /** How it ended; undefined while it lives. */
  get status(): WaitStatus | undefined {
    return this.#status
  }

  onSignal(signal: Signal, action: SignalAction): void {
    if (signal === SIGKILL || signal === SIGSTOP) throw new SysError('EINVAL')
    this.signals.setAction(signal, action)
  }

  blockSignals(signals: readonly Signal[]): void {
    for (const signal of signals) this.signals.blocked.add(signal)
  }

  unblockSignals(signals: readonly Signal[]): void {
    for (const signal of signals) this.signals.blocked.delete(signal)
    for (const signal of [...this.signals.pending]) {
      if (this.signals.isBlocked(signal)) continue
      this.signals.pending.delete(signal)
      this.receive(signal)
    }
  }

  /** EINTR when a caught signal arrives. */
  async sleep(ms: number): Promise<void> {
    await this.sleepOn(undefined, ms)
  }

  /**
   * Sleeps until the queue is woken (true) or `ms` have passed (false). What was printed is sent first.
   * Rejects with EINTR when a caught signal arrives, and with the end of the process when it is killed.
   */
  async sleepOn(queue: WaitQueue | undefined, ms?: number): Promise<boolean> {
    const began = this.kernel.clock.now()
    if (this.hasOutput || this.#attention) {
      await this.flushBeforeSleep()
      await this.gate()
      // The queue may have been woken meanwhile: whoever sleeps on it looks again.
      if (queue) return true
    }
    const left = ms === undefined ? undefined : ms - (this.kernel.clock.now() - began)
    if (left !== undefined && left < 0) return false
    const woken = await this.#sleeping.sleep(queue, left)
    if (this.#attention) await this.gate()
    return woken
  }

  /**
   * What every loop's back edge passes: a killed process ends here, a stopped one sleeps here, and a busy one gives the
   * host its turn. undefined: go on; nearly always.
   */
  gate(): Promise<void> | undefined {
    if (this.#attention) return this.#attend()
    return this.kernel.pace.step() ? this.#giveTurn() : undefined
  }

  /**
   * Says that it holds so many more (or, negative, fewer) bytes. ENOMEM over its own limit; over the container's it is
   * killed, as by the OOM killer.
   */
  charge(bytes: number): void {
    if (bytes > 0 && this.memory + bytes > this.resourceLimits.memory) throw new SysError('ENOMEM')
    this.memory += bytes
    this.kernel.memory += bytes
    if (bytes > 0 && this.kernel.memory > this.kernel.limits.memory) {
      this.outOfMemory()
      throw (this.#end = new ProcessEnd({ killed: SIGKILL }))
    }
  }

  /** A signal arrives. `force`: from outside the container, where even init heeds what it does not catch. */
  receive(signal: Signal, how: { force?: boolean } = {}): void {
    if (this.#status || signal === 0) return
    if (signal === SIGCONT) this.#continue()
    if (this.signals.isBlocked(signal)) {
      this.signals.pending.add(signal)
      return
    }
    const action = this.signals.action(signal)
    if (this.#stoppedBy !== undefined && waitsWhileStopped(signal, action)) {
      this.signals.pending.add(signal)
      return
    }
    if (signal !== SIGKILL && signal !== SIGSTOP) {
      if (action === 'ignore') return
      if (action !== 'default') return this.#catch(signal, action)
    }
    if (this.pid === 1 && !how.force && !this.kernel.hasPlainInit) return
    this.#takeDefault(signal)
  }

  /** Stops it without its knowledge, as the freezer of cgroups does. */
  freeze(): void {
    this.#isFrozen = true
    this.#attention = true
  }

  thaw(): void {
    this.#isFrozen = false
    this.#continued.wake()
  }

  protected get hasOutput(): boolean {
    return !this.stdout.isEmpty || !this.stderr.isEmpty
  }

  /** Before one looks whether to sleep: between the look and the sleep nothing may be awaited, or a wake-up is lost. */
  protected async flushBeforeSleep(): Promise<void> {
    await this.stdout.flush()
    await this.stderr.flush()
  }

  /** Not sleepOn, which would flush, and so write, and so come here again. */
  protected async sleepForRoom(queue: WaitQueue): Promise<void> {
    if (this.#attention) return this.gate()
    await this.#sleeping.sleep(queue, undefined, true)
    if (this.#attention) await this.gate()
  }

  protected mark(isRunning: boolean): void {
    if (isRunning === this.#isRunning) return
    this.#isRunning = isRunning
    const now = this.kernel.host.now()
    if (isRunning) this.#resumedAt = now
    else this.cpu += now - this.#resumedAt
    this.kernel.countRunning(isRunning ? 1 : -1, now)
  }

  /** As `gate`, for who has not gone round a loop. */
  protected heed(): Promise<void> | undefined {
    return this.#attention ? this.#attend() : undefined
  }

  /** Throws the end that a signal has put to it. */
  protected requireAlive(): void {
    if (this.#end) throw this.#end
  }

  /** What its body left asleep must not take a key that is meant for whoever reads the terminal next. */
  protected wakeToEnd(status: WaitStatus): void {
    this.#end ??= new ProcessEnd('exited' in status ? status : { killed: SIGKILL })
    this.#attention = true
    this.#sleeping.interrupt(this.#end)
  }

  /** It has ended. */
  protected setStatus(status: WaitStatus): void {
    this.#status = status
  }

  /** A stop or continuation that its parent has not been told of, if the parent asks for such. */
  protected takeNews(how: WaitOptions): WaitStatus | undefined {
    const news = this.#news
    if (!news) return undefined
    const isAskedFor = ('stopped' in news && how.stopped) || ('continued' in news && how.continued)
    if (!isAskedFor) return undefined
    this.#news = undefined
    return news
  }

  async #giveTurn(): Promise<void> {
    if (!this.stdout.isEmpty) await this.stdout.flush()
    await this.kernel.pace.turn()
    if (this.kernel.pace.isExhausted) this.#takeDefault(SIGXCPU)
    this.#checkTime()
    if (this.#attention) await this.#attend()
  }

  #checkTime(): void {
    const { soft, hard } = this.resourceLimits.get('cpu')
    if (soft === Number.POSITIVE_INFINITY) return
    const seconds = (this.cpu + this.kernel.host.now() - this.#resumedAt) / 1000
    if (seconds >= hard) this.receive(SIGKILL)
    else if (seconds >= soft) this.receive(SIGXCPU)
  }

  async #attend(): Promise<void> {
    for (;;) {
      if (this.#end) throw this.#end
      if (this.#stoppedBy === undefined && !this.#isFrozen) break
      await this.#sleeping.sleep(this.#continued)
    }
    this.#attention = false
  }

  #catch(signal: Signal, action: Exclude<SignalAction, 'default' | 'ignore'>): void {
    const { handler, restart } = typeof action === 'function' ? { handler: action, restart: false } : action
    handler(signal)
    if (restart === true || this.#stoppedBy !== undefined) return
    this.#sleeping.interrupt(new SysError('EINTR'), { sparesWrites: restart === 'writes' })
  }

  #takeDefault(signal: Signal): void {
    switch (defaultDisposition(signal)) {
      case 'ignore':
      case 'continue':
        return
      case 'stop':
        if (signal !== SIGSTOP && this.kernel.isOrphaned(this.pgid)) return
        return this.#stop(signal)
      case 'terminate':
      case 'core':
        this.#end ??= new ProcessEnd({ killed: signal })
        this.#attention = true
        this.#stoppedBy = undefined
        this.#isFrozen &&= signal !== SIGKILL
        this.#sleeping.interrupt(this.#end)
    }
  }

  #stop(signal: Signal): void {
    if (this.#stoppedBy !== undefined) return
    this.#stoppedBy = signal
    this.#attention = true
    this.#news = { stopped: signal }
    this.parent?.childChanged()
  }

  #continue(): void {
    for (const stop of [SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU]) this.signals.pending.delete(stop)
    if (this.#stoppedBy === undefined) return
    this.#stoppedBy = undefined
    this.#news = { continued: true }
    this.#continued.wake()
    this.parent?.childChanged()
    for (const signal of [...this.signals.pending]) {
      if (this.signals.isBlocked(signal)) continue
      this.signals.pending.delete(signal)
      this.receive(signal)
    }
  }
}

/** What a stopped process would have to do something about, it does when it goes on; but SIGKILL ends it (Linux). */
function waitsWhileStopped(signal: Signal, action: SignalAction): boolean {
  if (signal === SIGKILL || signal === SIGCONT || action === 'ignore') return false
  return action !== 'default' || ['terminate', 'core'].includes(defaultDisposition(signal))
}
