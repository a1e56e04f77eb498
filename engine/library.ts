// The engine as a library: build an image, run it, look at what it did (see the README's "As a library").

import { type Change, changes } from '../image/diff.ts'
import type { Image } from '../image/store.ts'
import { type Clock, VirtualClock } from '../kernel/clock.ts'
import { SysError } from '../kernel/errno.ts'
import { DEFAULT_LIMITS, type Limits } from '../kernel/limits.ts'
import { parseSignal } from '../kernel/signal.ts'
import type { CowFileSystem, CowInode } from '../kernel/vfs/cow.ts'
import type { Inode } from '../kernel/vfs/inode.ts'
import { Space } from '../kernel/vfs/space.ts'
import { decode, encode } from '../lib/bytes.ts'
import { parseDuration } from '../lib/human.ts'
import { build } from './build/build.ts'
import { SourceTree } from './build/context.ts'
import { IgnoreFile } from './build/ignore.ts'
import type { Engine } from './engine.ts'
import { EngineError } from './errors.ts'
import type { Attachment } from './handle.ts'
import { LocalContainer } from './memory-containers.ts'
import type { MountSpecification } from './specification.ts'
import { type StreamName, Transcript } from './tap.ts'

export interface LibraryBuildOptions {
  /** A directory of the host, where the host has any. */
  readonly context: string
  readonly tag?: string
  readonly buildArgs?: Readonly<Record<string, string>>
  readonly target?: string
  readonly noCache?: boolean
  /** Seconds since the epoch, for builds that repeat byte for byte. */
  readonly sourceDateEpoch?: number
  /** What RUN prints, line by line. */
  readonly onOutput?: (text: string) => void
  readonly signal?: AbortSignal
}

export interface RunOptions {
  /** Arguments: they replace CMD and follow ENTRYPOINT. */
  readonly cmd?: readonly string[]
  readonly entrypoint?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly user?: string
  readonly workingDirectory?: string
  readonly hostname?: string
  readonly tty?: boolean
  readonly readOnly?: boolean
  /** Given to stdin at once, which is then closed. Without it stdin is empty. */
  readonly stdin?: string | Uint8Array
  readonly mounts?: readonly MountSpecification[]
  readonly limits?: Partial<Limits>
  /** `virtualClock()`: time passes only by `advance`. */
  readonly clock?: Clock
  /** Aborting kills the container. */
  readonly signal?: AbortSignal
}

/** Opens a directory of the host as a tree. */
export type OpenContext = (path: string) => Inode

export class Library {
  readonly engine: Engine
  readonly #openContext: OpenContext

  constructor(engine: Engine, openContext: OpenContext) {
    this.engine = engine
    this.#openContext = openContext
  }

  /** Throws DockerfileError, with the line; EngineError `build-failed`. */
  async build(how: LibraryBuildOptions): Promise<Image> {
    const root = this.#openContext(how.context)
    const tree = new SourceTree(root)
    const dockerfile = tree.text('Dockerfile')
    if (dockerfile === undefined) throw new EngineError('build-failed', `no Dockerfile in ${how.context}`)
    const { image } = await build(this.engine, {
      dockerfile,
      context: new SourceTree(root, new IgnoreFile(tree.text('.dockerignore') ?? '')),
      tags: how.tag === undefined ? [] : [how.tag],
      buildArgs: new Map(Object.entries(how.buildArgs ?? {})),
      noCache: how.noCache ?? false,
      ...(how.target === undefined ? {} : { target: how.target }),
      ...(how.sourceDateEpoch === undefined ? {} : { sourceDateEpoch: how.sourceDateEpoch }),
      ...(how.signal ? { signal: how.signal } : {}),
      progress: event => {
        if (event.kind === 'output') how.onOutput?.(decode(event.bytes))
      },
    })
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
    const specification = await this.engine.specify(image, image.id, {
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
    })
    const around = await this.engine.surroundings(specification, how.clock)
    const container = new LocalContainer(specification, { ...around, root: tree })
    const attachment = await container.start()
    const box = new Box(this, image, container, attachment, how)
    if (how.stdin !== undefined) {
      await attachment.write(typeof how.stdin === 'string' ? encode(how.stdin) : how.stdin)
      attachment.closeInput()
    }
    return box
  }
}

export interface Executed {
  readonly stdout: string
  readonly stderr: string
  readonly exitCode: number
}

/** A container that runs, or has run. */
export class Box {
  readonly stdout = new Transcript()
  readonly stderr = new Transcript()
  readonly files: BoxFiles
  readonly #library: Library
  readonly #image: Image
  readonly #container: LocalContainer
  readonly #attachment: Attachment
  readonly #clock: Clock
  readonly #baseLayers: number

  constructor(library: Library, image: Image, container: LocalContainer, attachment: Attachment, how: RunOptions) {
    this.#library = library
    this.#image = image
    this.#container = container
    this.#attachment = attachment
    this.#clock = how.clock ?? library.engine.host.clock
    this.#baseLayers = container.container.root.layers
    this.files = new BoxFiles(container.container.root)
    attachment.listen((bytes, stream) => this[stream].add(bytes))
    how.signal?.addEventListener('abort', () => void this.kill('KILL'), { once: true })
    // What nobody asks must not be an unhandled rejection.
    attachment.ended.catch(() => undefined)
  }

  get isRunning(): boolean {
    return this.#container.container.isRunning
  }

  /** 128 + n for a signal; undefined while it runs. */
  get exitCode(): number | undefined {
    return this.isRunning ? undefined : this.#container.state.exitCode
  }

