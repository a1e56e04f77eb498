// The machine that the page's terminals are on: a kernel over the base image and the example, with `cowbox` and `docker`.

import type { Engine } from '../engine/engine.ts'
import { loadExecutable } from '../kernel/execute.ts'
import { appletFormat, elfFormat, scriptFormat } from '../kernel/formats.ts'
import { Kernel } from '../kernel/kernel.ts'
import { DEFAULT_LIMITS } from '../kernel/limits.ts'
import type { Process } from '../kernel/process.ts'
import type { Program } from '../kernel/program.ts'
import { SIGCHLD, SIGCONT, SIGHUP } from '../kernel/signal.ts'
import { Terminal } from '../kernel/terminal.ts'
import type { CowFileSystem, CowInode } from '../kernel/vfs/cow.ts'
import { addTerminalNode, createDevFileSystem } from '../kernel/vfs/dev.ts'
import { ProcFileSystem } from '../kernel/vfs/proc.ts'
import { Space } from '../kernel/vfs/space.ts'
import { exitStatus } from '../kernel/wait-status.ts'
import { encode } from '../lib/bytes.ts'
import { baseTree } from '../rootfs/build.ts'
import { EXAMPLE_DIRECTORY, EXAMPLE_FILES } from './example-files.ts'
import { lateProgram } from './late.ts'

export interface Login {
  readonly terminal: Terminal
  readonly shell: Process
  /** The shell's exit status, when it has ended. */
  readonly ended: Promise<number>
}

const OWNER = { uid: 0, gid: 0 }
const HOME = `/root/${EXAMPLE_DIRECTORY}`

export class Workbench {
  readonly kernel: Kernel
  readonly root: CowFileSystem
  readonly #dev: CowFileSystem
  #lastTerminal = -1

  constructor(engine: Engine, version: string) {
    const programs = new Map<string, Program>(engine.programs)
    for (const name of ['cowbox', 'docker']) {
      programs.set(
        name,
        lateProgram(name, ({ cowboxProgram }) => cowboxProgram({ engine, name, version })),
      )
    }
    const now = () => BigInt(Math.round(engine.host.clock.now() * 1000)) * 1000n
    const limits = { ...DEFAULT_LIMITS, ...engine.limits }
    this.root = baseTree([...programs.keys()], now).fork({ now, space: new Space(limits.fileBytes) })
    addExample(this.root)
    this.kernel = new Kernel({
      host: engine.host,
      root: this.root,
      formats: [scriptFormat, appletFormat(programs), elfFormat(programs)],
      hostname: 'cowbox',
      limits,
    })
    this.#dev = createDevFileSystem({ now })
    this.kernel.mount(new ProcFileSystem(this.kernel), '/proc', { create: 'directory' })
    this.kernel.mount(this.#dev, '/dev', { create: 'directory' })
    this.root.freeze()
    this.kernel.boot({ argv: ['init'] }, () => ({ program: init, argv: ['init'] }))
  }

  /** A shell in a session of its own on a new terminal. */
  login(size: { readonly rows: number; readonly columns: number }): Login {
    const { kernel } = this
    const number = ++this.#lastTerminal
    const terminal = new Terminal({
      name: `pts/${number}`,
      clock: kernel.clock,
      size,
      signalGroup: (pgid, signal) => kernel.signalGroup(pgid, signal),
    })
    kernel.terminals.push(terminal)
    addTerminalNode(this.#dev, number)
    const slave = () => terminal.openSlave(`/dev/pts/${number}`)
    const argv = ['-sh']
    const shell = kernel.boot({ argv, env: environment(), terminal, descriptions: [slave(), slave(), slave()] }, proc =>
      loadShell(proc, argv),
    )
    const ended = kernel.end(shell).then(status => {
      this.#logout(terminal)
      return exitStatus(status)
    })
    return { terminal, shell, ended }
  }

  /** The terminal is closed: all of its session is told, so that nothing that was started there runs on unseen; nohup stays. */
  hangUp({ terminal, shell }: Login): void {
    const session = [...this.kernel.processes.values()].filter(({ sid }) => sid === shell.sid)
    for (const process of session) {
      process.receive(SIGHUP)
      process.receive(SIGCONT)
    }
    terminal.hangUp()
  }

  #logout(terminal: Terminal): void {
    terminal.hangUp()
    const at = this.kernel.terminals.indexOf(terminal)
    if (at !== -1) this.kernel.terminals.splice(at, 1)
    this.#dev.root.lookup('pts')?.unlink(String(terminal.number))
  }
}

/** Orphans are reaped by its ignoring SIGCHLD (POSIX sigaction, SA_NOCLDWAIT); it lives as long as the page. */
const init: Program = {
  name: 'init',
  async main(proc) {
    proc.onSignal(SIGCHLD, 'ignore')
    for (;;) await proc.sleepOn(undefined)
  },
}

function loadShell(proc: Process, argv: readonly string[]) {
  proc.chdir(HOME)
  return loadExecutable(proc, '/bin/sh', argv)
}

function environment(): Map<string, string> {
  return new Map([
    ['HOME', '/root'],
    ['USER', 'root'],
    ['LOGNAME', 'root'],
    ['SHELL', '/bin/sh'],
    ['TERM', 'xterm-256color'],
    ['LANG', 'C.UTF-8'],
    ['PATH', '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
  ])
}

function addExample(root: CowFileSystem): void {
  const example = directory(directory(root.root, 'root', 0o700), EXAMPLE_DIRECTORY, 0o755)
  for (const { name, mode, text } of EXAMPLE_FILES) {
    example.create(name, { kind: 'file', mode, ...OWNER }).setContents(encode(text))
  }
}

function directory(parent: CowInode, name: string, mode: number): CowInode {
  const found = parent.lookup(name)
  return found ? parent.fs.handle(found.ino) : parent.create(name, { kind: 'directory', mode, ...OWNER })
}
