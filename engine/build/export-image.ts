// From a built stage to an image in the store.

import { newManifest } from '../../image/archive.ts'
import type { ImageConfig, InlineCache } from '../../image/config.ts'
import { treeTar } from '../../image/diff.ts'
import type { Digest } from '../../image/digest.ts'
import { type Descriptor, MEDIA, toJson } from '../../image/manifest.ts'
import { fullName, parseReference } from '../../image/reference.ts'
import type { Image } from '../../image/store.ts'
import type { Step } from './progress.ts'
import { type BuildSession, createdTime, latestTime } from './session.ts'
import type { StageState } from './stage.ts'

export function exportImage(session: BuildSession, built: StageState): Promise<Image> {
  const { engine, report, how } = session
  const { store } = engine
  return report.step('exporting to image', async step => {
    const state = how.squash ? await squashed(session, built) : built
    await report.note(step, 'exporting layers done')
    const config = await imageConfig(session, state)
    const bytes = toJson(config)
    const id = await store.put(bytes)
    await keepEmbedded(session, state)
    const manifest = toJson({
      ...newManifest({ mediaType: MEDIA.config, digest: id, size: bytes.length }, state.layers),
      ...(how.annotations ? { annotations: how.annotations } : {}),
    })
    const digest = await store.put(manifest)
    const descriptor: Descriptor = { mediaType: MEDIA.manifest, digest, size: manifest.length }
    await report.note(step, `writing image ${id} done`)
    if (how.keeps !== 'blobs') await name(session, step, descriptor)
    return { id, manifest: descriptor, config, layers: state.layers }
  })
}

async function name({ engine, report, how }: BuildSession, step: Step, manifest: Descriptor): Promise<void> {
  const tags = how.tags ?? []
  if (tags.length === 0) await engine.store.setName(undefined, manifest)
  for (const tag of tags) {
    const full = fullName(parseReference(tag))
    await engine.store.setName(full, manifest)
    await report.note(step, `naming to ${full} done`)
  }
}

/** Layers of the embedded image are written too: whoever reads the layout must find it whole. */
function keepEmbedded({ engine }: BuildSession, state: StageState): Promise<void> {
  return engine.store.keepBelow(state.layers.map(({ digest }) => digest))
}

async function imageConfig(session: BuildSession, state: StageState): Promise<ImageConfig> {
  const { how } = session
  const labels = { ...state.config.Labels, ...how.labels }
  const { os, architecture, variant } = state.platform
  return {
    created: state.created,
    ...(state.author ? { author: state.author } : {}),
    architecture,
    os,
    ...(variant ? { variant } : {}),
    config: { ...state.config, ...(Object.keys(labels).length > 0 ? { Labels: labels } : {}) },
    rootfs: { type: 'layers', diff_ids: state.diffIds },
    history: state.history,
    ...(how.inlineCache ? { 'cowbox.cache.v1': await inlineCache(session, state) } : {}),
  }
}

/** Which of the image's layers each step of this build has made. */
async function inlineCache({ made }: BuildSession, state: StageState): Promise<InlineCache> {
  const cache: [key: string, layer: number][] = []
  for (const [key, making] of made) {
    const index = state.diffIds.indexOf((await making).diffId ?? ('' as Digest))
    if (index !== -1) cache.push([key, index])
  }
  return cache
}

/** One layer for all; what was changed and changed back leaves no trace. */
async function squashed(session: BuildSession, state: StageState): Promise<StageState> {
  const tar = treeTar(await state.tree.open(), latestTime(session))
  const digest = await session.engine.store.put(tar)
  const history = state.history.map(entry => ({ ...entry, empty_layer: true }))
  return {
    ...state,
    layers: [{ mediaType: MEDIA.layer, digest, size: tar.length }],
    diffIds: [digest],
    history: [...history, { created: createdTime(session), comment: 'squashed' }],
  }
}
