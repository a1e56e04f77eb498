// Serves a suite's cases in one process: a request a line on stdin, an answer a line on stdout, both JSON.
// `node test/bundle-run.mjs test/conformance/serve-shell.ts`: what an outside runner talks to.

import { createInterface } from 'node:readline'
import { nodeHost } from '../../cli/node/host.ts'
import { HostDirectory } from '../../cli/node/host-directory.ts'
import { allPrograms } from '../../cli/programs.ts'
import { loadCommand } from '../../engine/command.ts'
import { Engine } from '../../engine/engine.ts'
import { LocalContainer } from '../../engine/memory-containers.ts'
import { Transcript } from '../../engine/transcript.ts'
import { MemoryStore } from '../../image/memory-store.ts'
import { exitStatus } from '../../kernel/wait-status.ts'

interface Request {
  /** A host directory, and where the case sees it. */
  readonly root: string
  readonly mount: string
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
  readonly args: readonly string[]
  /** base64 */
  readonly stdin: string
  /** stderr goes to stdout. */
  readonly merge: boolean
}

/** How long what a case left in the background may still write, in milliseconds. */
const DRAIN = 2000

const engine = new Engine({
  host: nodeHost,
  store: new MemoryStore(),
  programs: allPrograms(),
  openBind: path => new HostDirectory(path),
})
const shell = process.argv[2] ?? 'sh'

for await (const line of createInterface({ input: process.stdin })) {
  // The runner writes what Request says.
  const answer = await serve(JSON.parse(line) as Request)
  process.stdout.write(`${JSON.stringify(answer)}\n`)
}
process.exit(0)

/** Every case has a container of its own; its shell is an ordinary process, for init heeds no signal. */
async function serve(request: Request) {
  const container = await openContainer(request)
  const { kernel } = container.container
  const stdout = new Transcript()
  const stderr = new Transcript()
  const output = container.container.output
  const stop = output.listen((bytes, stream) => void (stream === 'stdout' ? stdout : stderr).add(bytes.slice()))
  const argv = [shell, ...request.args]
  const stream = (name: 'stdout' | 'stderr') => output.description(request.merge ? 'stdout' : name)
  const input = new Uint8Array(Buffer.from(request.stdin, 'base64'))
  const env = new Map(Object.entries(request.env))
  const proc = kernel.boot({ argv, env }, process => {
    putInput(container, input)
    process.open('/.input', { read: true })
    process.fds.put(1, stream('stdout'))
    process.fds.put(2, stream('stderr'))
    process.unlink('/.input')
    process.chdir(request.cwd)
    return loadCommand(process, argv)
  })
  const status = exitStatus(await kernel.end(proc))
  const end = performance.now() + DRAIN
  while (kernel.processes.size > 1 && performance.now() < end) await new Promise(resolve => setTimeout(resolve, 1))
  stop()
  await container.kill('KILL')
  return { stdout: base64(stdout.bytes()), stderr: base64(stderr.bytes()), status }
}

async function openContainer(request: Request): Promise<LocalContainer> {
  const name = shell.endsWith('bash') ? 'cowbox/bash' : 'busybox'
  const image = await engine.requireImage(name)
  const specification = await engine.specify(image, name, {
    cmd: ['sleep', 'inf'],
    mounts: [{ type: 'bind', source: request.root, target: request.mount, readOnly: false }],
  })
  const container = new LocalContainer(specification, await engine.surroundings(specification))
  ;(await container.start()).detach()
  return container
}

/** A file, as the runner gives a real shell: children share its offset. */
function putInput(container: LocalContainer, bytes: Uint8Array): void {
  const file = container.container.root.root.create('.input', { kind: 'file', mode: 0o600, uid: 0, gid: 0 })
  file.setContents(bytes)
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64')
}
