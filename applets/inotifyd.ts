import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import type { Stat } from '../kernel/vfs/stat.ts'
import { UsageError } from '../lib/options.ts'
import { applet, Failure } from './applet.ts'
import { startCommand } from './run-command.ts'

/** What can be seen by looking again and again. */
const SEEN = 'ceDxnd'
const KNOWN = 'acew0rDMuoxymnd'
const LOOK_MS = 200

/** inotifyd, as in busybox, for what can be seen by looking: nothing tells of opening, reading and closing here. */
export default applet({
  name: 'inotifyd',
  about: 'Run PROG (-: print) when FILEs change',
  operands: 'PROG FILE[:MASK]...',
  notes: [
    'MASK: c its contents changed, e its mode, owner or times, D it was deleted, x it is watched no more;',
    'of a folder: n a name was made in it, d a name was deleted. Without a MASK all of these.',
    'Partly: a, w, 0, r, M, u, o, y and m are refused; changes that come and go within a fifth of a second are not seen.',
  ],
  async main({ proc, operands: [program, ...words] }) {
    if (program === undefined || words.length === 0) throw new UsageError('')
    const watches = words.map(word => new Watch(proc, word))
    while (watches.some(({ isGone }) => !isGone)) {
      await proc.sleep(LOOK_MS)
      for (const watch of watches) for (const event of watch.look()) await tell(proc, program, event)
    }
    return 0
  },
})

interface Event {
  readonly letter: string
  readonly file: string
  readonly name: string | undefined
}

class Watch {
  readonly #proc: Process
  readonly #file: string
  readonly #mask: string
  #before: Stat
  #names: Map<string, Stat>
  isGone = false

  constructor(proc: Process, word: string) {
    const match = /^(.*):([a-zA-Z0]*)$/.exec(word)
    this.#proc = proc
    this.#file = match?.[1] ?? word
    this.#mask = match?.[2] ?? SEEN
    for (const letter of this.#mask) {
      if (!KNOWN.includes(letter)) throw new Failure(`unknown event '${letter}'`)
      if (!SEEN.includes(letter)) throw new Failure(`event '${letter}' cannot be seen here`)
    }
    const stat = statOf(proc, this.#file)
    if (!stat) throw new Failure(`add watch (${this.#file}) failed: No such file or directory`)
    this.#before = stat
    this.#names = this.#read()
  }

  look(): Event[] {
    if (this.isGone) return []
    const now = statOf(this.#proc, this.#file)
    if (!now || now.ino !== this.#before.ino) {
      this.isGone = true
      return this.#wanted([
        ['D', undefined],
        ['x', undefined],
      ])
    }
    const isFolder = now.kind === 'directory'
    const events: [string, string | undefined][] = isFolder ? this.#compareNames() : []
    const change = changeOf(this.#before, now)
    if (change !== undefined && !(isFolder && change === 'c')) events.push([change, undefined])
    this.#before = now
    return this.#wanted(events)
  }

  #compareNames(): [string, string | undefined][] {
    const events: [string, string | undefined][] = []
    const names = this.#read()
    for (const [name, stat] of names) {
      const old = this.#names.get(name)
      const change = old ? changeOf(old, stat) : 'n'
      if (change !== undefined && stat.kind !== 'directory') events.push([change, name])
      else if (!old) events.push(['n', name])
    }
    for (const name of this.#names.keys()) if (!names.has(name)) events.push(['d', name])
    this.#names = names
    return events
  }

  #wanted(events: readonly (readonly [string, string | undefined])[]): Event[] {
    return events
      .filter(([letter]) => this.#mask.includes(letter))
      .map(([letter, name]) => ({ letter, file: this.#file, name }))
  }

  #read(): Map<string, Stat> {
    const found = new Map<string, Stat>()
    if (this.#before.kind !== 'directory') return found
    for (const name of this.#proc.readNames(this.#file)) {
      const stat = statOf(this.#proc, `${this.#file}/${name}`)
      if (stat) found.set(name, stat)
    }
    return found
  }
}

function changeOf(old: Stat, now: Stat): string | undefined {
  if (old.mtime !== now.mtime || old.size !== now.size) return 'c'
  return old.ctime === now.ctime ? undefined : 'e'
}

function statOf(proc: Process, path: string): Stat | undefined {
  try {
    return proc.lstat(path)
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return undefined
  }
}

async function tell(proc: Process, program: string, { letter, file, name }: Event): Promise<void> {
  const words = [letter, file, ...(name === undefined ? [] : [name])]
  if (program === '-') {
    await proc.stdout.line(words.join('\t'))
    await proc.stdout.flush()
    return
  }
  const started = startCommand(proc, [program, ...words])
  await proc.wait(started.child.pid)
  if (started.refusal) throw new Failure(`can't execute '${program}': ${started.refusal.message}`, 127)
}
