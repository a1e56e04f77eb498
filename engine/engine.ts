// The engine: images, containers and builds over a store, on a host that is handed in.

import { applyLayer } from '../image/apply.ts'
import type { Healthcheck, RunConfig } from '../image/config.ts'
import { type Digest, type Digester, portableDigester } from '../image/digest.ts'
import type { Platform } from '../image/manifest.ts'
import { openLayer, readImage } from '../image/read.ts'
import { familiarTag, fullName, InvalidReferenceError, parseReference } from '../image/reference.ts'
import type { Credentials, KeepLogin } from '../image/registry/credentials.ts'
import type { TellTransfer } from '../image/registry/transfer.ts'
import type { Image, Store, StoredImage } from '../image/store.ts'
import type { Clock } from '../kernel/clock.ts'
import { appletFormat, elfFormat, scriptFormat } from '../kernel/formats.ts'
import type { Host } from '../kernel/host.ts'
import { DEFAULT_LIMITS, type Limits } from '../kernel/limits.ts'
import type { Program } from '../kernel/program.ts'
import { CowFileSystem } from '../kernel/vfs/cow.ts'
import type { FileSystem } from '../kernel/vfs/inode.ts'
import { Space } from '../kernel/vfs/space.ts'
import { BASH_NAME } from '../rootfs/bash.ts'
import { BASE_NAME, type BaseImage, baseImage, baseTree } from '../rootfs/build.ts'
import { EmbeddedStore } from './embedded-store.ts'
import { EngineError } from './errors.ts'
import type { Containers } from './handle.ts'
import { MemoryContainers, type Surroundings } from './memory-containers.ts'
import { MemoryVolumes } from './memory-volumes.ts'
import { newId, newName, requireName } from './names.ts'
import { type PublishedPort, parsePublished, portKey } from './published-port.ts'
import type { Registry } from './registry.ts'
import type { ContainerSpecification, MountSpecification } from './specification.ts'
import { requireVolumeName, type Volumes } from './volumes.ts'

export interface EngineParts {
  readonly host: Host
  readonly store: Store
  /** Every command, by each of its names. */
  readonly programs: ReadonlyMap<string, Program>
  readonly digester?: Digester
  /** Opens a directory or a file of the host; undefined: there are none to mount. */
  readonly openBind?: (path: string) => FileSystem
  /** Where volumes are kept; by default they live as long as the engine. */
  readonly volumes?: Volumes
  /** What a container may use, where `create` says nothing. */
  readonly limits?: Partial<Limits>
  /** Who asks a registry; undefined: nobody in particular. */
  readonly credentials?: Credentials
  /** Keeps a login, or forgets it, and says where; undefined: this host keeps none. */
  readonly keepLogin?: KeepLogin
  /** A bug of ours that ends a process is told on its container's stderr; otherwise it is thrown, as a test wants it. */
  readonly tellsCrashes?: boolean
  /** Where containers are kept; by default they live as long as the engine. */
  readonly containers?: (engine: Engine) => Containers
}

/** What a new container is made from; what is left out comes from the image. */
export interface CreateOptions {
  readonly name?: string
  readonly cmd?: readonly string[]
  /** Empty: no entrypoint. */
  readonly entrypoint?: readonly string[]
  readonly env?: readonly string[]
  readonly user?: string
  readonly workingDirectory?: string
  readonly hostname?: string
  readonly tty?: boolean
  readonly stdin?: boolean
  readonly readOnly?: boolean
  readonly init?: boolean
  readonly autoRemove?: boolean
  readonly mounts?: readonly MountSpecification[]
  readonly labels?: Readonly<Record<string, string>>
  readonly stopSignal?: string
  readonly stopTimeout?: number
  /** Over what the image says; `Test: ['NONE']`: none. */
  readonly healthcheck?: Healthcheck
  readonly limits?: Partial<Limits>
  readonly extraHosts?: readonly string[]
  /** Beside what the image exposes: `80/tcp`. */
  readonly exposedPorts?: readonly string[]
  readonly published?: readonly PublishedPort[]
  /** What is exposed is published, on ports that are free. */
  readonly publishAll?: boolean
}

export interface ObtainOptions {
  readonly platform?: Platform
  readonly pull: 'always' | 'missing' | 'never'
  readonly tell?: TellTransfer
}

export class Engine {
  readonly host: Host
  readonly credentials: Credentials | undefined
  readonly keepLogin: KeepLogin | undefined
  readonly store: EmbeddedStore
  readonly digester: Digester
  readonly programs: ReadonlyMap<string, Program>
  readonly containers: Containers
  readonly volumes: Volumes
  readonly limits: Partial<Limits>
  readonly #trees = new Map<Digest, CowFileSystem>()
  readonly #parts: EngineParts
  #base: BaseImage | undefined

