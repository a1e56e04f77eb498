import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { SIGCHLD } from '../kernel/signal.ts'
import { decode, encode } from '../lib/bytes.ts'
import { flag, number, text } from '../lib/options.ts'
import { strftime } from '../lib/strftime.ts'
import { parseTimeZone } from '../lib/time-zone.ts'
import { Accounts } from './accounts.ts'
import { applet, Failure } from './applet.ts'
import { type CronJob, type CronMoment, isDue, parseCrontab } from './cron-table.ts'
import { becomeDaemon } from './daemon.ts'
import { CRON_NOTICE, sendToLog } from './system-log.ts'

/** The levels of what it says: jobs that are started, and what went wrong. */
const JOBS = 8
const PROBLEMS = 9

/** crond, as in busybox. */
export default applet({
  name: 'crond',
  about: 'Run commands at the times that crontabs say',
  options: {
    foreground: flag('-f', 'In the foreground'),
    background: flag('-b', 'In the background (so it is by default)'),
    toSystem: flag('-S', 'Tell the system log (so it is by default)'),
    level: number('-l', 'N', 'Tell what has level N or more, from 0 (all) to 8', 8),
    debug: number('-d', 'N', 'The same, told on stderr'),
    file: text('-L', 'FILE', 'Tell FILE'),
    folder: text('-c', 'DIR', 'Where the crontabs are', '/var/spool/cron/crontabs'),
  },
  notes: ['Partly: nothing is mailed; what jobs print goes where crond prints.'],
  async main({ proc, options: how }) {
    const tell: Tell = async (self, level, message) => {
      if (level < (how.debug ?? how.level)) return
      if (how.debug !== undefined) await self.stderr.line(`crond: ${message}`)
      else if (how.file !== undefined) await append(self, how.file, `crond: ${message}\n`)
      else await sendToLog(self, CRON_NOTICE, `crond[${self.pid}]`, message)
      await self.stderr.flush()
    }
    try {
      proc.chdir(how.folder)
    } catch (error) {
      if (!(error instanceof SysError)) throw error
      throw new Failure(`can't change directory to '${how.folder}': ${error.message}`)
    }
    const folder = proc.cwd
    if (how.foreground || how.debug !== undefined) return await new Cron(proc, folder, tell, how.level).run()
    becomeDaemon(proc, self => new Cron(self, folder, tell, how.level).run())
    return 0
  },
})

type Tell = (proc: Process, level: number, message: string) => Promise<void>

async function append(proc: Process, file: string, line: string): Promise<void> {
  const fd = await proc.open(file, { write: true, create: true, append: true })
  await proc.write(fd, encode(line))
  proc.close(fd)
}

const MINUTE = 60_000

class Cron {
  readonly #proc: Process
  readonly #folder: string
  readonly #tell: Tell
  readonly #level: number
  #jobs: { readonly user: string; readonly job: CronJob }[] = []
  /** Who still runs is not started again. */
  readonly #running = new Map<CronJob, number>()
  #seen = ''

  constructor(proc: Process, folder: string, tell: Tell, level: number) {
    this.#proc = proc
    this.#folder = folder
    this.#tell = tell
    this.#level = level
  }

  async run(): Promise<number> {
    const proc = this.#proc
    proc.onSignal(SIGCHLD, { handler: () => {}, restart: true })
    await this.#tell(proc, JOBS, `crond (busybox 1.35.0) started, log level ${this.#level}`)
    await this.#read()
    for (const entry of this.#jobs) if (entry.job.isAtStart) await this.#start(entry)
    const { clock } = proc.kernel
    let last = Math.floor(clock.now() / MINUTE)
    for (;;) {
      await proc.sleep((last + 1) * MINUTE - clock.now() + 1)
      this.#reap()
      const now = Math.floor(clock.now() / MINUTE)
      await this.#read()
      // A clock that was set by more than an hour is followed, and what lies between is not made up for.
      for (let minute = now - last > 60 || now < last ? now : last + 1; minute <= now; minute++) {
        const moment = momentOf(proc, minute)
        for (const entry of this.#jobs) if (isDue(entry.job, moment)) await this.#start(entry)
      }
      last = now
    }
  }

  /** Again only when a crontab, or its folder, is not what it was. */
  async #read(): Promise<void> {
    const proc = this.#proc
    const names = proc.readNames(this.#folder).filter(name => !name.startsWith('.') && name !== 'cron.update')
    const files = names.flatMap(name => {
      try {
        const stat = proc.stat(`${this.#folder}/${name}`)
        return stat.kind === 'file' ? [{ name, mark: `${name} ${stat.ino} ${stat.mtime} ${stat.ctime}` }] : []
      } catch (error) {
        if (!(error instanceof SysError)) throw error
        return []
      }
    })
    const seen = files.map(({ mark }) => mark).join('\n')
    if (seen === this.#seen) return
    this.#seen = seen
    this.#jobs = []
    const { users } = new Accounts(proc)
    for (const { name } of files) {
      if (!users.some(user => user.name === name)) {
        await this.#tell(proc, PROBLEMS, `ignoring file '${name}' (no such user)`)
        continue
      }
      const problems: string[] = []
      const jobs = parseCrontab(decode(proc.contentsOf(`${this.#folder}/${name}`)), word => problems.push(word))
      for (const word of problems) await this.#tell(proc, PROBLEMS, `user ${name}: parse error at ${word}`)
      this.#jobs.push(...jobs.map(job => ({ user: name, job })))
    }
  }

  async #start({ user, job }: { readonly user: string; readonly job: CronJob }): Promise<void> {
    const proc = this.#proc
    if (this.#running.has(job)) {
      await this.#tell(proc, JOBS, `user ${user}: process already running: ${job.command}`)
      return
    }
    const accounts = new Accounts(proc)
    const account = accounts.users.find(({ name }) => name === user)
    if (!account) return
    const child = proc.fork(
      async self => {
        const { uid, gid, home } = account
        const none = await self.open('/dev/null')
        self.dup(none, { onto: 0 })
        const groups = accounts.groupsOf(account)
        self.setCredentials({ uid, gid, euid: uid, egid: gid, suid: uid, sgid: gid, groups })
        try {
          self.chdir(home)
        } catch (error) {
          if (!(error instanceof SysError)) throw error
          self.chdir('/')
        }
        const own: [string, string][] = [
          ['USER', user],
          ['LOGNAME', user],
          ['HOME', home],
          ['SHELL', job.shell],
        ]
        return self.exec(job.shell, [job.shell, '-c', job.command], new Map([...self.env, ...own]))
      },
      { group: 'new' },
    )
    this.#running.set(job, child.pid)
    await this.#tell(proc, JOBS, `USER ${user} pid ${String(child.pid).padStart(3)} cmd ${job.command}`)
  }

  #reap(): void {
    while (this.#proc.children.size > 0) {
      const ended = this.#proc.waitNow('any')
      if (!ended) return
      for (const [job, pid] of this.#running) if (pid === ended[0]) this.#running.delete(job)
    }
  }
}

function momentOf(proc: Process, minute: number): CronMoment {
  const zone = parseTimeZone(proc.env.get('TZ'))
  const words = strftime('%M %H %d %m %w', BigInt(minute) * 60_000_000_000n, zone)
    .split(' ')
    .map(Number)
  const [minutes = 0, hour = 0, day = 0, month = 1, weekday = 0] = words
  return { minute: minutes, hour, day, month: month - 1, weekday }
}
