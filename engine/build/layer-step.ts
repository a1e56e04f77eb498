// A step that makes a layer: taken from the cache when its key is known, else done.

import type { Digest } from '../../image/digest.ts'
import { type Descriptor, MEDIA } from '../../image/manifest.ts'
import { openLayer } from '../../image/read.ts'
import type { CacheRecord } from '../../image/store.ts'
import type { Step } from './progress.ts'
import { type BuildSession, createdTime } from './session.ts'
import type { StageState } from './stage.ts'

export interface LayerStep {
  /** `[2/3] COPY . /`. */
  readonly name: string
  /** What history says was done. */
  readonly history: string
  /** Names all that the layer depends on. */
  readonly key: string
  readonly usesCache: boolean
  /** Does it, and gives the layer's archive. */
  make(step: Step): Promise<MadeLayer>
}

export interface MadeLayer {
  readonly tar: Uint8Array
  /** Whether the stage's tree has it already. */
  readonly isApplied: boolean
}

export async function layerStep(session: BuildSession, state: StageState, layer: LayerStep): Promise<void> {
  const { engine, report } = session
  const step = await report.begin(layer.name)
  try {
    session.cancellation.throwIfAborted()
    const found = await find(session, layer)
    if (found) state.tree.add(() => openLayer(engine.store, found.layer, found.diffId, engine.digester))
    const record = found ?? (await makeOnce(session, state, layer, step))
    add(session, state, record, layer.history)
    await leave(session, layer.key, record)
    await report.end(step, found ? 'cached' : 'done')
  } catch (error) {
    if (session.cancellation.aborted && error === session.cancellation.reason) await report.canceled(step)
    else await report.failed(step, error instanceof Error ? error.message : String(error))
    throw error
  }
}

type LayerRecord = CacheRecord & { readonly layer: Descriptor; readonly diffId: Digest }

/** In this build, in the store, or in what other builds left. */
async function find(session: BuildSession, { key, usesCache }: LayerStep): Promise<LayerRecord | undefined> {
  const record = (await session.made.get(key)) ?? (usesCache ? await remembered(session, key) : undefined)
  return record?.layer && record.diffId ? { ...record, layer: record.layer, diffId: record.diffId } : undefined
}

async function remembered({ engine, how }: BuildSession, key: string): Promise<CacheRecord | undefined> {
  const record = await engine.store.remembered(key)
  if (record) return record
  for (const source of how.cacheFrom ?? []) {
    const found = await source.remembered(key)
    const bytes = found?.layer && (await source.get(found.layer.digest))
    if (!found || !bytes) continue
    await engine.store.put(bytes)
    await engine.store.remember(key, found)
    return found
  }
  return undefined
}

function makeOnce(session: BuildSession, state: StageState, layer: LayerStep, step: Step): Promise<LayerRecord> {
  const making = makeLayer(session, state, layer, step)
  session.made.set(layer.key, making)
  return making
}

async function makeLayer(session: BuildSession, state: StageState, layer: LayerStep, step: Step): Promise<LayerRecord> {
  const { store } = session.engine
  const { tar, isApplied } = await layer.make(step)
  if (!isApplied) state.tree.add(async () => tar)
  const digest = await store.put(tar)
  const made = { mediaType: MEDIA.layer, digest, size: tar.length }
  const record = { layer: made, diffId: digest, created: createdTime(session) }
  await store.remember(layer.key, record)
  return record
}

function add(session: BuildSession, state: StageState, record: LayerRecord, text: string): void {
  state.layers.push(record.layer)
  state.diffIds.push(record.diffId)
  // A given time is the time of everything, from the cache or not.
  const made = session.how.sourceDateEpoch === undefined ? record.created : undefined
  state.created = made ?? createdTime(session)
  state.history.push({ created: state.created, comment: 'buildkit.dockerfile.v0', created_by: text })
}

/** For other builds (--cache-to). */
async function leave({ engine, how }: BuildSession, key: string, record: LayerRecord): Promise<void> {
  for (const target of how.cacheTo ?? []) {
    const bytes = await engine.store.get(record.layer.digest)
    if (!bytes) continue
    await target.put(bytes)
    await target.remember(key, record)
  }
}
