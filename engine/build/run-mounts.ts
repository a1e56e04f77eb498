// RUN --mount: bind, cache, tmpfs, secret (Dockerfile reference, "RUN --mount").

import type { Digester } from '../../image/digest.ts'
import { CowFileSystem, CowInode } from '../../kernel/vfs/cow.ts'
import type { FileSystem, Inode } from '../../kernel/vfs/inode.ts'
import { decode, encode } from '../../lib/bytes.ts'
import { readContents } from '../read-contents.ts'
import type { MountSpecification } from '../specification.ts'
import type { CacheMounts, TakenMount } from './cache-mounts.ts'
import type { SourceFile, SourceTree } from './context.ts'
import { treeKey } from './copy-key.ts'
import { DockerfileError } from './dockerfile.ts'
import { clean } from './ignore.ts'

export interface MountContext {
  /** A context, stage or image by name; undefined: the build context. Throws DockerfileError. */
  readonly source: (from: string | undefined) => Promise<SourceTree>
  readonly secrets: ReadonlyMap<string, Uint8Array>
  readonly caches: CacheMounts
  readonly now: () => bigint
  readonly digester: Digester
}

export interface PreparedMounts {
  readonly mounts: readonly MountSpecification[]
  readonly open: (source: string) => FileSystem
  /** Secrets that are handed over as variables. */
  readonly env: readonly string[]
  /** Caches are given back. */
  release(): void
}

/** One --mount, looked at. */
export interface MountOptions {
  readonly type: 'bind' | 'cache' | 'tmpfs' | 'secret'
  readonly text: string
  readonly options: ReadonlyMap<string, string>
}

interface At {
  readonly line: number
  readonly endLine: number
  readonly mounts: readonly string[]
}

const KEYS: Readonly<Record<string, readonly string[]>> = {
  bind: ['type', 'target', 'source', 'from', 'rw', 'ro'],
  cache: ['type', 'id', 'target', 'ro', 'sharing', 'from', 'source', 'mode', 'uid', 'gid'],
  tmpfs: ['type', 'target', 'size'],
  secret: ['type', 'id', 'target', 'env', 'required', 'mode', 'uid', 'gid'],
  ssh: ['type', 'id', 'target', 'required', 'mode', 'uid', 'gid'],
}

const SYNONYMS: Readonly<Record<string, string>> = {
  dst: 'target',
  destination: 'target',
  src: 'source',
  readwrite: 'rw',
  readonly: 'ro',
}

/** Throws DockerfileError. An ssh mount that is not required is none: there is no agent. */
export function parseMounts(at: At, expand: (word: string) => string): MountOptions[] {
  return at.mounts.flatMap(text => parseMount(at, expand(text)) ?? [])
}

/** What the cache must know of the mounts: which they are, and what binds hold. Secrets and caches are not in it. */
export async function mountKeys(at: At, mounts: readonly MountOptions[], how: MountContext): Promise<string[]> {
  const keys: string[] = []
  for (const { type, text, options } of mounts) {
    if (type !== 'secret') keys.push(text)
    if (type !== 'bind') continue
    const { tree, file } = await bindSource(at, options, how)
    keys.push(await treeKey(tree, file, how.digester))
  }
  return keys
}

export async function prepareMounts(
  at: At,
  parsed: readonly MountOptions[],
  how: MountContext,
  script?: { readonly path: string; readonly text: string },
): Promise<PreparedMounts> {
  const prepared = new Preparation(at, how)
  if (script) prepared.put(singleFile(encode(script.text), 0o755, how.now), script.path, true)
  for (const mount of parsed) await prepared.add(mount)
  return prepared
}

class Preparation implements PreparedMounts {
  readonly mounts: MountSpecification[] = []
  readonly env: string[] = []
  readonly #at: At
  readonly #how: MountContext
  readonly #opened: FileSystem[] = []
  readonly #taken: TakenMount[] = []

  constructor(at: At, how: MountContext) {
    this.#at = at
    this.#how = how
  }

  readonly open = (source: string): FileSystem => {
    const fs = this.#opened[Number(source)]
    if (!fs) throw new Error(`mount ${source} was not prepared`)
    return fs
  }

