// The builder: a Dockerfile and a context become an image. Stages that nothing needs are not built; the others side by side.

import type { Platform } from '../../image/manifest.ts'
import { DEFAULT_PLATFORM, parsePlatform } from '../../image/platform.ts'
import type { CacheRecord, Image } from '../../image/store.ts'
import { encode } from '../../lib/bytes.ts'
import type { Engine } from '../engine.ts'
import { EngineError } from '../errors.ts'
import { automaticArgs } from './arguments.ts'
import { CacheMounts } from './cache-mounts.ts'
import { Cancellation } from './cancellation.ts'
import { DockerfileError, parseDockerfile, type Warning } from './dockerfile.ts'
import { exportImage } from './export-image.ts'
import { IgnoreFile } from './ignore.ts'
import { lint } from './lint.ts'
import type { BuildOptions, BuildResult } from './options.ts'
import { BuildPlan, type Stage } from './plan.ts'
import { ProgressReporter } from './progress.ts'
import { type BuildSession, nanoseconds } from './session.ts'
import type { StageState } from './stage.ts'
import { buildStage } from './stage-builder.ts'

/** Throws DockerfileError (with its line), EngineError and what the store throws. */
export async function build(engine: Engine, how: BuildOptions): Promise<BuildResult> {
  const builder = new Builder(engine, how)
  return builder.build()
}

/** The build checks alone. Throws DockerfileError. */
export async function checkDockerfile(engine: Engine, how: BuildOptions): Promise<readonly Warning[]> {
  const plan = planBuild(how)
  return lintPlan(engine, how, plan, plan.target(how.target))
}

/** What a build would do. Throws DockerfileError. */
export function planBuild(how: BuildOptions): BuildPlan {
  const { buildArgs, target, sourceDateEpoch } = how
  const automatic = automaticArgs({ target, sourceDateEpoch, platform: targetPlatform(how), build: DEFAULT_PLATFORM })
  return new BuildPlan(parseDockerfile(how.dockerfile), { automatic, ...(buildArgs ? { buildArgs } : {}) })
}

class Builder implements BuildSession {
  readonly engine: Engine
  readonly how: BuildOptions
  readonly report: ProgressReporter
  readonly cancellation: Cancellation
  readonly caches: CacheMounts
  readonly platform: Platform
  readonly made = new Map<string, Promise<CacheRecord>>()
  readonly #stages = new Map<number, Promise<StageState>>()
  readonly #images = new Map<string, Promise<Image | undefined>>()
  #plan: BuildPlan | undefined
  #context: Promise<void> | undefined

  constructor(engine: Engine, how: BuildOptions) {
    this.engine = engine
    this.how = how
    this.report = new ProgressReporter(how.progress ?? (() => {}), () => engine.host.now())
    this.cancellation = new Cancellation(how.signal)
    this.caches = new CacheMounts(engine.store, nanoseconds(this))
    this.platform = targetPlatform(how)
  }

  get plan(): BuildPlan {
    if (!this.#plan) throw new Error('the Dockerfile has not been read')
    return this.#plan
  }

  async build(): Promise<BuildResult> {
    const plan = await this.#load()
    const target = plan.target(this.how.target)
    const warnings = await lintPlan(this.engine, this.how, plan, target)
    refuseViolations(plan, warnings)
    const state = await this.#buildAll(target)
    await this.caches.save()
    const image = this.how.keeps === 'nothing' ? undefined : await exportImage(this, state)
    return { image, warnings, tree: () => state.tree.open() }
  }

  /** All stages that are needed, side by side. The first that fails ends the others; its error is the build's. */
  async #buildAll(target: Stage): Promise<StageState> {
    const needed = [...this.plan.needed(target.index)]
    const all = needed.map(async index => {
      try {
        await this.stage(index)
      } catch (error) {
        this.cancellation.abort(error)
        throw error
      }
    })
    await Promise.allSettled(all)
    this.cancellation.throwIfAborted()
    return this.stage(target.index)
  }

  stage(index: number): Promise<StageState> {
    const known = this.#stages.get(index)
    if (known) return known
    const building = buildStage(this, this.plan.stages[index]!)
    this.#stages.set(index, building)
    return building
  }

  image(name: string, platform: Platform): Promise<Image | undefined> {
    const key = `${name} ${JSON.stringify(platform)}`
    const known = this.#images.get(key)
    if (known) return known
    const finding = this.engine.obtainImage(name, { platform, pull: this.how.pull ? 'always' : 'missing' })
    this.#images.set(key, finding)
    return finding
  }

  loadContext(): Promise<void> {
    this.#context ??= this.report.step('[internal] load build context', async step => {
      let size = 0
      for (const { inode } of this.how.context.walk()) if (inode.kind === 'file') size += inode.stat().size
      await this.report.note(step, `transferring context: ${size}B done`)
    })
    return this.#context
  }

  async #load(): Promise<BuildPlan> {
    const name = this.how.dockerfileName ?? 'Dockerfile'
    this.#plan = await this.report.step(`[internal] load build definition from ${name}`, async step => {
      await this.report.note(step, `transferring dockerfile: ${encode(this.how.dockerfile).length}B done`)
      return planBuild(this.how)
    })
    return this.#plan
  }
}

function targetPlatform({ platform }: BuildOptions): Platform {
  if (platform === undefined) return DEFAULT_PLATFORM
  const found = parsePlatform(platform)
  if (found) return found
  throw new EngineError('invalid-option', `failed to parse platform ${platform}: ${JSON.stringify(platform)} is none`)
}

function lintPlan(engine: Engine, how: BuildOptions, plan: BuildPlan, target: Stage): Promise<Warning[]> {
  return lint(plan, target, {
    buildArgs: how.buildArgs,
    ignore: how.ignore ?? new IgnoreFile(''),
    async image(name) {
      const named = how.contexts?.get(name)
      if (named?.kind === 'tree') return undefined
      const found = await engine.findImage(named?.name ?? name)
      if (!found) return undefined
      const { config, os, architecture, variant } = found.config
      return { config, platform: { os, architecture, ...(variant ? { variant } : {}) } }
    },
  })
}

/** `# check=error=true`. */
function refuseViolations({ file }: BuildPlan, warnings: readonly Warning[]): void {
  const [first] = warnings
  if (!file.directives.check.error || !first) return
  const rules = [...new Set(warnings.map(({ rule }) => rule))].join(', ')
  throw new DockerfileError(`lint violation found for rules: ${rules}`, first.line, first.endLine)
}