  constructor(parts: EngineParts) {
    this.#parts = parts
    this.host = parts.host
    this.credentials = parts.credentials
    this.keepLogin = parts.keepLogin
    this.programs = parts.programs
    this.digester = parts.digester ?? portableDigester
    this.store = new EmbeddedStore(parts.store, BASE_NAME, () => this.base)
    this.limits = parts.limits ?? {}
    const bytes = this.limits.fileBytes ?? DEFAULT_LIMITS.fileBytes
    this.volumes = parts.volumes ?? new MemoryVolumes({ now: () => this.host.clock.now(), bytes })
    this.containers =
      parts.containers?.(this) ?? new MemoryContainers(specification => this.surroundings(specification), this.volumes)
  }

  /** The embedded base image. */
  get base(): BaseImage {
    this.#base ??= baseImage([...this.programs.keys()])
    return this.#base
  }

  /** The same engine over another store, with containers of its own in memory. */
  withStore(store: Store = this.#parts.store): Engine {
    const { containers: _, ...parts } = this.#parts
    return new Engine({ ...parts, store })
  }

  get formats() {
    return formatsOf(this.programs)
  }

  // --- images ------------------------------------------------------------------------------------------------------

  /** By name, or by the beginning of an id. undefined: no such image. Throws InvalidReferenceError for what is no name. */
  async findImage(nameOrId: string, platform?: Platform): Promise<Image | undefined> {
    const stored = await this.store.images()
    const named = this.#byName(stored, nameOrId)
    if (named) return readImage(this.store, named.manifest, platform)
    if (!/^(sha256:)?[0-9a-f]{4,64}$/.test(nameOrId)) {
      return fullName(parseReference(nameOrId)) === BASH_NAME ? this.#bashImage() : undefined
    }
    const prefix = nameOrId.replace(/^sha256:/, '')
    for (const { manifest } of stored) {
      const image = await readImage(this.store, manifest)
      if (image.id.slice(7).startsWith(prefix) || manifest.digest.slice(7).startsWith(prefix)) return image
    }
    return undefined
  }

