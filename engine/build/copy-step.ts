// COPY, ADD and WORKDIR as steps of a stage.

import { layerTar } from '../../image/diff.ts'
import { SysError } from '../../kernel/errno.ts'
import { CowFileSystem } from '../../kernel/vfs/cow.ts'
import { CopyError, type CopyPlan, copyFiles, makeDestination } from './copy.ts'
import { copyKey } from './copy-key.ts'
import { type CopyInstruction, copySources } from './copy-sources.ts'
import { DockerfileError } from './dockerfile.ts'
import type { Instruction } from './instruction.ts'
import { layerStep, type MadeLayer } from './layer-step.ts'
import { expandWord, type Variables } from './metadata.ts'
import { copyOwner } from './owner.ts'
import type { Stage } from './plan.ts'
import { type BuildSession, isCacheUsed, latestTime, nanoseconds } from './session.ts'
import { filesKey, hashKey, type StageState } from './stage.ts'

/** Where a step stands: its stage, and what progress calls it. */
export interface StepPlace {
  readonly stage: Stage
  /** `[2/3]`. */
  readonly label: string
  readonly variables: Variables
}

export async function copyStep(
  session: BuildSession,
  state: StageState,
  instruction: CopyInstruction,
  { stage, label, variables }: StepPlace,
): Promise<void> {
  const expand = (word: string) => expandWord(instruction, word, variables)
  const sources = await copySources(session, instruction, stage, expand)
  const owner = await ownerOf(state, instruction.chown === undefined ? undefined : expand(instruction.chown))
  const target = expand(instruction.destination)
  const plan: CopyPlan = {
    destination: resolvePath(state.config.WorkingDir ?? '/', target) + (/\/$|(^|\/)\.$/.test(target) ? '/' : ''),
    sources,
    owner,
    chmod: instruction.chmod === undefined ? undefined : expand(instruction.chmod),
    parents: instruction.parents,
    exclude: instruction.exclude.map(expand),
    unpack: instruction.kind === 'ADD' && instruction.unpack !== false,
    latest: latestTime(session),
  }
  const key = await copyKey(plan, session.engine.digester)
  await layerStep(session, state, {
    name: `${label} ${instruction.text}`,
    history: `${instruction.text} # buildkit`,
    // A linked copy stands on nothing: the base may change, and it is cached all the same.
    key: instruction.link ? hashKey('COPY --link', key) : hashKey('COPY', filesKey(state), key),
    usesCache: isCacheUsed(session, stage),
    make: () =>
      mistakes(instruction, () =>
        instruction.link ? copyApart(session, plan) : change(session, state, tree => copyFiles(tree, plan)),
      ),
  })
}

export async function workdirStep(
  session: BuildSession,
  state: StageState,
  instruction: Instruction & { readonly argument: string },
  { stage, label, variables }: StepPlace,
): Promise<void> {
  const path = resolvePath(state.config.WorkingDir ?? '/', expandWord(instruction, instruction.argument, variables))
  state.config = { ...state.config, WorkingDir: path }
  const plan: CopyPlan = {
    destination: path,
    sources: [],
    owner: { uid: 0, gid: 0 },
    chmod: undefined,
    parents: false,
    exclude: [],
    unpack: false,
    latest: latestTime(session),
  }
  const text = `WORKDIR ${path}`
  await layerStep(session, state, {
    name: `${label} ${text}`,
    history: text,
    key: hashKey('WORKDIR', filesKey(state), path),
    usesCache: isCacheUsed(session, stage),
    make: () => mistakes(instruction, () => change(session, state, tree => makeDestination(tree, plan))),
  })
}

async function change(
  session: BuildSession,
  state: StageState,
  piece: (tree: CowFileSystem) => void | Promise<void>,
): Promise<MadeLayer> {
  const tree = await state.tree.open()
  const base = tree.layers
  await piece(tree)
  const tar = layerTar(tree.at(base), tree, latestTime(session))
  tree.freeze({ always: true })
  return { tar, isApplied: true }
}

/** As a layer of its own, which knows nothing of what lies below: links on the way there are replaced by directories. */
async function copyApart(session: BuildSession, plan: CopyPlan): Promise<MadeLayer> {
  const empty = new CowFileSystem({ now: nanoseconds(session) })
  const tree = empty.fork({ now: empty.now })
  await copyFiles(tree, plan)
  return { tar: layerTar(empty, tree, latestTime(session)), isApplied: false }
}

/** Names are looked up in the stage's own files; without any, nobody need open them. */
async function ownerOf(state: StageState, text: string | undefined): Promise<{ uid: number; gid: number }> {
  if (text === undefined) return { uid: 0, gid: 0 }
  const [, uid, gid = uid] = /^(\d+)(?::(\d+))?$/.exec(text) ?? []
  if (uid !== undefined) return { uid: Number(uid), gid: Number(gid) }
  return copyOwner(await state.tree.open(), text)
}

/** What cannot be copied is a mistake on that line. */
async function mistakes<T>(at: Instruction, piece: () => Promise<T>): Promise<T> {
  try {
    return await piece()
  } catch (error) {
    if (error instanceof CopyError || error instanceof SysError)
      throw new DockerfileError(error.message, at.line, at.endLine)
    throw error
  }
}

export function resolvePath(directory: string, path: string): string {
  const names: string[] = []
  for (const name of (path.startsWith('/') ? path : `${directory}/${path}`).split('/')) {
    if (name === '' || name === '.') continue
    if (name === '..') names.pop()
    else names.push(name)
  }
  return `/${names.join('/')}`
}
