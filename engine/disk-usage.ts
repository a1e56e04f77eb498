// What the store takes on the disk, and what of it could go.

import type { Digest } from '../image/digest.ts'
import { neededBlobs } from '../image/needed.ts'
import type { StoredImage } from '../image/store.ts'
import type { Engine } from './engine.ts'
import { usersOf, volumeSize } from './volumes.ts'

export interface Usage {
  readonly total: number
  readonly active: number
  /** Bytes. */
  readonly size: number
  readonly reclaimable: number
}

export interface DiskUsage {
  readonly images: Usage
  readonly containers: Usage
  readonly volumes: Usage
  readonly cache: Usage
}

export async function diskUsage(engine: Engine): Promise<DiskUsage> {
  const { store } = engine
  const sizes = new Map((await store.blobs()).map(({ digest, size }) => [digest, size]))
  const stored = await store.images()
  const containers = await engine.containers.list()
  const inUse = new Set(containers.map(({ specification }) => specification.imageId))
  const manifests = new Map(stored.map(image => [image.manifest.digest, image]))
  const [all, active] = [new Set<Digest>(), new Set<Digest>()]
  let activeCount = 0
  for (const { manifest } of manifests.values()) {
    const needed = await neededBlobs(store, manifest)
    const isActive = [...needed].some(digest => inUse.has(digest))
    if (isActive) activeCount++
    for (const digest of needed) {
      all.add(digest)
      if (isActive) active.add(digest)
    }
  }
  const sum = (digests: Iterable<Digest>) => [...digests].reduce((total, digest) => total + (sizes.get(digest) ?? 0), 0)
  const steps = await store.steps()
  const cached = new Set(steps.flatMap(([, { layer }]) => (layer ? [layer.digest] : [])))
  const only = [...cached].filter(digest => !all.has(digest))
  return {
    images: { total: manifests.size, active: activeCount, size: sum(all), reclaimable: sum(all) - sum(active) },
    containers: {
      total: containers.length,
      active: containers.filter(({ state }) => state.status === 'running').length,
      size: 0,
      reclaimable: 0,
    },
    volumes: await volumeUsage(engine),
    cache: { total: steps.length, active: 0, size: sum(only), reclaimable: sum(only) },
  }
}

async function volumeUsage(engine: Engine): Promise<Usage> {
  const users = await usersOf(engine)
  const all = engine.volumes.list().map(({ name }) => ({ name, size: volumeSize(engine.volumes, name) }))
  const sum = (some: typeof all) => some.reduce((total, { size }) => total + size, 0)
  const unused = all.filter(({ name }) => !users.has(name))
  return { total: all.length, active: all.length - unused.length, size: sum(all), reclaimable: sum(unused) }
}

export interface Pruned {
  /** Familiar names and ids, as docker tells them. */
  readonly untagged: readonly string[]
  readonly deleted: readonly string[]
  readonly size: number
}

/** Images without a name, or with `all` every one that no container uses. */
export async function pruneImages(engine: Engine, how: { readonly all: boolean }): Promise<Pruned> {
  const { store } = engine
  const used = new Set((await engine.containers.list()).map(({ specification }) => specification.imageId))
  const before = await storeSize(engine)
  const untagged: string[] = []
  const deleted: string[] = []
  for (const image of await store.images()) {
    if (!(await isPrunable(engine, image, used, how.all))) continue
    if (image.name !== undefined) untagged.push(image.name)
    deleted.push(...(await store.remove(image.name, image.manifest.digest)))
  }
  return { untagged, deleted, size: Math.max(0, before - (await storeSize(engine))) }
}

/** All steps are forgotten, and the layers that only they needed go. */
export async function pruneCache(engine: Engine): Promise<Pruned> {
  const { store } = engine
  const before = await store.blobs()
  const steps = await store.steps()
  await store.forget()
  await store.discard(before.map(({ digest }) => digest))
  const after = new Set((await store.blobs()).map(({ digest }) => digest))
  const gone = before.filter(({ digest }) => !after.has(digest))
  return {
    untagged: steps.map(([key]) => key),
    deleted: gone.map(({ digest }) => digest),
    size: gone.reduce((sum, { size }) => sum + size, 0),
  }
}

async function isPrunable(
  { store, base }: Engine,
  { name, manifest }: StoredImage,
  used: ReadonlySet<string>,
  all: boolean,
): Promise<boolean> {
  // The embedded image is no file of the store.
  if (manifest.digest === base.manifest.digest && name !== undefined) return false
  if (name !== undefined && !all) return false
  const needed = await neededBlobs(store, manifest)
  return ![...needed].some(digest => used.has(digest))
}

async function storeSize({ store }: Engine): Promise<number> {
  return (await store.blobs()).reduce((sum, { size }) => sum + size, 0)
}