  /** Made when it is first asked for: few commands need it. */
  async #bashImage(): Promise<Image> {
    const { makeBashImage } = await import('./bash-image.ts')
    return makeBashImage(this, await readImage(this.store, this.base.manifest), BASH_NAME)
  }

  /** As findImage; from its registry where it is not here, or always. undefined: no registry can be asked. */
  async obtainImage(name: string, how: ObtainOptions): Promise<Image | undefined> {
    const found = how.pull === 'always' ? undefined : await this.findImage(name, how.platform)
    if (found || how.pull === 'never' || !this.host.fetch || isIdentifier(name)) return found
    await (await this.registry()).pull(name, how)
    return this.findImage(name, how.platform)
  }

  /** Registries, asked by this host's network. Throws EngineError `unsupported`: it has none to lend. */
  async registry(): Promise<Registry> {
    const { fetch, clock } = this.host
    if (!fetch) throw new EngineError('unsupported', 'this host has no network to lend: load an image instead')
    // Few commands need it: a start must not wait for it.
    const { Registry } = await import('./registry.ts')
    const { store, digester, credentials } = this
    return new Registry({ store, digester, fetch, clock, ...(credentials ? { credentials } : {}) })
  }

  /** Throws EngineError `no-such-image` in docker's words. */
  async requireImage(nameOrId: string): Promise<Image> {
    const image = await this.findImage(nameOrId)
    if (image) return image
    const { tag, digest } = parseReference(nameOrId)
    throw new EngineError(
      'no-such-image',
      `No such image: ${nameOrId}${/[:@]/.test(nameOrId) || digest ? '' : `:${tag}`}`,
    )
  }

  /** Every image, with all its names (familiar, with tags), newest first. */
  async listImages(): Promise<readonly { readonly image: Image; readonly names: readonly string[] }[]> {
    const found = new Map<Digest, { image: Image; names: string[] }>()
    for (const { name, manifest } of await this.store.images()) {
      const known = found.get(manifest.digest) ?? { image: await readImage(this.store, manifest), names: [] }
      if (name !== undefined) known.names.push(familiarTag(parseReference(name)))
      found.set(manifest.digest, known)
    }
    const created = ({ image }: { image: Image }) => Date.parse(image.config.created ?? '') || 0
    return [...found.values()].sort((a, b) => created(b) - created(a))
  }

  async tagImage(image: Image, name: string): Promise<void> {
    await this.store.setName(fullName(parseReference(name)), image.manifest)
  }

  /** Names (full) that point to an image. */
  async namesOf(image: Image): Promise<readonly string[]> {
    const stored = await this.store.images()
    return stored.flatMap(({ name, manifest }) =>
      name !== undefined && manifest.digest === image.manifest.digest ? [name] : [],
    )
  }

  /** A tree of its own over the image's layers. Constant time once the image has been unpacked. */
  async openTree(
    image: Image,
    how: { readonly fileBytes?: number; readonly clock?: Clock } = {},
  ): Promise<CowFileSystem> {
    const clock = how.clock ?? this.host.clock
    const now = () => BigInt(Math.round(clock.now() * 1000)) * 1000n
    const tree = this.#trees.get(image.id) ?? (await this.#unpack(image, now))
    this.#trees.set(image.id, tree)
    const limit = how.fileBytes ?? this.limits.fileBytes ?? DEFAULT_LIMITS.fileBytes
    return tree.fork({ now, space: new Space(limit, { spill: this.host.spill?.() }) })
  }

  async #unpack(image: Image, now: () => bigint): Promise<CowFileSystem> {
    if (image.id === this.base.id) return baseTree([...this.programs.keys()], now)
    const tree = new CowFileSystem({ now })
    for (const [index, layer] of image.layers.entries()) {
      applyLayer(tree, await openLayer(this.store, layer, image.config.rootfs.diff_ids[index], this.digester))
      tree.freeze({ always: true })
    }
    return tree
  }

  #byName(stored: readonly StoredImage[], text: string): StoredImage | undefined {
    try {
      const reference = parseReference(text)
      const name = fullName(reference)
      // A pinned name may be that of an index, of which only one image is here.
      const isPinned = ({ manifest }: StoredImage) => manifest.digest === reference.digest
      return stored.find(image => image.name === name) ?? (reference.digest ? stored.find(isPinned) : undefined)
    } catch (error) {
      // An id of 64 digits is no name, but may be an image all the same.
      if (error instanceof InvalidReferenceError && /^(sha256:)?[0-9a-f]{64}$/.test(text)) return undefined
      throw error
    }
  }

  // --- containers --------------------------------------------------------------------------------------------------

  /** The plain data of a new container. Throws EngineError `invalid-name`, `name-in-use`, `invalid-option`. */
  async specify(image: Image, imageName: string, how: CreateOptions): Promise<ContainerSpecification> {
    const { config } = image.config
    const all = await this.containers.list()
    const id = newId(this.host.random)
    const taken = (name: string) => all.find(({ specification }) => specification.name === name)
    if (how.name !== undefined) {
      requireName(how.name)
      const other = taken(how.name.replace(/^\//, ''))
      if (other) throw nameInUse(how.name, other.specification.id)
    }
    const entrypoint = how.entrypoint ?? config.Entrypoint ?? []
    const inherited = how.entrypoint === undefined ? (config.Cmd ?? []) : []
    const cmd = how.cmd && how.cmd.length > 0 ? how.cmd : inherited
    if (entrypoint.length + cmd.length === 0) throw new EngineError('invalid-option', 'no command specified')
    const workingDirectory = how.workingDirectory ?? config.WorkingDir ?? ''
    if (workingDirectory !== '' && !workingDirectory.startsWith('/')) {
      const message = `the working directory '${workingDirectory}' is invalid, it needs to be an absolute path`
      throw new EngineError('invalid-option', message)
    }
    for (const { type, source } of how.mounts ?? []) if (type === 'volume' && source !== '') requireVolumeName(source)
    return {
      id,
      name: how.name?.replace(/^\//, '') ?? newName(this.host.random, name => taken(name) !== undefined),
      created: this.host.clock.now(),
      image: imageName,
      imageId: image.id,
      entrypoint,
      cmd,
      env: mergeEnvironment(config.Env ?? [], how.env ?? []),
      user: how.user ?? config.User ?? '',
      workingDirectory,
      hostname: how.hostname ?? id.slice(0, 12),
      tty: how.tty ?? false,
      openStdin: how.stdin ?? false,
      readOnly: how.readOnly ?? false,
      init: how.init ?? false,
      autoRemove: how.autoRemove ?? false,
      mounts: withVolumes(how.mounts ?? [], config.Volumes, this.host.random),
      labels: { ...config.Labels, ...how.labels },
      stopSignal: how.stopSignal ?? config.StopSignal ?? 'SIGTERM',
      stopTimeout: how.stopTimeout ?? config.StopTimeout ?? 10,
      ...healthOf(config, how),
      ...portsOf(how, Object.keys(config.ExposedPorts ?? {}), this.containers.canPublish),
      limits: { ...this.limits, ...how.limits },
      extraHosts: how.extraHosts ?? [],
    }
  }

  /** What a container of that specification runs in. */
  async surroundings(specification: ContainerSpecification, clock?: Clock): Promise<Surroundings> {
    const image = await this.requireImage(specification.imageId)
    const fileBytes = specification.limits.fileBytes ?? DEFAULT_LIMITS.fileBytes
    const root = await this.openTree(image, { fileBytes, ...(clock ? { clock } : {}) })
    return { ...this.around(clock), root }
  }

  /** The same but for the tree, for whoever has one: the image is not looked for. */
  around(clock?: Clock): Omit<Surroundings, 'root'> {
    return {
      host: clock ? { ...this.host, clock } : this.host,
      formats: this.formats,
      tellsCrashes: this.#parts.tellsCrashes ?? false,
      openSource: (type, source) => (type === 'bind' ? this.#openBind(source) : this.volumes.open(source)),
    }
  }

  #openBind(path: string): FileSystem {
    const open = this.#parts.openBind
    if (!open) throw new EngineError('unsupported', `this engine has no host directories to mount: ${path}`)
    return open(path)
  }
}

/** The image's check with what was asked for in its place; `NONE` takes it away. */
function healthOf({ Healthcheck, Shell }: RunConfig, how: CreateOptions) {
  const healthcheck = { ...Healthcheck, ...how.healthcheck }
  const kind = healthcheck.Test?.[0]
  if (kind !== 'CMD' && kind !== 'CMD-SHELL') return {}
  return { healthcheck, ...(Shell ? { healthShell: Shell } : {}) }
}

/** How files become programs where those programs are. */
export function formatsOf(programs: ReadonlyMap<string, Program>) {
  return [scriptFormat, appletFormat(programs), elfFormat(programs)]
}

/** The beginning of an image's id, as it is typed: no registry knows those. */
function isIdentifier(name: string): boolean {
  return /^sha256:[0-9a-f]{4,64}$|^[0-9a-f]{12}$|^[0-9a-f]{64}$/.test(name)
}

export function nameInUse(name: string, id: string): EngineError {
  return new EngineError(
    'name-in-use',
    `Conflict. The container name "/${name.replace(/^\//, '')}" is already in use by container "${id}". You have to remove (or rename) that container to be able to reuse that name.`,
  )
}

/** Later ones win; the order is that of the first appearance. */
function mergeEnvironment(base: readonly string[], added: readonly string[]): string[] {
  const merged = new Map<string, string>()
  for (const pair of [...base, ...added]) merged.set(pair.split('=')[0] ?? pair, pair)
  return [...merged.values()]
}

/** The image's volumes, and those that were given no name, have one that nobody else has. */
function withVolumes(
  mounts: readonly MountSpecification[],
  volumes: Readonly<Record<string, unknown>> | undefined,
  random: (count: number) => Uint8Array,
): MountSpecification[] {
  const missing = Object.keys(volumes ?? {}).filter(target => !mounts.some(mount => mount.target === target))
  const all = [...mounts, ...missing.map(target => ({ type: 'volume', source: '', target, readOnly: false }) as const)]
  return all.map(mount =>
    mount.type === 'volume' && mount.source === '' ? { ...mount, source: newId(random), anonymous: true } : mount,
  )
}

/** What is published is exposed too. Throws EngineError `unsupported` for a port that the host cannot lend. */
function portsOf(how: CreateOptions, ofImage: readonly string[], canPublish: boolean) {
  const exposed = new Set([...ofImage, ...(how.exposedPorts ?? [])])
  const published = [...(how.published ?? [])]
  if (how.publishAll) {
    const taken = new Set(published.map(portKey))
    for (const key of exposed) if (!taken.has(key)) published.push(...parsePublished(key))
  }
  for (const port of published) {
    if (!canPublish) throw new EngineError('unsupported', `publishing ${portKey(port)}: this host lends no ports`)
    if (port.protocol !== 'tcp') {
      throw new EngineError('unsupported', `publishing ${portKey(port)}: only ports of TCP can be published here`)
    }
    exposed.add(portKey(port))
  }
  return { exposedPorts: [...exposed], ...(published.length === 0 ? {} : { published }) }
}
