// What changes in a copy-on-write tree, as frames that make the same changes in another one over the same layers: so that
// what a container wrote outlives its process. By inode number, so that hard links and renames need no special case.
//
// A frame is a consistent state of the whole tree: replayed up to any frame, the tree is as it was at that moment.

import { concat, decode, encode } from '../../lib/bytes.ts'
import { SysError } from '../errno.ts'
import { Contents, type Difference } from './contents.ts'
import type { CowFileSystem } from './cow.ts'
import type { Node } from './node.ts'

/** JSON as it stands; the bytes of the pages follow it in the order of their lengths. */
interface Frame {
  readonly nodes: readonly (SavedNode | Gone)[]
}

interface SavedNode extends Pick<Node, 'kind' | 'mode' | 'uid' | 'gid' | 'nlink' | 'rdev' | 'target' | 'parent'> {
  readonly ino: number
  readonly times: readonly [atime: string, mtime: string, ctime: string]
  readonly entries?: readonly (readonly [name: string, ino: number])[]
  readonly attributes: readonly (readonly [name: string, length: number])[]
  readonly contents?: SavedContents
}

interface SavedContents {
  readonly size: number
  readonly keep: number
  readonly pages: readonly (readonly [index: number, length: number])[]
}

/** An inode that is no more. */
interface Gone {
  readonly ino: number
  readonly kind?: undefined
}

export class Journal {
  readonly #fs: CowFileSystem
  /** The layers that whoever replays the journal has too. */
  readonly #layers: number

  /**
   * What the tree holds now is what a replay begins with. `frames`: of a journal that goes on. `onChange` hears of the
   * first change after each `take`.
   */
  constructor(fs: CowFileSystem, onChange: () => void, frames: Iterable<Uint8Array> = []) {
    fs.freeze()
    this.#fs = fs
    this.#layers = fs.layers
    for (const frame of frames) replay(fs, frame)
    fs.watch(onChange)
  }

  /** What changed since the last `take` or `whole`; undefined: nothing. */
  take(): Uint8Array | undefined {
    const changed = this.#fs.takeUnsaved()
    if (changed.size === 0) return undefined
    return this.#frame(changed, ({ contents }) => contents?.difference())
  }

  /** Everything that changed since the journal began, in one frame that stands for all others. */
  whole(): Uint8Array {
    this.#fs.takeUnsaved()
    const below = (ino: number) => this.#fs.node(ino, this.#layers)?.contents
    return this.#frame(this.#fs.changedSince(this.#layers), ({ contents }, ino) => contents?.over(below(ino)))
  }

  #frame(inos: ReadonlySet<number>, difference: (node: Node, ino: number) => Difference | undefined): Uint8Array {
    const bytes: Uint8Array[] = []
    const nodes = [...inos].map((ino): SavedNode | Gone => {
      const node = this.#fs.node(ino)
      // One that only open descriptions hold has no name, and nobody opens it again.
      return !node || node.nlink === 0 ? { ino } : saveNode(ino, node, difference(node, ino), bytes)
    })
    const head = encode(JSON.stringify({ nodes }))
    const length = new Uint8Array(4)
    new DataView(length.buffer).setUint32(0, head.length)
    return concat([length, head, ...bytes])
  }
}

/** Makes the changes of a frame, which `Journal` made of a tree that began as this one is. ENOSPC. */
export function replay(fs: CowFileSystem, frame: Uint8Array): void {
  const length = new DataView(frame.buffer, frame.byteOffset).getUint32(0)
  // Journal made it.
  const { nodes } = JSON.parse(decode(frame.subarray(4, 4 + length))) as Frame
  let at = 4 + length
  const take = (size: number) => frame.subarray(at, (at += size))
  for (const saved of nodes) {
    fs.restore(saved.ino, saved.kind === undefined ? undefined : loadNode(saved, fs, take))
  }
}

function saveNode(ino: number, node: Node, difference: Difference | undefined, bytes: Uint8Array[]): SavedNode {
  const { kind, mode, uid, gid, nlink, rdev, target, parent, entries, attributes, atime, mtime, ctime } = node
  const put = <Name>([name, part]: readonly [Name, Uint8Array]): readonly [Name, number] => {
    bytes.push(part)
    return [name, part.length]
  }
  return {
    ...{ ino, kind, mode, uid, gid, nlink, rdev, target, parent },
    times: [String(atime), String(mtime), String(ctime)],
    attributes: [...attributes].map(put),
    ...(entries ? { entries: [...entries] } : {}),
    ...(difference ? { contents: { ...difference, pages: difference.pages.map(put) } } : {}),
  }
}

function loadNode(saved: SavedNode, fs: CowFileSystem, take: (size: number) => Uint8Array): Node {
  const { kind, mode, uid, gid, nlink, rdev, target, parent, times, entries } = saved
  const attributes = saved.attributes.map(([name, size]) => [name, new Uint8Array(take(size))] as const)
  return {
    ...{ kind, mode, uid, gid, nlink, rdev, target, parent },
    atime: BigInt(times[0]),
    mtime: BigInt(times[1]),
    ctime: BigInt(times[2]),
    attributes: new Map(attributes),
    entries: entries && new Map(entries),
    contents: saved.contents && loadContents(saved.ino, saved.contents, fs, take),
  }
}

function loadContents(
  ino: number,
  { size, keep, pages }: SavedContents,
  fs: CowFileSystem,
  take: (size: number) => Uint8Array,
): Contents {
  const before = fs.node(ino)?.contents
  const isOwn = fs.layerOf(ino) === fs.layers
  const contents = (isOwn ? before : before?.clone()) ?? Contents.of()
  const loaded = pages.map(([index, length]) => [index, take(length)] as const)
  if (!contents.apply({ size, keep, pages: loaded }, fs.space)) throw new SysError('ENOSPC')
  return contents
}
