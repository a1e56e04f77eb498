// A container's session wired to the terminal or pipes of the command that started it.

import { Failure } from '../applets/applet.ts'
import type { Attachment } from '../engine/handle.ts'
import type { Listener, StreamName } from '../engine/tap.ts'
import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { SIGHUP, SIGINT, SIGKILL, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2, SIGWINCH, signalName } from '../kernel/signal.ts'
import type { Terminal } from '../kernel/terminal.ts'
import { makeRaw } from '../kernel/termios.ts'
import { WaitQueue } from '../kernel/wait-queue.ts'
import { EMPTY } from '../lib/bytes.ts'
import { messageOf } from './context.ts'

export interface WiringOptions {
  readonly tty: boolean
  readonly stdin: boolean
  /** Signals that arrive are handed on (docker's --sig-proxy). */
  readonly kill?: (signal: string) => Promise<void>
  readonly detachKeys?: string
}

/** docker's default: ^P ^Q. */
const DEFAULT_DETACH = 'ctrl-p,ctrl-q'

/** The exit status, or 'detached' when the detach keys were typed. */
export async function wire(proc: Process, attachment: Attachment, how: WiringOptions): Promise<number | 'detached'> {
  const terminal = how.tty ? proc.terminal(0) : undefined
  const restore = terminal ? takeTerminal(proc, terminal, attachment) : undefined
  if (how.kill) proxySignals(proc, how.kill)
  const output = new OutputRelay(proc, attachment)
  const detached = new WaitQueue('detach')
  let isDetached = false
  const input = how.stdin ? feedInput(proc, attachment, how, () => ((isDetached = true), detached.wake())) : undefined
  try {
    const status = await Promise.race([attachment.ended, whenWoken(detached)])
    await output.drained()
    return isDetached || status === undefined ? 'detached' : status
  } finally {
    output.stop()
    attachment.detach()
    restore?.()
    input?.stop()
  }
}

/** docker's check, before anything is made: a terminal in the container that is typed on needs one here. */
export function requireTerminal(
  proc: Process,
  { tty, stdin }: { readonly tty: boolean; readonly stdin: boolean },
): void {
  if (tty && stdin && !proc.terminal(0)) throw new Failure('the input device is not a TTY', 1)
}

/** The size of the terminal a command runs on. */
export function terminalSize(proc: Process): { rows: number; columns: number } | undefined {
  const { rows, columns } = (proc.terminal(0) ?? proc.terminal(1))?.size ?? { rows: 0, columns: 0 }
  return columns > 0 ? { rows, columns } : undefined
}

function whenWoken(queue: WaitQueue): Promise<undefined> {
  return new Promise(resolve => queue.add({ wake: () => resolve(undefined) }))
}

/** Raw mode, and the size handed on as it changes; the returned function puts everything back. */
function takeTerminal(proc: Process, terminal: Terminal, attachment: Attachment): () => void {
  const before = terminal.termios
  terminal.setTermios(makeRaw(before))
  attachment.resize(terminal.size)
  proc.onSignal(SIGWINCH, { handler: () => attachment.resize(terminal.size), restart: true })
  return () => terminal.setTermios(before)
}

function proxySignals(proc: Process, kill: (signal: string) => Promise<void>): void {
  for (const signal of [SIGHUP, SIGINT, SIGQUIT, SIGUSR1, SIGUSR2, SIGTERM]) {
    let count = 0
    const handler = () => {
      // Somebody who insists gets out, whatever the container does.
      const isInsisting = (signal === SIGINT || signal === SIGTERM) && ++count >= 3
      // It may have ended just now.
      kill(signalName(isInsisting ? SIGKILL : signal) ?? 'TERM').catch(messageOf)
    }
    proc.onSignal(signal, { handler, restart: true })
  }
}

/** What the container prints goes out in order; its writers wait while ours does. */
class OutputRelay {
  readonly #proc: Process
  readonly #stop: () => void
  #last: Promise<void> = Promise.resolve()
  /** Writes that are not done; one that failed is never. */
  #waiting = 0

  constructor(proc: Process, attachment: Attachment) {
    this.#proc = proc
    const relay: Listener = (bytes, stream) => this.#write(stream === 'stdout' ? 1 : 2, bytes)
    const copies = (stream: StreamName) => proc.copiesWrites(stream === 'stdout' ? 1 : 2)
    this.#stop = attachment.listen(Object.assign(relay, { copies }))
  }

  /** At once where nothing waits before it. */
  #write(fd: 1 | 2, bytes: Uint8Array): void | Promise<void> {
    if (this.#waiting > 0) return this.#later(this.#last.then(() => this.#proc.write(fd, bytes)))
    try {
      const written = this.#proc.write(fd, bytes)
      return written && this.#later(written)
    } catch (error) {
      // It is ours, and no refusal to the one in the container who writes.
      return this.#later(Promise.reject(error))
    }
  }

  #later(written: Promise<void>): Promise<void> {
    this.#waiting++
    this.#last = written.then(() => void this.#waiting--)
    return this.#last
  }

  async drained(): Promise<void> {
    await this.#last
  }

  stop(): void {
    this.#stop()
  }
}

function feedInput(proc: Process, attachment: Attachment, how: WiringOptions, detach: () => void): { stop(): void } {
  let isStopped = false
  const keys = how.tty ? parseDetachKeys(how.detachKeys ?? DEFAULT_DETACH) : []
  const watcher = new DetachWatcher(keys)
  const run = async () => {
    while (!isStopped) {
      const bytes = await proc.read(0)
      // A terminal that was closed is no end of input to the one in the container: others may come and type on that.
      if (bytes.length === 0) return how.tty ? undefined : attachment.closeInput()
      const { forward, isComplete } = watcher.take(bytes)
      if (forward.length > 0) await attachment.write(forward)
      if (isComplete) return detach()
    }
  }
  // The command is over, or stdin cannot be read: there is nothing to feed any more.
  run().catch(error => {
    if (error instanceof SysError && !how.tty) attachment.closeInput()
  })
  return {
    stop() {
      isStopped = true
    },
  }
}

/** `ctrl-p,ctrl-q` as bytes. Throws nothing: an unknown word is its own letters. */
export function parseDetachKeys(text: string): number[] {
  return text.split(',').map(key => {
    const control = /^ctrl-([a-z@[\\\]^_])$/.exec(key)
    return control ? control[1]!.toUpperCase().charCodeAt(0) & 31 : key.charCodeAt(0)
  })
}

class DetachWatcher {
  readonly #keys: readonly number[]
  #matched = 0

  constructor(keys: readonly number[]) {
    this.#keys = keys
  }

  /** Keys that may begin the sequence are held back until the next one decides. */
  take(bytes: Uint8Array): { forward: Uint8Array; isComplete: boolean } {
    if (this.#keys.length === 0) return { forward: bytes, isComplete: false }
    const forward: number[] = []
    for (const byte of bytes) {
      if (byte === this.#keys[this.#matched]) {
        if (++this.#matched === this.#keys.length) return { forward: Uint8Array.from(forward), isComplete: true }
        continue
      }
      forward.push(...this.#keys.slice(0, this.#matched), byte)
      this.#matched = 0
    }
    return { forward: forward.length > 0 ? Uint8Array.from(forward) : EMPTY, isComplete: false }
  }
}
