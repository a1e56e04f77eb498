// The command: a kernel whose root is the host's own, with the command line as its only program.

import { Kernel } from '../../kernel/kernel.ts'
import { parseSignal } from '../../kernel/signal.ts'
import { exitStatus } from '../../kernel/wait-status.ts'
import { LayoutStore } from '../../image/layout-store.ts'
import { Engine } from '../../engine/engine.ts'
import { cowboxProgram } from '../program.ts'
import { allPrograms } from '../programs.ts'
import { NodeContainers } from './containers.ts'
import { nodeDigester } from './digester.ts'
import { HostDirectory } from './host-directory.ts'
import { nodeHost } from './host.ts'
import { NodeLayoutFiles } from './layout-files.ts'
import { stateFolder } from './state-folder.ts'
import { StandardInput, StandardOutput } from './stdio.ts'
import { bridgeTerminal } from './terminal.ts'
import { openSource } from './sources.ts'

declare const COWBOX_VERSION: string

const folder = stateFolder(process.env)
const engine = new Engine({
  host: nodeHost,
  store: new LayoutStore(new NodeLayoutFiles(folder.image), nodeDigester),
  programs: allPrograms(),
  digester: nodeDigester,
  openSource: (type, source) => openSource(folder, type, source),
  containers: made => new NodeContainers(made, folder),
})

const [, script = 'cowbox', ...args] = process.argv
if (args[0] === '--supervise') {
  const { supervise } = await import('./supervisor.ts')
  await supervise(engine, folder, args[1] ?? '')
} else {
  process.exitCode = await main()
  // Open sockets and timers of what still runs elsewhere must not hold the command back.
  process.exit()
}

async function main(): Promise<number> {
  const root = new HostDirectory('/')
  const kernel = new Kernel({ host: nodeHost, root, formats: [], hasPlainInit: true })
  const bridge = process.stdin.isTTY && process.stdout.isTTY ? bridgeTerminal(kernel) : undefined
  const name = /(?:^|\/)docker$/.test(script) ? 'docker' : 'cowbox'
  const program = cowboxProgram({ engine, name, version: COWBOX_VERSION })
  const descriptions = bridge
    ? [bridge.terminal.openSlave(), bridge.terminal.openSlave(), process.stderr.isTTY ? bridge.terminal.openSlave() : new StandardOutput(2)]
    : [new StandardInput(), new StandardOutput(1), new StandardOutput(2)]
  const proc = kernel.boot(
    {
      argv: [name, ...args],
      env: new Map(Object.entries(process.env).flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const]))),
      credentials: hostCredentials(),
      descriptions,
      ...(bridge ? { terminal: bridge.terminal } : {}),
    },
    booted => {
      booted.chdir(process.cwd())
      return { program, argv: [name, ...args] }
    },
  )
  if (!bridge) forwardSignals(signal => proc.receive(signal, { force: true }))
  const status = await kernel.end(proc)
  await bridge?.finish()
  await flushed()
  return exitStatus(status)
}

function hostCredentials() {
  const uid = process.getuid?.() ?? 0
  const gid = process.getgid?.() ?? 0
  const ids = { uid, euid: uid, suid: uid, gid, egid: gid, sgid: gid }
  return { ...ids, groups: process.getgroups?.() ?? [gid] }
}

function forwardSignals(receive: (signal: number) => void): void {
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const) {
    const signal = parseSignal(name)
    process.on(name, () => {
      if (signal) receive(signal)
    })
  }
}

/** process.exit would cut off what is still on its way into a pipe. */
async function flushed(): Promise<void> {
  for (const stream of [process.stdout, process.stderr]) {
    if (stream.writableLength > 0) await new Promise<void>(resolve => stream.write('', () => resolve()))
  }
}