  release(): void {
    for (const taken of this.#taken) taken.release()
  }

  async add({ type, options }: MountOptions): Promise<void> {
    const target = options.get('target') ?? ''
    switch (type) {
      case 'tmpfs': {
        const size = sizeOf(this.#at, options)
        this.mounts.push({ type, source: '', target: required(this.#at, target), readOnly: false, ...size })
        return
      }
      case 'cache':
        return this.#cache(options, required(this.#at, target))
      case 'secret':
        return this.#secret(options, target)
      case 'bind':
        return this.#bind(options, required(this.#at, target))
    }
  }

  put(fs: FileSystem, target: string, readOnly: boolean): void {
    const source = String(this.#opened.push(fs) - 1)
    this.mounts.push({ type: 'volume', source, target, readOnly })
  }

  async #cache(options: ReadonlyMap<string, string>, target: string): Promise<void> {
    const sharing = options.get('sharing') ?? 'shared'
    if (sharing !== 'shared' && sharing !== 'private' && sharing !== 'locked') {
      throw refuse(this.#at, `unsupported sharing mode "${sharing}"`)
    }
    const id = options.get('id') ?? target
    const begins = options.has('from') ? await bindSource(this.#at, options, this.#how) : undefined
    const taken = await this.#how.caches.take(id, {
      sharing,
      mode: numberOf(this.#at, options, 'mode', 0o755, 8),
      uid: numberOf(this.#at, options, 'uid', 0),
      gid: numberOf(this.#at, options, 'gid', 0),
      ...(begins ? { fill: tree => copyTree(tree, begins) } : {}),
    })
    this.#taken.push(taken)
    this.put(taken.tree, target, isSet(options, 'ro'))
  }

  #secret(options: ReadonlyMap<string, string>, target: string): void {
    const secret = secretOf(this.#at, options, this.#how)
    if (!secret) return
    const variable = options.get('env')
    if (variable) this.env.push(`${variable}=${decode(secret)}`)
    if (variable && target === '') return
    const fs = singleFile(secret, numberOf(this.#at, options, 'mode', 0o400, 8), this.#how.now)
    fs.root.setAttributes({
      uid: numberOf(this.#at, options, 'uid', 0),
      gid: numberOf(this.#at, options, 'gid', 0),
    })
    this.put(fs, target || `/run/secrets/${options.get('id')}`, true)
  }

  /** What is written into it is gone after the step: it is a copy, page by page. */
  async #bind(options: ReadonlyMap<string, string>, target: string): Promise<void> {
    const source = await bindSource(this.#at, options, this.#how)
    const { inode } = source.file
    const isReadOnly = !isSet(options, 'rw')
    if (inode.kind === 'file') {
      this.put(singleFile(readContents(inode), inode.stat().mode, this.#how.now), target, isReadOnly)
      return
    }
    const fs = new CowFileSystem({ now: this.#how.now })
    copyTree(fs, source)
    this.put(fs, target, isReadOnly)
  }
}

function parseMount(at: At, text: string): MountOptions | undefined {
  const options = new Map<string, string>()
  for (const part of text.split(',')) {
    const equals = part.indexOf('=')
    const name = (equals === -1 ? part : part.slice(0, equals)).toLowerCase()
    options.set(SYNONYMS[name] ?? name, equals === -1 ? 'true' : part.slice(equals + 1))
  }
  const type = options.get('type') ?? 'bind'
  const known = Object.hasOwn(KEYS, type) ? KEYS[type] : undefined
  if (!known || !isMountType(type)) throw refuse(at, `unsupported mount type "${type}"`)
  for (const [name, value] of options) {
    if (!known.includes(name)) throw refuse(at, `unexpected key '${name}' in '${name}=${value}'`)
  }
  if (type !== 'ssh') return { type, text, options }
  if (isSet(options, 'required')) throw refuse(at, 'RUN --mount=type=ssh: this box has no ssh agent to hand in')
  return undefined
}

function isMountType(text: string): text is MountOptions['type'] | 'ssh' {
  return ['bind', 'cache', 'tmpfs', 'secret', 'ssh'].includes(text)
}

function isSet(options: ReadonlyMap<string, string>, name: string): boolean {
  const value = options.get(name)
  return value !== undefined && !/^(?:false|0)$/i.test(value)
}

function numberOf(
  at: At,
  options: ReadonlyMap<string, string>,
  name: string,
  otherwise: number,
  base: 8 | 10 = 10,
): number {
  const text = options.get(name)
  if (text === undefined) return otherwise
  if (!(base === 8 ? /^[0-7]{1,5}$/ : /^\d{1,10}$/).test(text)) {
    throw refuse(at, `invalid value for ${name}: strconv.ParseUint: parsing ${JSON.stringify(text)}: invalid syntax`)
  }
  return Number.parseInt(text, base)
}

function secretOf(at: At, options: ReadonlyMap<string, string>, how: MountContext): Uint8Array | undefined {
  const id = options.get('id') ?? options.get('target')?.split('/').at(-1) ?? ''
  const secret = how.secrets.get(id)
  if (id === '') throw refuse(at, 'secret needs an id or a target')
  if (!secret && isSet(options, 'required')) throw refuse(at, `secret ${id}: not found`)
  return secret
}

interface BindSource {
  readonly tree: SourceTree
  readonly file: SourceFile
}

async function bindSource(at: At, options: ReadonlyMap<string, string>, how: MountContext): Promise<BindSource> {
  const tree = await how.source(options.get('from'))
  const path = options.get('source') ?? ''
  const file = clean(path) === '' ? { path: '', inode: tree.root } : tree.find(path)[0]
  if (!file) throw refuse(at, `failed to calculate checksum of ref: "/${clean(path)}": not found`)
  return { tree, file }
}

function copyTree(fs: CowFileSystem, { tree, file }: BindSource): void {
  fs.quietly(() => {
    for (const { path, inode } of tree.walk(file)) {
      copyInto(fs, file.path === '' ? path : path.slice(file.path.length + 1), inode)
    }
  })
}

function copyInto(fs: CowFileSystem, path: string, source: Inode): void {
  const names = path.split('/')
  const name = names.pop() ?? ''
  let directory = fs.root
  // A copy-on-write tree holds nothing else; parents come before what is in them.
  for (const part of names) directory = (directory.lookup(part) as CowInode | undefined) ?? directory
  const { mode, mtime, uid, gid } = source.stat()
  // Files of the host become root's, as in COPY; those of a stage keep their owner.
  const owner = source instanceof CowInode ? { uid, gid } : { uid: 0, gid: 0 }
  if (source.kind === 'directory') directory.create(name, { kind: 'directory', mode, ...owner })
  else if (source.kind === 'symlink') {
    directory.create(name, { kind: 'symlink', target: source.readlink(), mode, ...owner })
  } else if (source.kind === 'file') {
    const made = directory.create(name, { kind: 'file', mode, ...owner })
    made.setContents(readContents(source))
    made.setAttributes({ mtime })
  }
}

/** A file as a file system of its own: its root is the file. */
function singleFile(bytes: Uint8Array, mode: number, now: () => bigint): FileSystem & { readonly root: CowInode } {
  const fs = new CowFileSystem({ now })
  const file = fs.root.create('file', { kind: 'file', mode, uid: 0, gid: 0 })
  file.setContents(bytes)
  return { type: 'bind', source: 'bind', dev: fs.dev, root: file, usage: () => fs.usage() }
}

function sizeOf(at: At, options: ReadonlyMap<string, string>): { size?: number } {
  const text = options.get('size')
  if (text === undefined) return {}
  const match = /^(\d+)([bkmg]?)$/i.exec(text)
  if (!match) throw refuse(at, `invalid size: ${text}`)
  return { size: Number(match[1]) * 1024 ** ' kmg'.indexOf((match[2] || ' ').toLowerCase().replace('b', ' ')) }
}

function required(at: At, target: string): string {
  if (target === '') throw refuse(at, 'target is required')
  return target
}

function refuse(at: At, message: string): DockerfileError {
  return new DockerfileError(message, at.line, at.endLine)
}
