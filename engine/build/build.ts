// The builder: a Dockerfile and a context become an image. Stages that nothing needs are not built; the others side by side.

import { applyLayer } from '../../image/apply.ts'
import { newManifest } from '../../image/archive.ts'
import type { History, ImageConfig } from '../../image/config.ts'
import { layerTar } from '../../image/diff.ts'
import type { Digest } from '../../image/digest.ts'
import { type Descriptor, MEDIA, toJson } from '../../image/manifest.ts'
import { readLayer } from '../../image/read.ts'
import { fullName, parseReference } from '../../image/reference.ts'
import type { CacheRecord, Image } from '../../image/store.ts'
import { SysError } from '../../kernel/errno.ts'
import { CowFileSystem } from '../../kernel/vfs/cow.ts'
import type { FileSystem, Inode } from '../../kernel/vfs/inode.ts'
import { encode } from '../../lib/bytes.ts'
import type { Engine } from '../engine.ts'
import { EngineError, StartError } from '../errors.ts'
import type { MountSpecification } from '../specification.ts'
import { SourceTree } from './context.ts'
import { CopyError, type CopyPlan, type CopySource, copyFiles, copyKey } from './copy.ts'
import { type Dockerfile, DockerfileError, parseDockerfile, parseInstruction, type Warning } from './dockerfile.ts'
import { distance, type Instruction, type Placed, understand } from './instruction.ts'
import { changeMetadata, expandWord, placed } from './metadata.ts'
import { copyOwner } from './owner.ts'
import { type Progress, ProgressReporter, type Step } from './progress.ts'
import { runMounts } from './run-mounts.ts'
import { runStep } from './run-step.ts'
import { chainKey, continued, DEFAULT_SHELL, environment, type StageState } from './stage.ts'
import { substitute } from './substitute.ts'

export interface BuildOptions {
  readonly dockerfile: string
  /** What the Dockerfile is called in messages. */
  readonly dockerfileName?: string
  readonly context: SourceTree
  /** Names for the image; none: it stays unnamed. */
  readonly tags?: readonly string[]
  readonly buildArgs?: ReadonlyMap<string, string>
  readonly target?: string
  readonly labels?: Readonly<Record<string, string>>
  readonly noCache?: boolean
  /** Further contexts by name (--build-context). */
  readonly contexts?: ReadonlyMap<string, SourceTree>
  /** By id. */
  readonly secrets?: ReadonlyMap<string, Uint8Array>
  /** Seconds since the epoch: the time of everything (SOURCE_DATE_EPOCH). */
  readonly sourceDateEpoch?: number
  readonly platform?: string
  readonly progress?: Progress
  readonly signal?: AbortSignal
}

export interface BuildResult {
  readonly image: Image
  readonly warnings: readonly Warning[]
}

interface Stage {
  readonly index: number
  readonly from: Instruction & { readonly kind: 'FROM' }
  readonly instructions: Instruction[]
  readonly name: string
}

/** Throws DockerfileError (with its line), EngineError and what the store throws. */
export async function build(engine: Engine, how: BuildOptions): Promise<BuildResult> {
  return new Builder(engine, how).build()
}

class Builder {
  readonly #engine: Engine
  readonly #how: BuildOptions
  readonly #report: ProgressReporter
  readonly #stages: Stage[] = []
  readonly #globals = new Map<string, string>()
  readonly #built = new Map<number, Promise<StageState>>()
  readonly #automatic: ReadonlyMap<string, string>
  #escape = '\\'
  #context: Promise<void> | undefined
  /** Volumes for cache mounts, by id. */
  readonly #caches = new Map<string, CowFileSystem>()

  constructor(engine: Engine, how: BuildOptions) {
    this.#engine = engine
    this.#how = how
    this.#report = new ProgressReporter(how.progress ?? (() => {}), () => engine.host.now())
    this.#automatic = automaticArgs(how)
  }

