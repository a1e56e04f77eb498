// Where a build's files and its Dockerfile come from: a directory, an archive on stdin or at an address, a Dockerfile alone.

import { SourceTree } from '../engine/build/context.ts'
import { IgnoreFile } from '../engine/build/ignore.ts'
import type { NamedContext } from '../engine/build/options.ts'
import { applyLayer } from '../image/apply.ts'
import type { Store } from '../image/store.ts'
import { unpackStream } from '../image/unpack.ts'
import { SysError } from '../kernel/errno.ts'
import type { Host } from '../kernel/host.ts'
import type { Process } from '../kernel/process.ts'
import { CowFileSystem } from '../kernel/vfs/cow.ts'
import type { Inode } from '../kernel/vfs/inode.ts'
import type { ByteSource } from '../lib/byte-source.ts'
import { concat, decode } from '../lib/bytes.ts'
import { isTar } from '../lib/tar.ts'
import { Refusal } from './context.ts'
import { absolutePath } from './create-options.ts'
import { readPieces } from './pieces.ts'

/** Enough of an archive to tell that it is one. */
const BLOCK = 512

/** What is held in memory of a context that comes in one piece. */
const SMALL = 1 << 20

export interface BuildSource {
  readonly context: SourceTree
  readonly ignore: IgnoreFile
  readonly dockerfile: string
  readonly dockerfileName: string
}

export interface ContextOptions {
  readonly proc: Process
  readonly host: Host
  /** Where an archive lies while its files are asked for. */
  readonly store: Store
  /** --file. */
  readonly file: string | undefined
}

