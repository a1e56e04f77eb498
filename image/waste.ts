// What an image's layers waste, counted as dive counts it, so that its limits in CI mean the same here.
//
// For every path, over all layers: the smallest size it had in any, and the sum of its sizes in all that carry it. A whiteout
// counts with the size of what it removes where that is a directory (all files under it in the layers below), and with nothing
// where it is a file. Efficiency is the sum of the smallest over the sum of all; a path that is in two layers or more is wasted
// with the whole of its sum.

import { scanTar, type TarHeader } from '../lib/tar.ts'

export interface Waste {
  readonly efficiency: number
  readonly wastedBytes: number
  /** Of the bytes over the first layer; NaN when there are none. */
  readonly userWastedPercent: number
  readonly totalBytes: number
  /** The worst first. */
  readonly paths: readonly { readonly path: string; readonly bytes: number; readonly layers: number }[]
}

interface Counted {
  smallest: number
  sum: number
  layers: number
}

const WHITEOUT = '.wh.'
const OPAQUE = '.wh..wh..opq'

/** `layers`: plain tars, the base first. */
export function countWaste(layers: readonly Uint8Array[]): Waste {
  const counter = new WasteCounter()
  for (const tar of layers) counter.add(scanTar(tar))
  return counter.result()
}

/** The same, a layer at a time. */
export class WasteCounter {
  readonly #counted = new Map<string, Counted>()
  readonly #stacked = new Map<string, number>()
  readonly #sizes: number[] = []

  add(layer: Iterable<TarHeader>): void {
    const entries = leaves(withoutOpaque([...layer], this.#stacked.keys()))
    for (const [path, entry] of entries) count(this.#counted, path, sizeOf(entry, path, this.#stacked))
    this.#sizes.push([...entries.values()].reduce((sum, { size }) => sum + size, 0))
    stack(entries, this.#stacked)
  }

  result(): Waste {
    return summary(this.#counted, this.#sizes)
  }
}

interface Leaf {
  readonly size: number
  readonly isWhiteout: boolean
  readonly isDirectory: boolean
}

/**
 * An opaque whiteout stands for one of each name that lies in its directory below and not in this layer. (dive leaves off the
 * rest of the layer there, so its figures for such an image mean little.)
 */
function withoutOpaque(entries: readonly TarHeader[], below: Iterable<string>): TarHeader[] {
  const opaque = entries.filter(({ path }) => path.endsWith(`/${OPAQUE}`))
  if (opaque.length === 0) return [...entries]
  const own = new Set(entries.map(({ path }) => `/${path.replace(/^\.?\/|\/$/g, '')}`))
  const paths = [...below]
  const hidden = opaque.flatMap(entry => {
    const directory = entry.path.slice(0, -OPAQUE.length)
    const start = `/${directory.replace(/^\.?\//, '')}`
    const inside = paths
      .filter(path => path.startsWith(start))
      .map(path => path.slice(start.length).split('/')[0] ?? '')
    const names = [...new Set(inside)].filter(name => !own.has(start + name))
    return names.map(name => ({ ...entry, path: `${directory}${WHITEOUT}${name}` }))
  })
  return [...entries.filter(entry => !opaque.includes(entry)), ...hidden]
}

/** What has nothing under it in that layer: files, links, whiteouts, empty directories. */
function leaves(entries: Iterable<TarHeader>): Map<string, Leaf> {
  const found = new Map<string, Leaf>()
  const parents = new Set<string>()
  for (const { path, kind, size } of entries) {
    const names = path.split('/').filter(name => name !== '' && name !== '.')
    for (let length = 1; length < names.length; length++) parents.add(`/${names.slice(0, length).join('/')}`)
    const name = names.pop()
    if (name === undefined) continue
    const isWhiteout = name.startsWith(WHITEOUT)
    const key = `/${[...names, isWhiteout ? name.slice(WHITEOUT.length) : name].join('/')}`
    found.set(key, { size: kind === 'file' ? size : 0, isWhiteout, isDirectory: kind === 'directory' })
  }
  for (const parent of parents) if (!found.get(parent)?.isWhiteout) found.delete(parent)
  return found
}

function sizeOf({ size, isWhiteout }: Leaf, path: string, stacked: ReadonlyMap<string, number>): number {
  if (!isWhiteout) return size
  let removed = 0
  for (const [below, bytes] of stacked) if (below.startsWith(`${path}/`)) removed += bytes
  return removed
}

function count(counted: Map<string, Counted>, path: string, size: number): void {
  const known = counted.get(path)
  if (!known) {
    counted.set(path, { smallest: size, sum: size, layers: 1 })
    return
  }
  known.smallest = Math.min(known.smallest, size)
  known.sum += size
  known.layers++
}

function stack(entries: ReadonlyMap<string, Leaf>, stacked: Map<string, number>): void {
  for (const [path, { isWhiteout }] of entries) {
    if (!isWhiteout) continue
    for (const below of [...stacked.keys()]) {
      if (below === path || below.startsWith(`${path}/`)) stacked.delete(below)
    }
  }
  for (const [path, { size, isWhiteout }] of entries) if (!isWhiteout) stacked.set(path, size)
}

function summary(counted: ReadonlyMap<string, Counted>, sizes: readonly number[]): Waste {
  const all = [...counted]
  const smallest = all.reduce((sum, [, path]) => sum + path.smallest, 0)
  const discovered = all.reduce((sum, [, path]) => sum + path.sum, 0)
  const wasted = all.filter(([, { layers }]) => layers > 1)
  const wastedBytes = wasted.reduce((sum, [, path]) => sum + path.sum, 0)
  const totalBytes = sizes.reduce((sum, size) => sum + size, 0)
  return {
    efficiency: discovered === 0 ? 1 : smallest / discovered,
    wastedBytes,
    userWastedPercent: wastedBytes / (totalBytes - (sizes[0] ?? 0)),
    totalBytes,
    paths: wasted
      .map(([path, { sum, layers }]) => ({ path, bytes: sum, layers }))
      .sort((a, b) => b.bytes - a.bytes || (a.path < b.path ? -1 : 1)),
  }
}