  async build(): Promise<BuildResult> {
    const file = await this.#load()
    const target = this.#targetStage()
    for (const index of this.#needed(target.index)) void this.#stage(index).catch(() => undefined)
    const state = await this.#stage(target.index)
    const image = await this.#export(state)
    return { image, warnings: file.warnings }
  }

  async #load(): Promise<Dockerfile> {
    const name = this.#how.dockerfileName ?? 'Dockerfile'
    const file = await this.#report.step(`[internal] load build definition from ${name}`, async step => {
      await this.#report.note(step, `transferring dockerfile: ${encode(this.#how.dockerfile).length}B done`)
      return parseDockerfile(this.#how.dockerfile)
    })
    this.#escape = file.directives.escape
    for (const raw of file.instructions) this.#place(understand(raw, this.#escape))
    if (this.#stages.length === 0) throw new DockerfileError('no build stage in current context', 1)
    return file
  }

  #place(instruction: Instruction): void {
    if (instruction.kind === 'FROM') {
      const index = this.#stages.length
      this.#stages.push({
        index,
        from: instruction,
        instructions: [],
        name: instruction.name?.toLowerCase() ?? String(index),
      })
      return
    }
    const stage = this.#stages.at(-1)
    if (stage) stage.instructions.push(instruction)
    else if (instruction.kind === 'ARG') this.#declareGlobals(instruction)
    else throw new DockerfileError('no build stage in current context', instruction.line, instruction.endLine)
  }

  #declareGlobals(instruction: Instruction & { readonly kind: 'ARG' }): void {
    for (const [name, initial] of instruction.names) {
      const scope = { get: (key: string) => this.#globals.get(key) ?? this.#automatic.get(key) }
      const given = this.#how.buildArgs?.get(name)
      const value =
        given ??
        (initial === undefined ? undefined : placed(instruction, () => substitute(initial, scope, this.#escape)))
      if (value !== undefined) this.#globals.set(name, value)
    }
  }

  #targetStage(): Stage {
    const { target } = this.#how
    if (target === undefined) return this.#stages.at(-1)!
    const found = this.#findStage(target)
    if (found) return found
    const near = this.#stages.map(({ name }) => name).find(name => distance(name, target) <= 2)
    const hint = near ? ` (did you mean ${near}?)` : ''
    throw new EngineError('build-failed', `target stage "${target}" could not be found${hint}`)
  }

  #findStage(name: string, before = this.#stages.length): Stage | undefined {
    const wanted = name.toLowerCase()
    const earlier = this.#stages.slice(0, before)
    return earlier.findLast(stage => stage.name === wanted) ?? earlier.find(stage => String(stage.index) === wanted)
  }

  /** The stages that a stage stands on, itself included. */
  #needed(index: number, found = new Set<number>()): Set<number> {
    if (found.has(index)) return found
    found.add(index)
    const stage = this.#stages[index]!
    const names = [this.#imageName(stage.from), ...stage.instructions.flatMap(sourcesOf)]
    for (const name of names) {
      const other = this.#findStage(name, index)
      if (other) this.#needed(other.index, found)
    }
    return found
  }

  #stage(index: number): Promise<StageState> {
    const known = this.#built.get(index)
    if (known) return known
    const building = this.#buildStage(this.#stages[index]!)
    this.#built.set(index, building)
    return building
  }

  async #buildStage(stage: Stage): Promise<StageState> {
    const steps = stage.instructions.filter(makesLayer).length + 1
    const prefix = this.#stages.length > 1 ? `${stage.from.name ?? `stage-${stage.index}`} ` : ''
    const { state, triggers } = await this.#start(stage, `[${prefix}1/${steps}]`)
    let number = 1
    let hasOwnCmd = false
    const instructions = [...triggers, ...stage.instructions]
    for (const instruction of instructions) {
      this.#how.signal?.throwIfAborted()
      if (makesLayer(instruction)) {
        number++
        await this.#layerStep(
          state,
          instruction,
          stage,
          `[${prefix}${number}/${steps + triggers.filter(makesLayer).length}]`,
        )
      } else this.#configStep(state, instruction, hasOwnCmd)
      if (instruction.kind === 'CMD') hasOwnCmd = true
    }
    return state
  }

  #imageName(from: Stage['from']): string {
    const scope = { get: (name: string) => this.#globals.get(name) ?? this.#automatic.get(name) }
    const name = placed(from, () => substitute(from.image, scope, this.#escape))
    if (name === '') throw new DockerfileError(`base name (${from.image}) should not be blank`, from.line, from.endLine)
    return name
  }

  async #start(stage: Stage, label: string): Promise<{ state: StageState; triggers: Instruction[] }> {
    const name = this.#imageName(stage.from)
    const earlier = this.#findStage(name, stage.index)
    if (earlier) {
      const base = await this.#stage(earlier.index)
      return { state: continued(base, fork(base.tree, this.#engine)), triggers: [] }
    }
    if (name === 'scratch') return { state: this.#empty(), triggers: [] }
    return this.#fromImage(stage, name, label)
  }

  #empty(): StageState {
    const now = () => BigInt(Math.round(this.#engine.host.clock.now() * 1000)) * 1000n
    return {
      tree: new CowFileSystem({ now }),
      config: { Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'], WorkingDir: '/' },
      author: undefined,
      layers: [],
      diffIds: [],
      history: [],
      key: 'scratch',
      args: new Map(),
    }
  }

  async #fromImage(stage: Stage, name: string, label: string): Promise<{ state: StageState; triggers: Instruction[] }> {
    const { from } = stage
    const full = placedReference(from, name)
    const image = await this.#report.step(`[internal] load metadata for ${full}`, async () => {
      const found = await this.#engine.findImage(name)
      if (found) return found
      throw new DockerfileError(
        `${name}: failed to resolve source metadata for ${full}: no such image in the store, and pulling is not done by this version: load it first (cowbox load)`,
        from.line,
        from.endLine,
      )
    })
    const tree = await this.#report.step(`${label} FROM ${full}`, () => this.#engine.openTree(image))
    tree.freeze()
    const { OnBuild, ...config } = image.config.config
    const state: StageState = {
      tree,
      config,
      author: image.config.author,
      layers: [...image.layers],
      diffIds: image.config.rootfs.diff_ids.map(id => id as Digest),
      history: [...image.config.history],
      key: image.id,
      args: new Map(),
    }
    const triggers = (OnBuild ?? []).map(text => understand(parseInstruction(text, from.line), this.#escape))
    return { state, triggers }
  }

  // --- instructions --------------------------------------------------------------------------------------------------

  #configStep(state: StageState, instruction: Instruction, hasOwnCmd: boolean): void {
    if (instruction.kind === 'ARG') return this.#declare(state, instruction)
    const context = { state, automatic: this.#automatic, escape: this.#escape, hasOwnCmd }
    const changed = changeMetadata(instruction, context)
    if (!changed) return
    state.config = changed.config
    if (changed.author !== undefined) state.author = changed.author
    state.history.push({ ...this.#historyBase(), created_by: changed.text, empty_layer: true })
    state.key = chainKey(state.key, changed.text)
  }

  #declare(state: StageState, instruction: Instruction & { readonly kind: 'ARG' }): void {
    for (const [name, initial] of instruction.names) {
      const context = { state, automatic: this.#automatic, escape: this.#escape }
      const written = initial === undefined ? undefined : expandWord(instruction, initial, context)
      const value = this.#how.buildArgs?.get(name) ?? written ?? this.#globals.get(name) ?? this.#automatic.get(name)
      if (value !== undefined) state.args.set(name, value)
      const text = `ARG ${name}${value === undefined ? '' : `=${value}`}`
      state.history.push({ ...this.#historyBase(), created_by: text, empty_layer: true })
      state.key = chainKey(state.key, text)
    }
  }

  async #layerStep(state: StageState, instruction: Instruction, stage: Stage, label: string): Promise<void> {
    switch (instruction.kind) {
      case 'RUN':
        return this.#run(state, instruction, label)
      case 'COPY':
      case 'ADD':
        return this.#copy(state, instruction, stage, label)
      case 'WORKDIR':
        return this.#workdir(state, instruction, label)
      default:
        throw new Error(`${instruction.kind} makes no layer`)
    }
  }

  async #workdir(state: StageState, instruction: Placed & { readonly argument: string }, label: string): Promise<void> {
    const context = { state, automatic: this.#automatic, escape: this.#escape }
    const path = resolvePath(state.config.WorkingDir ?? '/', expandWord(instruction, instruction.argument, context))
    state.config = { ...state.config, WorkingDir: path }
    const text = `WORKDIR ${path}`
    await this.#layer(state, `${label} ${text}`, text, chainKey(state.key, text, state.config.User ?? ''), async () => {
      const base = state.tree.layers
      const owner = { uid: 0, gid: 0 }
      const plan: CopyPlan = {
        destination: path,
        sources: [],
        owner,
        chmod: undefined,
        parents: false,
        exclude: [],
        unpack: false,
        latest: undefined,
      }
      makeDirectories(state.tree, plan)
      return base
    })
  }

  async #copy(
    state: StageState,
    instruction: Instruction & { readonly kind: 'COPY' | 'ADD' },
    stage: Stage,
    label: string,
  ): Promise<void> {
    const context = { state, automatic: this.#automatic, escape: this.#escape }
    const expand = (word: string) => expandWord(instruction, word, context)
    const written = instruction.sources.map(expand)
    const tree = await this.#sourceTree(instruction, stage)
    const sources: CopySource[] = instruction.hereDocuments.map(({ name, body, expands }) => {
      const text = expands ? expandBody(instruction, body, expand) : body
      return { kind: 'text', name, bytes: encode(text), mode: 0o644 }
    })
    for (const source of written) sources.push(...(await this.#find(instruction, tree, source)))
    const target = expand(instruction.destination)
    const destination = resolvePath(state.config.WorkingDir ?? '/', target) + (/\/$|(^|\/)\.$/.test(target) ? '/' : '')
    const plan: CopyPlan = {
      destination,
      sources,
      owner: instruction.chown === undefined ? { uid: 0, gid: 0 } : copyOwner(state.tree, expand(instruction.chown)),
      chmod: instruction.chmod === undefined ? undefined : expand(instruction.chmod),
      parents: instruction.parents,
      exclude: instruction.exclude.map(expand),
      unpack: instruction.kind === 'ADD' && instruction.unpack !== false,
      latest: this.#latest,
    }
    const text = `${instruction.text} # buildkit`
    const key = chainKey(state.key, instruction.kind, copyKey(plan))
    await this.#layer(state, `${label} ${instruction.text}`, text, key, async () => {
      const base = state.tree.layers
      await mistakes(instruction, () => copyFiles(state.tree, plan))
      return base
    })
  }

  async #sourceTree(instruction: Instruction & { readonly kind: 'COPY' | 'ADD' }, stage: Stage): Promise<SourceTree> {
    const { from } = instruction
    if (from === undefined) {
      await this.#loadContext()
      return this.#how.context
    }
    const named = this.#how.contexts?.get(from)
    if (named) return named
    const other = this.#findStage(from, stage.index)
    if (other) return new SourceTree((await this.#stage(other.index)).tree.root)
    const image = await this.#engine.findImage(from)
    if (image) return new SourceTree((await this.#engine.openTree(image)).root)
    throw new DockerfileError(
      `${from}: failed to resolve source metadata for ${placedReference(instruction, from)}: no such stage, context or image`,
      instruction.line,
      instruction.endLine,
    )
  }

  #loadContext(): Promise<void> {
    this.#context ??= this.#report.step('[internal] load build context', async step => {
      let size = 0
      for (const { inode } of this.#how.context.walk()) if (inode.kind === 'file') size += inode.stat().size
      await this.#report.note(step, `transferring context: ${size}B done`)
    })
    return this.#context
  }

  async #find(
    instruction: Instruction & { readonly kind: 'COPY' | 'ADD' },
    tree: SourceTree,
    source: string,
  ): Promise<CopySource[]> {
    if (instruction.kind === 'ADD' && /^https?:\/\//.test(source)) {
      throw new DockerfileError(
        `ADD ${source}: this box has no network: fetch it first and COPY it`,
        instruction.line,
        instruction.endLine,
      )
    }
    const found = tree.find(source)
    if (found.length === 0 && !/[*?[]/.test(source)) {
      const message = `failed to compute cache key: failed to calculate checksum of ref: "/${source.replace(/^(\.?\.?\/)+/, '')}": not found`
      throw new DockerfileError(message, instruction.line, instruction.endLine)
    }
    return found.map(file => ({ kind: 'tree', tree, file, written: source }))
  }

  async #run(state: StageState, instruction: Instruction & { readonly kind: 'RUN' }, label: string): Promise<void> {
    const { argv, shown, script } = runWords(instruction, state)
    const env = this.#runEnvironment(state)
    const prepared = await runMounts(instruction, {
      context: this.#how.context,
      contexts: this.#how.contexts ?? new Map(),
      stage: async name => {
        const other = this.#findStage(name)
        return other && other.index < this.#stages.length
          ? new SourceTree((await this.#stage(other.index)).tree.root)
          : undefined
      },
      secrets: this.#how.secrets ?? new Map(),
      cache: id => this.#cache(id),
      now: state.tree.now,
    })
    const text = `RUN ${shown} # buildkit`
    const argText = [...state.args].map(([name, value]) => `${name}=${value}`)
    const key = chainKey(state.key, text, ...argText, ...prepared.keys, script ?? '')
    await this.#layer(state, `${label} ${instruction.text}`, text, key, async step => {
      const mounts: MountSpecification[] = [...prepared.mounts]
      const result = await this.#runIn(state, instruction, step, {
        argv,
        env: [...env, ...prepared.env],
        mounts,
        open: prepared.open,
      })
      return result
    })
  }

  async #runIn(
    state: StageState,
    instruction: Instruction,
    step: Step,
    how: {
      argv: readonly string[]
      env: readonly string[]
      mounts: readonly MountSpecification[]
      open: (source: string) => FileSystem
    },
  ): Promise<number> {
    const shown = how.argv.join(' ')
    const fail = (reason: string) =>
      new DockerfileError(
        `process "${shown}" did not complete successfully: ${reason}`,
        instruction.line,
        instruction.endLine,
      )
    try {
      const { status, baseLayers } = await runStep({
        host: this.#engine.host,
        formats: this.#engine.formats,
        tree: state.tree,
        config: state.config,
        argv: how.argv,
        env: how.env,
        mounts: how.mounts,
        openSource: (_type, source) => how.open(source),
        listen: (bytes, stream) => this.#report.output(step, bytes, stream),
        signal: this.#how.signal,
      })
      if (status !== 0) throw fail(`exit code: ${status}`)
      return baseLayers
    } catch (error) {
      if (error instanceof StartError) throw fail(error.advice ? `${error.message}\n${error.advice}` : error.message)
      if (error instanceof EngineError && error.code === 'invalid-option') throw fail(error.message)
      throw error
    }
  }

  #runEnvironment(state: StageState): string[] {
    const env = environment(state)
    for (const [name, value] of state.args) if (!env.has(name)) env.set(name, value)
    for (const name of PROXIES) {
      const value = this.#how.buildArgs?.get(name)
      if (value !== undefined && !env.has(name)) env.set(name, value)
    }
    return [...env].map(([name, value]) => `${name}=${value}`)
  }

  #cache(id: string): CowFileSystem {
    const known = this.#caches.get(id)
    if (known) return known
    const made = this.#empty().tree
    this.#caches.set(id, made)
    return made
  }

  /** A step that makes a layer: from the cache when its key is known, else by doing it. */
  async #layer(
    state: StageState,
    name: string,
    text: string,
    key: string,
    make: (step: Step) => Promise<number>,
  ): Promise<void> {
    const { store } = this.#engine
    const step = await this.#report.begin(name)
    const cached = this.#how.noCache ? undefined : await store.remembered(key)
    try {
      if (cached) await this.#reuse(state, cached)
      else await this.#make(state, step, key, make)
    } catch (error) {
      await this.#report.failed(step, error instanceof Error ? error.message : String(error))
      throw error
    }
    state.key = key
    state.history.push({ ...this.#historyBase(), created_by: text })
    await this.#report.end(step, cached ? 'cached' : 'done')
  }

  async #make(state: StageState, step: Step, key: string, make: (step: Step) => Promise<number>): Promise<void> {
    const base = await make(step)
    const tar = layerTar(state.tree.at(base), state.tree, this.#latest)
    state.tree.freeze({ always: true })
    const digest = await this.#engine.store.put(tar)
    const layer = { mediaType: MEDIA.layer, digest, size: tar.length }
    state.layers.push(layer)
    state.diffIds.push(digest)
    await this.#engine.store.remember(key, { layer, diffId: digest })
  }

  async #reuse(state: StageState, record: CacheRecord): Promise<void> {
    if (!record.layer || !record.diffId) return
    applyLayer(state.tree, await readLayer(this.#engine.store, record.layer, record.diffId, this.#engine.digester))
    state.tree.freeze({ always: true })
    state.layers.push(record.layer)
    state.diffIds.push(record.diffId)
  }

  // --- the image -----------------------------------------------------------------------------------------------------

  async #export(state: StageState): Promise<Image> {
    return this.#report.step('exporting to image', async step => {
      const { store } = this.#engine
      await this.#report.note(step, 'exporting layers done')
      const config = this.#imageConfig(state)
      const bytes = toJson(config)
      const id = await store.put(bytes)
      await this.#keepLayers(state)
      const manifest = toJson(newManifest({ mediaType: MEDIA.config, digest: id, size: bytes.length }, state.layers))
      const descriptor: Descriptor = {
        mediaType: MEDIA.manifest,
        digest: await store.put(manifest),
        size: manifest.length,
      }
      await this.#report.note(step, `writing image ${id} done`)
      const tags = this.#how.tags ?? []
      if (tags.length === 0) await store.setName(undefined, descriptor)
      for (const tag of tags) {
        const name = fullName(parseReference(tag))
        await store.setName(name, descriptor)
        await this.#report.note(step, `naming to ${name} done`)
      }
      return { id, manifest: descriptor, config, layers: state.layers }
    })
  }

  /** Layers of the embedded image are written too: whoever reads the layout must find it whole. */
  async #keepLayers(state: StageState): Promise<void> {
    const { base, store } = this.#engine
    for (const { digest } of state.layers) {
      const embedded = base.blobs.get(digest)
      if (embedded) await store.put(embedded)
    }
  }

  #imageConfig(state: StageState): ImageConfig {
    const labels = { ...state.config.Labels, ...this.#how.labels }
    const [os = 'linux', architecture = 'amd64', variant] = (this.#how.platform ?? 'linux/amd64').split('/')
    return {
      created: this.#created(),
      ...(state.author ? { author: state.author } : {}),
      architecture,
      os,
      ...(variant ? { variant } : {}),
      config: { ...state.config, ...(Object.keys(labels).length > 0 ? { Labels: labels } : {}) },
      rootfs: { type: 'layers', diff_ids: state.diffIds },
      history: state.history,
    }
  }

  #historyBase(): History {
    return { created: this.#created(), comment: 'buildkit.dockerfile.v0' }
  }

  #created(): string {
    const { sourceDateEpoch } = this.#how
    return new Date(
      sourceDateEpoch === undefined ? this.#engine.host.clock.now() : sourceDateEpoch * 1000,
    ).toISOString()
  }

  get #latest(): bigint | undefined {
    const { sourceDateEpoch } = this.#how
    return sourceDateEpoch === undefined ? undefined : BigInt(sourceDateEpoch) * 1_000_000_000n
  }
}

