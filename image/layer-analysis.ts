// What each layer of an image adds, changes and removes, from the archives alone; and what all of them together waste.

import { scanTar, type TarHeader } from '../lib/tar.ts'
import type { Digester } from './digest.ts'
import { openLayer } from './read.ts'
import type { Image, Store } from './store.ts'
import { WasteCounter } from './waste.ts'

export interface PathChange {
  readonly kind: 'added' | 'changed' | 'removed'
  /** Without a leading slash. */
  readonly path: string
  readonly isDirectory: boolean
  /** Bytes in this layer; of what is removed, the bytes below that it hides. */
  readonly size: number
}

export interface AnalyzedLayer {
  readonly digest: string
  readonly diffId: string
  /** What made it, from the history. */
  readonly createdBy: string
  /** Bytes of all files in it. */
  readonly size: number
  /** Bytes of lower layers that are no longer seen because of this one. */
  readonly hidden: number
  readonly changes: readonly PathChange[]
}

/** A path that lies in the image more than once. */
export interface WastedPath {
  readonly path: string
  readonly count: number
  readonly size: number
}

export interface LayerAnalysis {
  readonly layers: readonly AnalyzedLayer[]
  readonly size: number
  /** Without the lowest layer: what the user added. */
  readonly userSize: number
  /** From 0 to 1: what the files need, of what they take. */
  readonly efficiency: number
  readonly wastedBytes: number
  /** Of the user's bytes, from 0. */
  readonly wastedUserPart: number
  /** The largest first. */
  readonly wasted: readonly WastedPath[]
}

export async function analyzeLayers(store: Store, image: Image, digester: Digester): Promise<LayerAnalysis> {
  const made = image.config.history.filter(({ empty_layer: isEmpty }) => !isEmpty)
  const analysis = new Analysis()
  for (const [index, layer] of image.layers.entries()) {
    const diffId = image.config.rootfs.diff_ids[index] ?? ''
    const tar = await openLayer(store, layer, diffId, digester)
    analysis.add({ digest: layer.digest, diffId, createdBy: made[index]?.created_by ?? '' }, [...scanTar(tar)])
  }
  return analysis.result()
}

interface Seen {
  readonly size: number
  readonly isDirectory: boolean
}

const OPAQUE = '.wh..wh..opq'
const WHITEOUT = '.wh.'

class Analysis {
  readonly #layers: AnalyzedLayer[] = []
  /** The tree so far. */
  readonly #tree = new Map<string, Seen>()
  readonly #waste = new WasteCounter()

  add(layer: Pick<AnalyzedLayer, 'digest' | 'diffId' | 'createdBy'>, entries: readonly TarHeader[]): void {
    this.#waste.add(entries)
    const changes: PathChange[] = []
    const own = new Set<string>()
    let size = 0
    let hidden = 0
    for (const entry of entries) {
      const path = clean(entry.path)
      if (path === '') continue
      const slash = path.lastIndexOf('/') + 1
      const [directory, name] = [path.slice(0, slash), path.slice(slash)]
      if (name === OPAQUE) {
        for (const child of this.#childrenOf(directory)) {
          if (!own.has(child)) hidden += this.#remove(child, changes)
        }
      } else if (name.startsWith(WHITEOUT)) hidden += this.#remove(directory + name.slice(WHITEOUT.length), changes)
      else {
        own.add(path)
        size += entry.size
        hidden += this.#put(path, entry, changes)
      }
    }
    this.#layers.push({ ...layer, size, hidden, changes: changes.sort((a, b) => (a.path < b.path ? -1 : 1)) })
  }

  result(): LayerAnalysis {
    const { efficiency, wastedBytes, paths } = this.#waste.result()
    const size = this.#layers.reduce((total, layer) => total + layer.size, 0)
    const userSize = size - (this.#layers[0]?.size ?? 0)
    return {
      layers: this.#layers,
      size,
      userSize,
      efficiency,
      wastedBytes,
      wastedUserPart: userSize === 0 ? 0 : wastedBytes / userSize,
      wasted: paths
        .filter(({ bytes }) => bytes > 0)
        .map(({ path, bytes, layers }) => ({ path: path.slice(1), count: layers, size: bytes })),
    }
  }

  /** Gives the bytes that it hides. */
  #put(path: string, entry: TarHeader, changes: PathChange[]): number {
    const isDirectory = entry.kind === 'directory'
    const before = this.#tree.get(path)
    const hidden = before && !(before.isDirectory && isDirectory) ? this.#sizeOf(path) : 0
    if (before?.isDirectory && !isDirectory) this.#forget(path)
    this.#tree.set(path, { size: entry.size, isDirectory })
    changes.push({ kind: before ? 'changed' : 'added', path, isDirectory, size: entry.size })
    return hidden
  }

  #remove(path: string, changes: PathChange[]): number {
    const before = this.#tree.get(path)
    const size = this.#sizeOf(path)
    changes.push({ kind: 'removed', path, isDirectory: before?.isDirectory ?? false, size })
    this.#forget(path)
    return size
  }

  #sizeOf(path: string): number {
    const found = this.#tree.get(path)
    if (!found?.isDirectory) return found?.size ?? 0
    let sum = 0
    for (const [name, { size }] of this.#tree) if (name.startsWith(`${path}/`)) sum += size
    return sum
  }

  #forget(path: string): void {
    if (this.#tree.get(path)?.isDirectory) {
      for (const name of [...this.#tree.keys()]) if (name.startsWith(`${path}/`)) this.#tree.delete(name)
    }
    this.#tree.delete(path)
  }

  #childrenOf(directory: string): string[] {
    return [...this.#tree.keys()].filter(
      name => name.startsWith(directory) && name !== directory && !name.slice(directory.length).includes('/'),
    )
  }
}

function clean(path: string): string {
  return path
    .split('/')
    .filter(name => name !== '' && name !== '.')
    .join('/')
}
