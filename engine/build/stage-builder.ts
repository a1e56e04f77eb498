// One stage: where it begins, and its instructions one after another.

import { layerTar } from '../../image/diff.ts'
import type { Digest } from '../../image/digest.ts'
import type { Platform } from '../../image/manifest.ts'
import { parsePlatform } from '../../image/platform.ts'
import type { Image } from '../../image/store.ts'
import { declaredValues } from './arguments.ts'
import { copyFiles } from './copy.ts'
import { treeKey } from './copy-key.ts'
import { copyStep, type StepPlace, workdirStep } from './copy-step.ts'
import { DockerfileError, parseInstruction } from './dockerfile.ts'
import { type Instruction, understand } from './instruction.ts'
import { layerStep } from './layer-step.ts'
import { changeMetadata, type Variables } from './metadata.ts'
import { placedReference } from './placed-reference.ts'
import type { FromInstruction, Stage } from './plan.ts'
import { runInstruction } from './run-instruction.ts'
import { type BuildSession, createdTime, isCacheUsed, latestTime, nanoseconds } from './session.ts'
import { continued, hashKey, type StageState, scopeOf } from './stage.ts'
import { StageTree } from './stage-tree.ts'

export async function buildStage(session: BuildSession, stage: Stage): Promise<StageState> {
  const { plan, cancellation } = session
  const prefix = plan.stages.length > 1 ? `${stage.from.name ?? `stage-${stage.index}`} ` : ''
  const own = stage.instructions.filter(makesLayer).length
  const { state, triggers } = await startStage(session, stage, `[${prefix}1/${own + 1}]`)
  const instructions = [...triggers, ...stage.instructions]
  const steps = instructions.filter(makesLayer).length + 1
  let number = 1
  let hasOwnCmd = false
  for (const instruction of instructions) {
    cancellation.throwIfAborted()
    if (makesLayer(instruction)) {
      number++
      const variables = { scope: scopeOf(state), escape: plan.escape }
      const place = { stage, label: `[${prefix}${number}/${steps}]`, variables }
      await doStep(session, state, instruction, place)
    } else changeConfig(session, state, instruction, hasOwnCmd)
    if (instruction.kind === 'CMD') hasOwnCmd = true
  }
  return state
}

function makesLayer({ kind }: Instruction): boolean {
  return kind === 'RUN' || kind === 'COPY' || kind === 'ADD' || kind === 'WORKDIR'
}

async function doStep(
  session: BuildSession,
  state: StageState,
  instruction: Instruction,
  place: StepPlace,
): Promise<void> {
  switch (instruction.kind) {
    case 'RUN':
      return runInstruction(session, state, instruction, place)
    case 'COPY':
    case 'ADD':
      return copyStep(session, state, instruction, place)
    case 'WORKDIR':
      return workdirStep(session, state, instruction, place)
    default:
      throw new Error(`${instruction.kind} makes no layer`)
  }
}

function changeConfig(session: BuildSession, state: StageState, instruction: Instruction, hasOwnCmd: boolean): void {
  const { plan, how } = session
  const tell = (text: string) =>
    state.history.push({
      created: state.created,
      comment: 'buildkit.dockerfile.v0',
      created_by: text,
      empty_layer: true,
    })
  const variables: Variables = { scope: scopeOf(state), escape: plan.escape }
  if (instruction.kind === 'ARG') {
    const values = declaredValues(instruction, plan, how.buildArgs, variables)
    for (const [name, value] of values) state.args.set(name, value)
    tell(`ARG ${values.map(([name, value]) => (value === undefined ? name : `${name}=${value}`)).join(' ')}`)
    return
  }
  const changed = changeMetadata(instruction, { ...variables, config: state.config, hasOwnCmd })
  if (!changed) return
  state.config = changed.config
  if (changed.author !== undefined) state.author = changed.author
  tell(changed.text)
}

interface StageStart {
  readonly state: StageState
  /** ONBUILD of the image. */
  readonly triggers: readonly Instruction[]
}