/** Known without being declared (Dockerfile reference, "Predefined ARGs"). */
const PROXIES = ['HTTP_PROXY', 'HTTPS_PROXY', 'FTP_PROXY', 'NO_PROXY', 'ALL_PROXY'].flatMap(name => [
  name,
  name.toLowerCase(),
])

function automaticArgs(how: BuildOptions): Map<string, string> {
  const platform = how.platform ?? 'linux/amd64'
  const [os = 'linux', arch = 'amd64', variant = ''] = platform.split('/')
  return new Map([
    ['TARGETPLATFORM', platform],
    ['TARGETOS', os],
    ['TARGETARCH', arch],
    ['TARGETVARIANT', variant],
    ['BUILDPLATFORM', 'linux/amd64'],
    ['BUILDOS', 'linux'],
    ['BUILDARCH', 'amd64'],
    ['BUILDVARIANT', ''],
    ['TARGETSTAGE', how.target ?? 'default'],
    ...(how.sourceDateEpoch === undefined ? [] : ([['SOURCE_DATE_EPOCH', String(how.sourceDateEpoch)]] as const)),
  ])
}

function makesLayer(instruction: Instruction): boolean {
  return ['RUN', 'COPY', 'ADD', 'WORKDIR'].includes(instruction.kind)
}

