// What the cache knows of files that are copied or mounted: names, kinds, modes, sizes, links and contents; not times.

import { type Digester, digestMany } from '../../image/digest.ts'
import { encode } from '../../lib/bytes.ts'
import { readContents } from '../read-contents.ts'
import type { SourceFile, SourceTree } from './context.ts'
import { type CopyPlan, filesBelow } from './copy.ts'

/** Of everything that a plan copies. */
export function copyKey(plan: CopyPlan, digester: Digester): Promise<string> {
  return keyOf(planParts(plan), digester)
}

/** Of a file, or of a directory with all that is below it. */
export function treeKey(tree: SourceTree, file: SourceFile, digester: Digester): Promise<string> {
  return keyOf(treeParts(tree, file), digester)
}

function* planParts(plan: CopyPlan): Generator<string | Uint8Array> {
  yield JSON.stringify([plan.destination, plan.owner, plan.chmod ?? '', plan.parents, plan.exclude, plan.unpack])
  for (const source of plan.sources) {
    if (source.kind === 'text') {
      yield `text ${source.name} ${source.mode} ${source.isArchive}`
      yield source.bytes
      continue
    }
    yield source.written
    for (const file of [source.file, ...filesBelow(source, plan.exclude)]) yield* fileParts(file)
  }
}

function* treeParts(tree: SourceTree, file: SourceFile): Generator<string | Uint8Array> {
  yield* fileParts(file)
  if (file.inode.kind === 'directory') for (const below of tree.walk(file)) yield* fileParts(below)
}

function* fileParts({ path, inode }: SourceFile): Generator<string | Uint8Array> {
  const { mode, size, rdev } = inode.stat()
  const link = inode.kind === 'symlink' ? inode.readlink() : ''
  yield JSON.stringify([path, inode.kind, mode, inode.kind === 'file' ? size : 0, link, rdev])
  if (inode.kind === 'file') yield readContents(inode)
}

/** How much of files' contents is in memory at once. */
const BATCH = 4 << 20

/** A digest over texts and the digests of contents, which are computed many at a time. */
async function keyOf(parts: Iterable<string | Uint8Array>, digester: Digester): Promise<string> {
  const texts: string[] = []
  let batch: Uint8Array[] = []
  let size = 0
  const flush = async () => {
    for (const digest of await digestMany(digester, batch)) texts.push(digest)
    batch = []
    size = 0
  }
  for (const part of parts) {
    if (typeof part === 'string') {
      texts.push(part)
      continue
    }
    batch.push(part)
    size += part.length
    if (size >= BATCH) await flush()
  }
  await flush()
  const key = await digester.digest(encode(JSON.stringify(texts)))
  return key.slice('sha256:'.length)
}
