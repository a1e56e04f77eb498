// An engine in memory for tests: Node's host, or a virtual clock.

import { nodeHost } from '../cli/node/host.ts'
import { allPrograms } from '../cli/programs.ts'
import { Engine } from '../engine/engine.ts'
import { MemoryContainers } from '../engine/memory-containers.ts'
import { MemoryStore } from '../image/memory-store.ts'
import { type Clock, VirtualClock } from '../kernel/clock.ts'
import type { Watcher } from '../kernel/watched-process.ts'
import { decode, encode } from '../lib/bytes.ts'
import { driveToEnd, testHost } from './kernel/box.ts'
import { treeOfInode } from './left-behind.ts'

export function testEngine(clock: Clock = new VirtualClock(), watcher?: Watcher): Engine {
  const host = clock instanceof VirtualClock ? testHost(clock) : { ...nodeHost, clock }
  return new Engine({
    host,
    store: new MemoryStore(),
    programs: allPrograms(),
    containers: engine =>
      new MemoryContainers(
        async made => ({
          ...(await engine.surroundings(made)),
          ...(watcher ? { watcher } : {}),
        }),
        engine.volumes,
      ),
  })
}

export interface ShellRun {
  readonly stdout: string
  readonly stderr: string
  readonly status: number
}

/** A container of the base image in which commands are run one after another. */
export class TestBox {
  readonly #engine: Engine
  readonly #id: string

  private constructor(engine: Engine, id: string) {
    this.#engine = engine
    this.#id = id
  }

  static async open(
    files: ReadonlyMap<string, string> = new Map(),
    how: { readonly watcher?: Watcher } = {},
  ): Promise<TestBox> {
    const engine = testEngine(new VirtualClock(), how.watcher)
    const image = await engine.requireImage('busybox')
    const specification = await engine.specify(image, 'busybox', {
      cmd: ['sleep', 'inf'],
      workingDirectory: '/tmp/box',
      hostname: 'box',
    })
    const handle = await engine.containers.create(specification)
    await handle.start()
    const { root } = await handle.files()
    const folder = root.root.lookup('tmp')?.lookup('box')
    if (!folder) throw new Error('the working directory was not made')
    for (const [name, text] of files) {
      const made = folder.create(name, { kind: 'file', mode: 0o644, uid: 0, gid: 0 })
      made.open({ write: true }, name, NO_OPENER).write(encode(text))
    }
    return new TestBox(engine, specification.id)
  }

  /** The files in the working directory now. */
  async leftBehind(): Promise<string[]> {
    const handle = await this.#engine.containers.find(this.#id)
    if (!handle) throw new Error('the box has gone')
    const folder = (await handle.files()).root.root.lookup('tmp')?.lookup('box')
    return folder ? treeOfInode(folder) : []
  }

  async run(command: string): Promise<ShellRun> {
    const handle = await this.#engine.containers.find(this.#id)
    if (!handle || !('container' in handle)) throw new Error('the box has gone')
    const session = await handle.exec({ argv: ['sh', '-c', command] })
    const chunks = { stdout: '', stderr: '' }
    session.listen((bytes, stream) => {
      chunks[stream] += decode(bytes)
    })
    let status: number | undefined
    void session.ended.then(code => (status = code))
    // The box's own `sleep inf` never wakes; what the command waits for must.
    const { kernel } = (handle as { container: { kernel: Parameters<typeof driveToEnd>[0] } }).container
    await driveToEnd(kernel, () => status !== undefined)
    return { ...chunks, status: status ?? -1 }
  }
}

const NO_OPENER = {
  fifo(): never {
    throw new Error('no fifo')
  },
  device(): never {
    throw new Error('no device')
  },
}
