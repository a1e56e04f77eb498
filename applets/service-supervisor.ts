// One service of runsv: its run and finish programs, and what supervise/ tells of them.

import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { SIGCONT, SIGTERM, type Signal } from '../kernel/signal.ts'
import type { WaitStatus } from '../kernel/wait-status.ts'
import { encode } from '../lib/bytes.ts'
import { packStatus, type ServiceState, statText } from './service-status.ts'

export interface ServicePipe {
  readonly read: number
  readonly write: number
}

export class Service {
  readonly #proc: Process
  /** `.` or `log`. */
  readonly folder: string
  /** The fd that its stdout (of a service) or stdin (of its log) becomes. */
  readonly #pipe: ServicePipe | undefined
  controlFd = -1
  state: ServiceState = 'down'
  pid = 0
  /** What is to become of it: up and up again, down, or up once. */
  want: 'up' | 'down' | 'once'
  #isPaused = false
  #hasTerm = false
  #since: number
  /** Before this it is not started again. */
  notBefore = 0
  #startedAt = 0

  constructor(proc: Process, folder: string, pipe: ServicePipe | undefined) {
    this.#proc = proc
    this.folder = folder
    this.#pipe = pipe
    this.#since = proc.kernel.clock.now() / 1000
    this.want = exists(proc, `${folder}/down`) ? 'down' : 'up'
  }

  /** Throws SysError. */
  async prepare(): Promise<void> {
    const proc = this.#proc
    const supervise = `${this.folder}/supervise`
    ignore('EEXIST', () => proc.mkdir(supervise, 0o700))
    const lock = await proc.open(
      `${supervise}/lock`,
      { write: true, create: true, append: true, closeOnExec: true },
      0o600,
    )
    proc.seek(lock, 0)
    for (const name of ['control', 'ok']) ignore('EEXIST', () => proc.mknod(`${supervise}/${name}`, 'fifo', 0o600))
    const how = { read: true, nonBlocking: true, closeOnExec: true }
    this.controlFd = await proc.open(`${supervise}/control`, how)
    // Held open, so that it never ends.
    await proc.open(`${supervise}/control`, { write: true, nonBlocking: true, closeOnExec: true })
    await proc.open(`${supervise}/ok`, how)
    await this.tell()
  }

  async tell(): Promise<void> {
    const status = {
      since: this.#since,
      pid: this.pid,
      isPaused: this.#isPaused,
      want: this.want === 'up' ? ('u' as const) : ('d' as const),
      hasTerm: this.#hasTerm,
      state: this.state,
    }
    await this.#write('pid', encode(this.pid === 0 ? '' : `${this.pid}\n`))
    await this.#write('stat', encode(statText(status)))
    await this.#write('status', packStatus(status))
  }

  async start(): Promise<void> {
    this.#run('run', [])
    this.#startedAt = this.#proc.kernel.clock.now()
    await this.tell()
  }

  signal(signal: Signal): void {
    if (this.pid === 0) return
    ignore('ESRCH', () => this.#proc.kill(this.pid, signal))
  }

  /** TERM, and CONT so that who is paused hears it. */
  async terminate(): Promise<void> {
    if (this.pid === 0 || this.state === 'finish') return
    this.signal(SIGTERM)
    this.signal(SIGCONT)
    this.#hasTerm = true
    this.#isPaused = false
    await this.tell()
  }

  async pause(isPaused: boolean): Promise<void> {
    this.#isPaused = isPaused
    await this.tell()
  }

  /** Its program has ended: finish is next, or nothing. */
  async ended(status: WaitStatus): Promise<void> {
    const { clock } = this.#proc.kernel
    const wasRun = this.state === 'run'
    this.#reset('down')
    if (wasRun && this.want === 'once') this.want = 'down'
    if (wasRun && exists(this.#proc, `${this.folder}/finish`)) {
      const code = 'exited' in status ? status.exited : -1
      const signal = 'killed' in status ? status.killed : 0
      this.#run('finish', [String(code), String(signal)])
    } else if (clock.now() - this.#startedAt < 1000) this.notBefore = this.#startedAt + 1000
    await this.tell()
  }

  #run(program: 'run' | 'finish', args: readonly string[]): void {
    const pipe = this.#pipe
    const child = this.#proc.fork(
      async self => {
        self.chdir(this.folder)
        if (pipe && this.folder === '.') self.dup(pipe.write, { onto: 1 })
        if (pipe && this.folder !== '.') self.dup(pipe.read, { onto: 0 })
        try {
          return self.exec(`./${program}`, [`./${program}`, ...args])
        } catch (error) {
          if (!(error instanceof SysError)) throw error
          await self.stderr.line(`runsv: fatal: can't start ${this.folder}/${program}: ${error.message}`)
          return 111
        }
      },
      { group: 'new' },
    )
    this.#reset(program === 'run' ? 'run' : 'finish')
    this.pid = child.pid
  }

  #reset(state: ServiceState): void {
    this.state = state
    this.pid = 0
    this.#isPaused = false
    this.#hasTerm = false
    this.#since = this.#proc.kernel.clock.now() / 1000
  }

  /** Whole at any moment: a new file takes the old one's name. */
  async #write(name: string, bytes: Uint8Array): Promise<void> {
    const proc = this.#proc
    const path = `${this.folder}/supervise/${name}`
    const fd = await proc.open(`${path}.new`, { write: true, create: true, truncate: true })
    await proc.write(fd, bytes)
    proc.close(fd)
    proc.rename(`${path}.new`, path)
  }
}

function exists(proc: Process, path: string): boolean {
  try {
    proc.stat(path)
    return true
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return false
  }
}

function ignore(errno: string, piece: () => void): void {
  try {
    piece()
  } catch (error) {
    if (!(error instanceof SysError) || error.errno !== errno) throw error
  }
}