/** Throws Refusal in buildx's words. */
export async function openContext(path: string, how: ContextOptions): Promise<BuildSource> {
  if (path === '-') {
    if (how.file === '-') throw new Refusal("invalid argument: can't use stdin for both build context and dockerfile")
    return fromPieces(readPieces(how.proc, undefined), how)
  }
  if (isGit(path)) throw new Refusal(`build context ${path}: this box has no git: clone it first`)
  if (/^https?:\/\//.test(path)) return fromPieces(await download(how.host, path), how)
  return fromDirectory(path, how)
}

/** `name=docker-image://busybox`, `name=https://...tar`, `name=PATH`. */
export async function openNamedContext(text: string, how: ContextOptions): Promise<[string, NamedContext]> {
  const at = text.indexOf('=')
  if (at < 1) throw new Refusal(`invalid context value: ${text}, expected key=value`)
  const [name, where] = [text.slice(0, at), text.slice(at + 1)]
  const image = /^docker-image:\/\/(.+)$/.exec(where)?.[1]
  if (image !== undefined) return [name, { kind: 'image', name: image }]
  const scheme = /^(oci-layout|target|input):/.exec(where)?.[1]
  if (scheme) throw new Refusal(`build context ${name}: ${scheme}: is not done by this version: load the image first`)
  if (isGit(where)) throw new Refusal(`build context ${name}: this box has no git: clone it first`)
  if (/^https?:\/\//.test(where)) {
    const bytes = await held(await download(how.host, where), how.store)
    if (!isTar(bytes.subarray(0, BLOCK))) throw new Refusal(`build context ${name}: ${where} is no archive`)
    return [name, { kind: 'tree', tree: ignoring(archiveTree(bytes, how.proc)) }]
  }
  const root = directoryAt(how.proc, absolutePath(how.proc, where))
  return [name, { kind: 'tree', tree: ignoring(new SourceTree(root)) }]
}

function isGit(path: string): boolean {
  return /^(git:\/\/|git@|ssh:\/\/)|^https?:\/\/[^#]+\.git(#|$)|^github\.com\//.test(path)
}

async function fromDirectory(path: string, { proc, file }: ContextOptions): Promise<BuildSource> {
  const root = directoryAt(proc, path)
  const tree = new SourceTree(root)
  const dockerfile = file === '-' ? decode(await proc.stdin.all()) : readDockerfile(proc, tree, file)
  const name = file ?? 'Dockerfile'
  if (dockerfile === undefined) {
    const message = `failed to read dockerfile: open ${name}: no such file or directory`
    throw new Refusal(`failed to build: failed to solve: ${message}`)
  }
  // A Dockerfile elsewhere brings its own .dockerignore (Dockerfile reference, ".dockerignore file").
  const besides = file === undefined || file === '-' ? undefined : hostText(proc, `${file}.dockerignore`)
  const ignore = new IgnoreFile(besides ?? tree.text('Dockerfile.dockerignore') ?? tree.text('.dockerignore') ?? '')
  const dockerfileName = file === '-' ? 'Dockerfile' : (name.split('/').at(-1) ?? name)
  return { context: new SourceTree(root, ignore), ignore, dockerfile, dockerfileName }
}

function readDockerfile(proc: Process, tree: SourceTree, file: string | undefined): string | undefined {
  if (file !== undefined) return hostText(proc, file)
  // docker finds a name in small letters too.
  return tree.text('Dockerfile') ?? tree.text('dockerfile')
}

/** An archive, or a Dockerfile alone with nothing to copy. */
async function fromPieces(
  packed: AsyncIterable<Uint8Array>,
  { proc, store, file }: ContextOptions,
): Promise<BuildSource> {
  const name = file ?? 'Dockerfile'
  const bytes = await held(packed, store)
  if (!isTar(bytes.subarray(0, BLOCK))) {
    const tree = new SourceTree(new CowFileSystem({ now: proc.kernel.nanoseconds }).root)
    const dockerfile = decode(bytes.subarray(0, bytes.length))
    return { context: tree, ignore: new IgnoreFile(''), dockerfile, dockerfileName: 'Dockerfile' }
  }
  const tree = archiveTree(bytes, proc)
  const dockerfile = tree.text(name)
  if (dockerfile === undefined) {
    throw new Refusal(`failed to read dockerfile: open ${name}: no such file or directory`)
  }
  const ignore = new IgnoreFile(tree.text(`${name}.dockerignore`) ?? tree.text('.dockerignore') ?? '')
  return { context: new SourceTree(tree.root, ignore), ignore, dockerfile, dockerfileName: name }
}

/** What is small in memory; what is large as a blob of the store, which is read where it is asked for and has no name any more. */
async function held(packed: AsyncIterable<Uint8Array>, store: Store): Promise<ByteSource> {
  const pieces = unpackStream(packed)[Symbol.asyncIterator]()
  const first: Uint8Array[] = []
  for (let size = 0; size <= SMALL; ) {
    const { done, value } = await pieces.next()
    if (done) return concat(first)
    first.push(value.slice())
    size += value.length
  }
  const rest = async function* () {
    yield* first.splice(0)
    yield* { [Symbol.asyncIterator]: () => pieces }
  }
  const { digest } = await store.putStream(rest())
  const bytes = await store.open(digest)
  await store.discard([digest])
  if (!bytes) throw new Error(`the context ${digest} is missing`)
  return bytes
}

function archiveTree(tar: ByteSource, proc: Process): SourceTree {
  const fs = new CowFileSystem({ now: proc.kernel.nanoseconds })
  applyLayer(fs, tar)
  return new SourceTree(fs.root)
}

function ignoring(tree: SourceTree): SourceTree {
  return new SourceTree(tree.root, new IgnoreFile(tree.text('.dockerignore') ?? ''))
}

function directoryAt(proc: Process, path: string): Inode {
  try {
    const { inode } = proc.locate(path)
    if (inode.kind === 'directory') return inode
  } catch (error) {
    if (!(error instanceof SysError)) throw error
  }
  throw new Refusal(`failed to build: unable to prepare context: path "${path}" not found`)
}

function hostText(proc: Process, path: string): string | undefined {
  try {
    return decode(proc.contentsOf(path))
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return undefined
  }
}

async function download({ fetch }: Host, url: string): Promise<AsyncIterable<Uint8Array>> {
  if (!fetch) throw new Refusal(`build context ${url}: this host lends no network: fetch it first`)
  const { status, body } = await fetch({ method: 'GET', url })
  if (status === 200) return body
  for await (const _ of body);
  throw new Refusal(`failed to load ${url}: invalid response status ${status}`)
}