async function startStage(session: BuildSession, stage: Stage, label: string): Promise<StageStart> {
  const { plan } = session
  const name = plan.imageName(stage.from)
  const platform = platformOf(session, stage.from)
  const named = session.how.contexts?.get(name)
  if (named?.kind === 'tree') return { state: await fromFiles(session, stage, name, platform), triggers: [] }
  const earlier = named ? undefined : plan.find(name, stage.index)
  if (earlier) {
    const base = await session.stage(earlier.index)
    return withTriggers(session, stage.from, continued(base, base.tree.fork()))
  }
  if (name === 'scratch' && !named) return { state: emptyState(session, platform), triggers: [] }
  return fromImage(session, stage, { name: named?.name ?? name, platform, label })
}

function platformOf({ plan, platform }: BuildSession, from: FromInstruction): Platform {
  const text = plan.platformOf(from)
  if (text === undefined || text === '') return platform
  const found = parsePlatform(text)
  if (found) return found
  throw new DockerfileError(
    `failed to parse platform ${text}: ${JSON.stringify(text)} is none`,
    from.line,
    from.endLine,
  )
}

function emptyState(session: BuildSession, platform: Platform): StageState {
  return {
    tree: StageTree.empty(nanoseconds(session)),
    platform,
    config: { Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'], WorkingDir: '/' },
    author: undefined,
    layers: [],
    diffIds: [],
    history: [],
    created: createdTime(session),
    args: new Map(),
  }
}

/** A named context of files in the place of an image: they are the first layer. */
async function fromFiles(session: BuildSession, stage: Stage, name: string, platform: Platform): Promise<StageState> {
  const state = emptyState(session, platform)
  const named = session.how.contexts?.get(name)
  if (named?.kind !== 'tree') throw new Error(`context ${name} has no files`)
  const { tree } = named
  await layerStep(session, state, {
    name: `[context ${name}] load from client`,
    history: `COPY / / # buildkit context ${name}`,
    key: hashKey('context', await treeKey(tree, { path: '', inode: tree.root }, session.engine.digester)),
    usesCache: isCacheUsed(session, stage),
    async make() {
      const files = await state.tree.open()
      const base = files.layers
      await copyFiles(files, {
        destination: '/',
        sources: [{ kind: 'tree', tree, file: { path: '', inode: tree.root }, written: '/' }],
        owner: { uid: 0, gid: 0 },
        chmod: undefined,
        parents: false,
        exclude: [],
        unpack: false,
        latest: latestTime(session),
      })
      const tar = layerTar(files.at(base), files, latestTime(session))
      files.freeze({ always: true })
      return { tar, isApplied: true }
    },
  })
  return state
}

async function fromImage(
  session: BuildSession,
  { from }: Stage,
  { name, platform, label }: { readonly name: string; readonly platform: Platform; readonly label: string },
): Promise<StageStart> {
  const { engine, report } = session
  const full = placedReference(from, name)
  const image = await report.step(`[internal] load metadata for ${full}`, async () => {
    const found = await session.image(name, platform)
    if (found) return found
    const message = `${name}: failed to resolve source metadata for ${full}: not found`
    throw new DockerfileError(message, from.line, from.endLine)
  })
  await report.step(`${label} FROM ${full}`, async () => {})
  const open = async () => {
    const tree = await engine.openTree(image)
    tree.freeze()
    return tree
  }
  const state = stateOf(session, image, new StageTree(nanoseconds(session), open))
  return withTriggers(session, from, state)
}

function stateOf(session: BuildSession, image: Image, tree: StageTree): StageState {
  const { config, author, created, rootfs, history, os, architecture, variant } = image.config
  return {
    tree,
    platform: { os, architecture, ...(variant ? { variant } : {}) },
    config,
    author,
    layers: [...image.layers],
    diffIds: rootfs.diff_ids.map(id => id as Digest),
    history: [...history],
    created: session.how.sourceDateEpoch === undefined ? (created ?? createdTime(session)) : createdTime(session),
    args: new Map(),
  }
}

/** ONBUILD fires in the child, once, and is no more there (Dockerfile reference, "ONBUILD"). */
function withTriggers({ plan }: BuildSession, from: FromInstruction, state: StageState): StageStart {
  const { OnBuild, ...config } = state.config
  state.config = config
  const triggers = (OnBuild ?? []).map(text => understand(parseInstruction(text, from.line), plan.escape))
  return { state, triggers }
}
