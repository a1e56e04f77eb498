// The command: a kernel whose root is the host's own, with the command line as its only program.

import { writeSync } from 'node:fs'
import { join } from 'node:path'
import { Engine } from '../../engine/engine.ts'
import { LayoutStore } from '../../image/layout-store.ts'
import { Kernel } from '../../kernel/kernel.ts'
import type { Process } from '../../kernel/process.ts'
import { parseSignal, SIGHUP } from '../../kernel/signal.ts'
import type { Credentials } from '../../kernel/vfs/credentials.ts'
import { exitStatus } from '../../kernel/wait-status.ts'
import { setGunzipStream } from '../../lib/gunzip-stream.ts'
import { setInflateStream } from '../../lib/inflate-stream.ts'
import { cowboxProgram } from '../program.ts'
import { allPrograms } from '../programs.ts'
import { openBind } from './bind.ts'
import { NodeContainers } from './containers.ts'
import { nodeDigester } from './digester.ts'
import { nodeGunzip } from './gunzip.ts'
import { nodeHost } from './host.ts'
import { HostDirectory } from './host-directory.ts'
import { nodeInflate } from './inflate.ts'
import { interruptible } from './interruptible.ts'
import { NodeLayoutFiles } from './layout-files.ts'
import { stateFolder } from './state-folder.ts'
import { flushed, isTerminal, StandardInput, StandardOutput } from './stdio.ts'
import { type BridgedTerminal, bridgeTerminal } from './terminal.ts'
import { VolumeFolders } from './volume-folders.ts'

declare const COWBOX_VERSION: string

const [program = process.execPath, script = 'cowbox', ...args] = process.argv
const isSupervisor = args[0] === '--supervise'
const folder = stateFolder(process.env)
setGunzipStream(nodeGunzip)
setInflateStream(nodeInflate)
let containers: NodeContainers | undefined
const digester = nodeDigester(join(__dirname, 'hash-worker.cjs'))
const engine = new Engine({
  host: nodeHost,
  store: new LayoutStore(new NodeLayoutFiles(folder.image), digester),
  programs: allPrograms(),
  digester,
  credentials: async registry => (await import('./credentials.ts')).nodeCredentials(process.env)(registry),
  keepLogin: async (registry, login) => (await import('./credentials.ts')).keepLogin(process.env, registry, login),
  openBind,
  tellsCrashes: true,
  volumes: new VolumeFolders(folder.volumes, () => nodeHost.clock.now()),
  containers: made => {
    const command = [program, ...process.execArgv, script]
    const hasTerminal = !isSupervisor && isTerminal(0)
    containers = new NodeContainers({ engine: made, folder, command, hasTerminal })
    return containers
  },
})

// A container whose processes all wait for somebody to come keeps no timer and no file open: it is up all the same.
setInterval(() => {}, 2 ** 30)

/** Resolves to the exit status: open sockets and timers of what still runs elsewhere must not hold the command back. */
export function start(): Promise<number> {
  return isSupervisor ? superviseContainer() : runCommandLine()
}

async function superviseContainer(): Promise<number> {
  const { supervise } = await import('./supervisor.ts')
  return containers ? supervise(containers, args.slice(1)) : 1
}

async function runCommandLine(): Promise<number> {
  const kernel = new Kernel({
    host: nodeHost,
    root: new HostDirectory('/'),
    formats: [],
    hasPlainInit: true,
    // What a command of the host holds, an archive that it loads, is the host's affair.
    limits: { memory: Number.POSITIVE_INFINITY },
    onCrash: reportCrash,
  })
  const bridge = bridgeTerminal(kernel)
  const name = /(?:^|\/)docker$/.test(script) ? 'docker' : 'cowbox'
  const argv = [name, ...args]
  const proc = kernel.boot(
    {
      argv,
      env: environment(),
      credentials: hostCredentials(),
      descriptions: standardStreams(bridge),
      ...(bridge ? { terminal: bridge.terminal } : {}),
    },
    booted => {
      booted.chdir(process.cwd())
      return { program: interruptible(cowboxProgram({ engine, name, version: COWBOX_VERSION })), argv }
    },
  )
  takeSignals(proc, bridge)
  const status = await kernel.end(proc)
  await containers?.close()
  await bridge?.finish()
  await flushed()
  return exitStatus(status)
}

function standardStreams(bridge: BridgedTerminal | undefined) {
  const output = (fd: 1 | 2) => (bridge && isTerminal(fd) ? bridge.terminal.openSlave() : new StandardOutput(fd))
  return [bridge ? bridge.terminal.openSlave() : new StandardInput(), output(1), output(2)]
}

function environment(): Map<string, string> {
  const set = Object.entries(process.env)
  return new Map(set.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])))
}

/** A bug of ours: said at once, for the process that had it is about to end. */
function reportCrash(error: unknown): void {
  writeSync(2, `cowbox: ${error instanceof Error ? error.stack : String(error)}\n`)
}

function hostCredentials(): Credentials {
  const uid = process.getuid?.() ?? 0
  const gid = process.getgid?.() ?? 0
  return { uid, euid: uid, suid: uid, gid, egid: gid, sgid: gid, groups: process.getgroups?.() ?? [gid] }
}

/** Signals of the host go to the command: keys of a terminal that is raw come another way. */
function takeSignals(proc: Process, bridge: BridgedTerminal | undefined): void {
  for (const name of ['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2', 'SIGTERM'] as const) {
    const signal = parseSignal(name)
    if (!signal) continue
    process.on(name, () => {
      if (signal === SIGHUP && bridge) bridge.terminal.hangUp()
      else proc.receive(signal, { force: true })
    })
  }
}
