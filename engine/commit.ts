// A container's changes as a new image (docker commit).

import { newManifest } from '../image/archive.ts'
import type { ImageConfig } from '../image/config.ts'
import { layerTar } from '../image/diff.ts'
import { type Descriptor, MEDIA, toJson } from '../image/manifest.ts'
import { fullName, parseReference } from '../image/reference.ts'
import type { Image } from '../image/store.ts'
import { parseInstruction } from './build/dockerfile.ts'
import { understand } from './build/instruction.ts'
import { changeMetadata } from './build/metadata.ts'
import { scopeOf } from './build/stage.ts'
import type { Engine } from './engine.ts'
import { EngineError } from './errors.ts'
import type { ContainerHandle } from './handle.ts'
import { commandLine } from './specification.ts'

export interface CommitOptions {
  readonly tag?: string
  readonly author?: string
  readonly message?: string
  /** Dockerfile instructions on the config: CMD, ENTRYPOINT, ENV, EXPOSE, LABEL, ONBUILD, USER, VOLUME, WORKDIR. */
  readonly changes?: readonly string[]
}

export async function commit(engine: Engine, handle: ContainerHandle, how: CommitOptions): Promise<Image> {
  const { specification } = handle
  const base = await engine.requireImage(specification.imageId)
  const { root, base: before } = await handle.files()
  const tar = layerTar(before, root)
  const digest = await engine.store.put(tar)
  const layers: Descriptor[] = [...base.layers, { mediaType: MEDIA.layer, digest, size: tar.length }]
  const created = new Date(engine.host.clock.now()).toISOString()
  const author = how.author ?? base.config.author
  const config: ImageConfig = {
    ...base.config,
    created,
    ...(author ? { author } : {}),
    config: {
      ...base.config.config,
      Env: specification.env,
      User: specification.user,
      WorkingDir: specification.workingDirectory,
      Labels: specification.labels,
      ...applyChanges(base, how.changes ?? []),
    },
    rootfs: { type: 'layers', diff_ids: [...base.config.rootfs.diff_ids, digest] },
    history: [
      ...base.config.history,
      { created, created_by: commandLine(specification).join(' '), ...(how.message ? { comment: how.message } : {}) },
    ],
  }
  return keepImage(engine, config, layers, how.tag)
}

/** Writes config and manifest, and names the image. */
export async function keepImage(
  engine: Engine,
  config: ImageConfig,
  layers: readonly Descriptor[],
  tag: string | undefined,
): Promise<Image> {
  const { store } = engine
  await store.keepBelow(layers.map(({ digest }) => digest))
  const bytes = toJson(config)
  const id = await store.put(bytes)
  const manifest = toJson(newManifest({ mediaType: MEDIA.config, digest: id, size: bytes.length }, layers))
  const descriptor = { mediaType: MEDIA.manifest, digest: await store.put(manifest), size: manifest.length }
  await store.setName(tag === undefined ? undefined : fullName(parseReference(tag)), descriptor)
  return { id, manifest: descriptor, config, layers }
}

const CHANGES = ['CMD', 'ENTRYPOINT', 'ENV', 'EXPOSE', 'LABEL', 'ONBUILD', 'USER', 'VOLUME', 'WORKDIR']

function applyChanges(base: Image, texts: readonly string[]): ImageConfig['config'] {
  let config = base.config.config
  for (const text of texts) {
    const instruction = understand(parseInstruction(text, 1), '\\')
    if (!CHANGES.includes(instruction.kind))
      throw new EngineError('invalid-option', `${instruction.kind} is not a valid change command`)
    if (instruction.kind === 'WORKDIR') config = { ...config, WorkingDir: instruction.argument }
    const scope = scopeOf({ config, args: new Map() })
    config = changeMetadata(instruction, { config, scope, escape: '\\', hasOwnCmd: true })?.config ?? config
  }
  const { Env: _env, User: _user, WorkingDir: _directory, Labels: _labels, ...rest } = config
  return texts.length === 0 ? rest : config
}