function sourcesOf(instruction: Instruction): string[] {
  if ((instruction.kind === 'COPY' || instruction.kind === 'ADD') && instruction.from) return [instruction.from]
  if (instruction.kind !== 'RUN') return []
  return instruction.mounts.flatMap(mount => /(?:^|,)from=([^,]+)/.exec(mount)?.[1] ?? [])
}

function fork(tree: CowFileSystem, engine: Engine): CowFileSystem {
  return tree.fork({ now: () => BigInt(Math.round(engine.host.clock.now() * 1000)) * 1000n })
}

function placedReference(at: Instruction, name: string): string {
  try {
    return fullName(parseReference(name))
  } catch (error) {
    if (!(error instanceof Error)) throw error
    const message = `failed to parse stage name "${name}": ${error.message}`
    throw new DockerfileError(message, at.line, at.endLine)
  }
}

/** What a RUN executes: shell form and here-documents go to the shell; a body that begins with #! is run as a file. */
function runWords(
  instruction: Instruction & { readonly kind: 'RUN' },
  state: StageState,
): { argv: string[]; shown: string; script: string | undefined } {
  const { command, hereDocuments } = instruction
  if (command.form === 'exec') return { argv: [...command.words], shown: command.words.join(' '), script: undefined }
  const shell = state.config.Shell ?? DEFAULT_SHELL
  const [only] = hereDocuments
  if (hereDocuments.length === 1 && only && /^<<-?["']?[^\s"'<]+["']?$/.test(command.line)) {
    const interpreter = /^#!\s*(\S+)(?:\s+(\S.*))?\n/.exec(only.body)
    const argv = interpreter
      ? [interpreter[1] ?? '/bin/sh', ...(interpreter[2] ? [interpreter[2].trim()] : []), '-c', only.body]
      : [...shell, only.body]
    return { argv, shown: `${shell.join(' ')} ${only.body.trimEnd()}`, script: only.body }
  }
  const bodies = hereDocuments.map(({ name, body }) => `${body}${name}\n`).join('')
  const line = hereDocuments.length === 0 ? command.line : `${command.line}\n${bodies}`
  return {
    argv: [...shell, line],
    shown: `${shell.join(' ')} ${command.line}`,
    script: bodies === '' ? undefined : bodies,
  }
}

function expandBody(at: Instruction, body: string, expand: (word: string) => string): string {
  // Quotes are text in a here-document's body; only variables are replaced.
  return placed(at, () => expand(body.replace(/["']/g, '\\$&')))
}

function makeDirectories(tree: CowFileSystem, { destination }: CopyPlan): void {
  let directory: Inode = tree.root
  for (const name of destination.split('/').filter(part => part !== '')) {
    directory = directory.lookup(name) ?? directory.create(name, { kind: 'directory', mode: 0o755, uid: 0, gid: 0 })
  }
}

/** What cannot be copied is a mistake on that line. */
async function mistakes(at: Instruction, piece: () => Promise<void>): Promise<void> {
  try {
    await piece()
  } catch (error) {
    if (error instanceof CopyError || error instanceof SysError)
      throw new DockerfileError(error.message, at.line, at.endLine)
    throw error
  }
}

function resolvePath(directory: string, path: string): string {
  const names: string[] = []
  for (const name of (path.startsWith('/') ? path : `${directory}/${path}`).split('/')) {
    if (name === '' || name === '.') continue
    if (name === '..') names.pop()
    else names.push(name)
  }
  return `/${names.join('/')}`
}