  /** Types into it, or feeds its stdin. */
  async write(text: string | Uint8Array): Promise<void> {
    await this.#attachment.write(typeof text === 'string' ? encode(text) : text)
  }

  /** Resolves to the exit code when it has ended. On a virtual clock that nobody moves, only if nothing sleeps. */
  wait(): Promise<number> {
    return this.#attachment.ended
  }

  /** Moves a virtual clock by `5s`, `2m30s` or milliseconds; whatever falls due on the way happens, in order. */
  async advance(time: string | number): Promise<void> {
    const ms = typeof time === 'number' ? time : parseDuration(time)
    if (ms === undefined) throw new EngineError('invalid-option', `no duration: ${time}`)
    const clock = this.#clock
    if (!(clock instanceof VirtualClock)) {
      throw new EngineError('invalid-option', 'advance needs a box that was run with { clock: virtualClock() }')
    }
    const until = clock.now() + ms
    while (this.isRunning) {
      await this.#container.container.kernel.idle()
      if (!this.isRunning || !clock.ringNext(until)) break
    }
    clock.moveTo(until)
  }

  /** Another command beside the main one, to its end. */
  async exec(
    argv: readonly string[],
    how: { readonly stdin?: string; readonly user?: string } = {},
  ): Promise<Executed> {
    const attachment = await this.#container.exec({
      argv,
      stdin: how.stdin !== undefined,
      ...(how.user === undefined ? {} : { user: how.user }),
    })
    const text = { stdout: '', stderr: '' }
    attachment.listen((bytes: Uint8Array, stream: StreamName) => {
      text[stream] += decode(bytes)
    })
    if (how.stdin !== undefined) {
      await attachment.write(encode(how.stdin))
      attachment.closeInput()
    }
    const exitCode = await attachment.ended
    return { ...text, exitCode }
  }

  /** `TERM`, `SIGUSR1`, ... From outside, so init gets it as docker's kill sends it. */
  kill(signal: string): Promise<void> {
    if (!parseSignal(signal)) throw new EngineError('invalid-option', `invalid signal: ${signal}`)
    return this.#container.kill(signal)
  }

  /** The stop signal, then SIGKILL after the grace time (on a virtual clock, at once). */
  stop(graceSeconds?: number): Promise<void> {
    return this.#container.stop(graceSeconds)
  }

  /** What it changed in its files, as docker's diff. */
  diff(): Change[] {
    const { root } = this.#container.container
    return changes(root.at(this.#baseLayers), root)
  }

  /** Its files as they are now, in constant time: run them again, as often as you like. */
  snapshot(): Snapshot {
    const { root } = this.#container.container
    const tree = root.fork({ now: root.now })
    return new Snapshot(this.#library, this.#image, tree)
  }
}

export class Snapshot {
  readonly #library: Library
  readonly #image: Image
  readonly #tree: CowFileSystem

  constructor(library: Library, image: Image, tree: CowFileSystem) {
    this.#library = library
    this.#image = image
    this.#tree = tree
  }

  run(how: RunOptions = {}): Promise<Box> {
    const space = new Space(how.limits?.fileBytes ?? DEFAULT_LIMITS.fileBytes)
    return this.#library.runTree(this.#image, this.#tree.fork({ now: this.#tree.now, space }), how)
  }
}

/** A box's files, read and written from outside with all rights. */
export class BoxFiles {
  readonly #root: CowFileSystem

  constructor(root: CowFileSystem) {
    this.#root = root
  }

  /** Throws SysError (ENOENT, EISDIR, ...). */
  read(path: string): string {
    return decode(this.readBytes(path))
  }

  readBytes(path: string): Uint8Array {
    const inode = this.#find(path)
    if (inode.kind === 'directory') throw new SysError('EISDIR')
    return inode.readAll().slice()
  }

  /** Makes the file, or replaces what is in it. The directory must be there. */
  write(path: string, contents: string | Uint8Array, mode = 0o644): void {
    const slash = path.lastIndexOf('/')
    const directory = this.#find(path.slice(0, slash))
    const name = path.slice(slash + 1)
    const there = directory.lookup(name)
    if (there?.kind === 'directory') throw new SysError('EISDIR')
    const bytes = typeof contents === 'string' ? encode(contents) : contents.slice()
    const file = there ? asCow(there) : directory.create(name, { kind: 'file', mode, uid: 0, gid: 0 })
    file.setContents(bytes)
  }

  list(path: string): string[] {
    return Array.from(this.#find(path).entries(), ([name]) => name).sort()
  }

  exists(path: string): boolean {
    try {
      this.#find(path)
      return true
    } catch (error) {
      if (!(error instanceof SysError)) throw error
      return false
    }
  }

  #find(path: string): CowInode {
    let inode: CowInode = this.#root.root
    const rest = path.split('/').filter(name => name !== '' && name !== '.')
    for (let links = 0; rest.length > 0; ) {
      const name = rest.shift()!
      const next = name === '..' ? inode.parent() : inode.lookup(name)
      if (!next) throw new SysError('ENOENT')
      if (next.kind !== 'symlink') {
        inode = asCow(next)
        continue
      }
      if (++links > 40) throw new SysError('ELOOP')
      const target = next.readlink()
      if (target.startsWith('/')) inode = this.#root.root
      rest.unshift(...target.split('/').filter(part => part !== '' && part !== '.'))
    }
    return inode
  }
}

/** Time that stands still until it is moved. `start` in milliseconds since the epoch. */
export function virtualClock(start?: number): VirtualClock {
  return new VirtualClock(start)
}

function asCow(inode: Inode): CowInode {
  // A copy-on-write tree holds nothing else.
  return inode as CowInode
}
