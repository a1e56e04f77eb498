import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { parseSignal, SIGCHLD, SIGCONT, SIGSTOP, SIGTERM } from '../kernel/signal.ts'
import { applet, Failure } from './applet.ts'
import { Service } from './service-supervisor.ts'

/** runsv, as in busybox (runit). */
export default applet({
  name: 'runsv',
  about: 'Start a service, and its log, and see that they run',
  operands: 'DIR',
  least: 1,
  most: 1,
  async main({ proc, operands: [folder = ''] }) {
    try {
      proc.chdir(folder)
    } catch (error) {
      if (!(error instanceof SysError)) throw error
      throw new Failure(`can't change directory to '${folder}': ${error.message}`)
    }
    return await new Supervisor(proc).run()
  },
})

class Supervisor {
  readonly #proc: Process
  readonly #main: Service
  readonly #log: Service | undefined
  readonly #pipe: { readonly read: number; readonly write: number } | undefined
  #isEnding = false
  /** A signal came since children were looked at: one that comes before the sleep would not end it. */
  #hasNews = false

  constructor(proc: Process) {
    this.#proc = proc
    const hasLog = proc.readNames('.').includes('log')
    if (hasLog) {
      const [read, write] = proc.pipe({ closeOnExec: true })
      this.#pipe = { read, write }
    }
    this.#main = new Service(proc, '.', this.#pipe)
    this.#log = hasLog ? new Service(proc, 'log', this.#pipe) : undefined
  }

  async run(): Promise<number> {
    const proc = this.#proc
    proc.onSignal(SIGCHLD, () => {
      this.#hasNews = true
    })
    proc.onSignal(SIGTERM, () => {
      this.#isEnding = true
      this.#hasNews = true
    })
    const services = this.#log ? [this.#log, this.#main] : [this.#main]
    for (const service of services) await service.prepare()
    for (;;) {
      this.#hasNews = false
      await this.#reap(services)
      if (this.#isEnding && (await this.#end())) return 0
      const now = proc.kernel.clock.now()
      for (const service of services)
        if (service.state === 'down' && this.#isWanted(service) && service.notBefore <= now) await service.start()
      await this.#hear(services)
    }
  }

  #isWanted(service: Service): boolean {
    return service.want !== 'down' && !(this.#isEnding && service === this.#main)
  }

  /** The log ends when nobody can write to it any more. */
  async #end(): Promise<boolean> {
    const main = this.#main
    if (main.want !== 'down') {
      main.want = 'down'
      await main.terminate()
    }
    if (main.state !== 'down') return false
    if (!this.#log) return true
    if (this.#log.want !== 'down') {
      this.#log.want = 'down'
      if (this.#pipe) for (const fd of [this.#pipe.read, this.#pipe.write]) this.#proc.close(fd)
    }
    return this.#log.state === 'down'
  }

  async #reap(services: readonly Service[]): Promise<void> {
    while (this.#proc.children.size > 0) {
      const ended = this.#proc.waitNow('any')
      if (!ended) return
      for (const service of services) if (service.pid === ended[0]) await service.ended(ended[1])
    }
  }

  /** Sleeps until somebody says something, a child ends, or one may be started again. */
  async #hear(services: readonly Service[]): Promise<void> {
    const proc = this.#proc
    if (this.#hasNews) return
    const waits = services
      .filter(service => service.state === 'down' && this.#isWanted(service))
      .map(({ notBefore }) => Math.max(1, notBefore - proc.kernel.clock.now()))
    try {
      const ready = await proc.select(
        services.map(({ controlFd }) => controlFd),
        waits.length > 0 ? Math.min(...waits) : undefined,
      )
      for (const service of services)
        if (ready.includes(service.controlFd))
          for (const byte of await proc.read(service.controlFd, 64))
            await this.#obey(service, String.fromCharCode(byte))
    } catch (error) {
      if (!(error instanceof SysError) || (error.errno !== 'EINTR' && error.errno !== 'EAGAIN')) throw error
    }
  }

  async #obey(service: Service, command: string): Promise<void> {
    switch (command) {
      case 'u':
      case 'o':
        service.want = command === 'u' ? 'up' : 'once'
        if (service.state === 'down') service.notBefore = 0
        return await service.tell()
      case 'd':
        service.want = 'down'
        return service.pid === 0 ? await service.tell() : await service.terminate()
      case 'x':
        // A log goes when its service has gone.
        if (service === this.#main) this.#isEnding = true
        return
      case 't':
        service.signal(SIGTERM)
        return
      case 'p':
        service.signal(SIGSTOP)
        return await service.pause(true)
      case 'c':
        service.signal(SIGCONT)
        return await service.pause(false)
      default: {
        const signal = parseSignal(SIGNALS[command] ?? '')
        if (signal !== undefined) service.signal(signal)
      }
    }
  }
}

const SIGNALS: Readonly<Record<string, string>> = {
  h: 'HUP',
  a: 'ALRM',
  i: 'INT',
  q: 'QUIT',
  '1': 'USR1',
  '2': 'USR2',
  k: 'KILL',
}
