// The engine as a library: build an image, run it, look at what it did (see the README's "As a library").

import type { Image } from '../image/store.ts'
import { VirtualClock } from '../kernel/clock.ts'
import { seededRandom } from '../kernel/host.ts'
import { DEFAULT_LIMITS } from '../kernel/limits.ts'
import type { CowFileSystem } from '../kernel/vfs/cow.ts'
import type { Inode } from '../kernel/vfs/inode.ts'
import { decode, encode } from '../lib/bytes.ts'
import { Box, type Screen } from './box.ts'
import { build } from './build/build.ts'
import { SourceTree } from './build/context.ts'
import { IgnoreFile } from './build/ignore.ts'
import type { Size } from './container.ts'
import { type Engine, formatsOf } from './engine.ts'
import { EngineError } from './errors.ts'
import { LineCoverage } from './line-coverage.ts'
import { LocalContainer } from './memory-containers.ts'
import { Observer } from './observer.ts'
import type { RunOptions } from './run-options.ts'
import type { ContainerSpecification } from './specification.ts'
import { Stubs } from './stubs.ts'

export interface LibraryBuildOptions {
  /** A directory of the host, where the host has any. */
  readonly context: string
  readonly tag?: string
  readonly buildArgs?: Readonly<Record<string, string>>
  readonly target?: string
  /** What the image says it is for: `linux/arm64`. */
  readonly platform?: string
  readonly noCache?: boolean
  /** Seconds since the epoch, for builds that repeat byte for byte. */
  readonly sourceDateEpoch?: number
  /** What RUN prints, line by line. */
  readonly onOutput?: (text: string) => void
  readonly signal?: AbortSignal
}

/** What the host lends beside an engine. */
export interface LibraryHost {
  /** Opens a directory of the host as a tree. */
  readonly openContext: (path: string) => Inode
  /** A picture of a terminal, where the host can draw one. */
  readonly openScreen?: (size: Size) => Screen
}

const SIZE: Size = { rows: 24, columns: 80 }

export class Library {
  readonly engine: Engine
  readonly #host: LibraryHost

  constructor(engine: Engine, host: LibraryHost) {
    this.engine = engine
    this.#host = host
  }

  /** Throws DockerfileError, with the line; EngineError `build-failed`. */
  async build(how: LibraryBuildOptions): Promise<Image> {
    const root = this.#host.openContext(how.context)
    const tree = new SourceTree(root)
    const dockerfile = tree.text('Dockerfile')
    if (dockerfile === undefined) throw new EngineError('build-failed', `no Dockerfile in ${how.context}`)
    const ignore = new IgnoreFile(tree.text('Dockerfile.dockerignore') ?? tree.text('.dockerignore') ?? '')
    const { image } = await build(this.engine, {
      dockerfile,
      context: new SourceTree(root, ignore),
      ignore,
      tags: how.tag === undefined ? [] : [how.tag],
      buildArgs: new Map(Object.entries(how.buildArgs ?? {})),
      noCache: how.noCache ?? false,
      ...(how.target === undefined ? {} : { target: how.target }),
      ...(how.platform === undefined ? {} : { platform: how.platform }),
      ...(how.sourceDateEpoch === undefined ? {} : { sourceDateEpoch: how.sourceDateEpoch }),
      ...(how.signal ? { signal: how.signal } : {}),
      progress: event => {
        if (event.kind === 'output') how.onOutput?.(decode(event.bytes))
      },
    })
    if (!image) throw new Error('a build without an image was not asked for')
    return image
  }

  /** Starts a container and gives it at once. Throws StartError, with docker's words and our advice. */
  async run(image: Image | string, how: RunOptions = {}): Promise<Box> {
    const found = typeof image === 'string' ? await this.engine.requireImage(image) : image
    const fileBytes = how.limits?.fileBytes ?? DEFAULT_LIMITS.fileBytes
    const tree = await this.engine.openTree(found, how.clock ? { clock: how.clock, fileBytes } : { fileBytes })
    return this.runTree(found, tree, how)
  }

  /** As `run`, over a tree that is there already: a snapshot. */
  async runTree(image: Image, tree: CowFileSystem, how: RunOptions): Promise<Box> {
    const specification = await this.engine.specify(image, image.id, createOptions(how))
    const stubs = new Stubs(how.stubs ?? {}, how.commands)
    stubs.place(tree, pathOf(specification))
    const coverage = how.coverage === true ? new LineCoverage() : how.coverage || undefined
    const container = this.#container(specification, tree, how, { stubs, coverage })
    const size = how.size ?? SIZE
    const screen = how.tty ? this.#host.openScreen?.(size) : undefined
    const attachment = await container.made.start(how.tty ? { size } : {})
    const clock = how.clock ?? this.engine.host.clock
    const start = (forked: CowFileSystem, again: RunOptions) => this.runTree(image, forked, again)
    const box = new Box(
      { container: container.made, observer: container.observer, attachment, clock, stubs, coverage, screen, start },
      how,
    )
    const { stdin } = how
    if (typeof stdin === 'string' || stdin instanceof Uint8Array) {
      await attachment.write(typeof stdin === 'string' ? encode(stdin) : stdin)
      attachment.closeInput()
    }
    return box
  }

  #container(
    specification: ContainerSpecification,
    root: CowFileSystem,
    how: RunOptions,
    { stubs, coverage }: { readonly stubs: Stubs; readonly coverage: LineCoverage | undefined },
  ) {
    const around = this.engine.around(how.clock)
    const host = how.seed === undefined ? around.host : { ...around.host, random: seededRandom(how.seed) }
    const formats = coverage ? formatsOf(coverage.programs(this.engine.programs)) : around.formats
    const observer = how.watch ? new Observer(host.clock) : undefined
    const made = new LocalContainer(specification, {
      ...around,
      host,
      root,
      formats: stubs.isEmpty ? formats : [stubs.format, ...formats],
      ...(observer ? { watcher: observer.watcher } : {}),
    })
    return { made, observer }
  }
}

function createOptions(how: RunOptions) {
  return {
    tty: how.tty ?? false,
    stdin: how.stdin !== undefined,
    readOnly: how.readOnly ?? false,
    env: Object.entries(how.env ?? {}).map(([name, value]) => `${name}=${value}`),
    mounts: how.mounts ?? [],
    limits: how.limits ?? {},
    ...(how.cmd ? { cmd: how.cmd } : {}),
    ...(how.entrypoint ? { entrypoint: how.entrypoint } : {}),
    ...(how.user === undefined ? {} : { user: how.user }),
    ...(how.workingDirectory === undefined ? {} : { workingDirectory: how.workingDirectory }),
    ...(how.hostname === undefined ? {} : { hostname: how.hostname }),
  }
}

function pathOf({ env }: ContainerSpecification): string | undefined {
  return env.find(pair => pair.startsWith('PATH='))?.slice(5)
}

/** Time that stands still until it is moved. `start` in milliseconds since the epoch. */
export function virtualClock(start?: number): VirtualClock {
  return new VirtualClock(start)
}
