// docker's archives before 1.10: a folder for each layer, with its config and a link to the one below, and a file that names
// the uppermost. docker reads them still, and makes the config of an image out of that of its last layer: so do we.

import { type ArchiveFiles, cleanPath } from './archive-files.ts'
import type { Digester } from './digest.ts'
import { ImageError, isRecord, parseJson, toJson } from './manifest.ts'
import { digestOf } from './pieces.ts'
import { unpackStream } from './unpack.ts'

/** What stands in manifest.json of newer archives; the configs are held among the files. Throws ImageError. */
export async function legacyManifest(files: ArchiveFiles, digester: Digester): Promise<readonly unknown[]> {
  const tags = new Map<string, string[]>()
  for (const [tag, id] of namesIn(parseJson(await files.require('repositories'), 'repositories'))) {
    tags.set(id, [...(tags.get(id) ?? []), tag])
  }
  const diffIds = new Map<string, Promise<string>>()
  const diffIdOf = (id: string) => {
    const known = diffIds.get(id) ?? layerDigest(files, id, digester)
    diffIds.set(id, known)
    return known
  }
  const entries: unknown[] = []
  for (const [id, RepoTags] of tags) {
    const chain = await chainOf(files, id)
    const config = toJson(await configOf(chain, diffIdOf))
    const name = `${(await digester.digest(config)).slice('sha256:'.length)}.json`
    files.hold(name, config)
    entries.push({ Config: name, RepoTags, Layers: chain.map(layer => `${layer.id}/layer.tar`) })
  }
  return entries
}

interface LegacyLayer {
  readonly id: string
  readonly config: Readonly<Record<string, unknown>>
}

/** `{"box":{"latest":"ID"}}`. */
function namesIn(value: unknown): [tag: string, id: string][] {
  const found: [string, string][] = []
  for (const [repository, tags] of Object.entries(isRecord(value) ? value : {})) {
    for (const [tag, id] of Object.entries(isRecord(tags) ? tags : {})) {
      if (typeof id !== 'string') throw new ImageError('repositories holds an image without an id')
      found.push([`${repository}:${tag}`, id])
    }
  }
  return found
}

/** The lowest first. */
async function chainOf(files: ArchiveFiles, top: string): Promise<LegacyLayer[]> {
  const chain: LegacyLayer[] = []
  for (let id: string | undefined = top; id !== undefined; ) {
    if (chain.some(layer => layer.id === id)) throw new ImageError(`layer ${id} is its own parent`)
    const path = cleanPath(`${id}/json`)
    const config = parseJson(await files.require(path), path)
    if (!isRecord(config)) throw new ImageError(`${path} is not an image config`)
    chain.unshift({ id, config })
    id = typeof config.parent === 'string' && config.parent !== '' ? config.parent : undefined
  }
  return chain
}

async function layerDigest(files: ArchiveFiles, id: string, digester: Digester): Promise<string> {
  return digestOf(unpackStream(await files.stream(cleanPath(`${id}/layer.tar`))), digester)
}

/** What only the old form had of an image goes; what it lacked comes. */
async function configOf(chain: readonly LegacyLayer[], diffIdOf: (id: string) => Promise<string>) {
  const { id, parent, parent_id, layer_id, Size, throwaway, ...config } = chain.at(-1)?.config ?? {}
  const diffIds: string[] = []
  for (const layer of chain) diffIds.push(await diffIdOf(layer.id))
  const whole = { ...config, rootfs: { type: 'layers', diff_ids: diffIds }, history: chain.map(historyOf) }
  // Go writes the keys of a map in order.
  return Object.fromEntries(Object.entries(whole).sort(([a], [b]) => (a < b ? -1 : 1)))
}

function historyOf({ config: { created, author, comment, container_config } }: LegacyLayer) {
  const command =
    isRecord(container_config) && Array.isArray(container_config.Cmd) ? container_config.Cmd.join(' ') : ''
  return {
    ...(typeof created === 'string' ? { created } : {}),
    ...(typeof author === 'string' ? { author } : {}),
    ...(command === '' ? {} : { created_by: command }),
    ...(typeof comment === 'string' ? { comment } : {}),
  }
}
