// RUN --mount: bind, cache, tmpfs, secret (Dockerfile reference, "RUN --mount").

import { CowFileSystem } from '../../kernel/vfs/cow.ts'
import type { FileSystem, Inode } from '../../kernel/vfs/inode.ts'
import { decode } from '../../lib/bytes.ts'
import type { MountSpecification } from '../specification.ts'
import { readContents, type SourceTree } from './context.ts'
import { DockerfileError } from './dockerfile.ts'

export interface MountContext {
  readonly context: SourceTree
  readonly contexts: ReadonlyMap<string, SourceTree>
  readonly stage: (name: string) => Promise<SourceTree | undefined>
  readonly secrets: ReadonlyMap<string, Uint8Array>
  readonly cache: (id: string) => CowFileSystem
  readonly now: () => bigint
}

export interface PreparedMounts {
  readonly mounts: readonly MountSpecification[]
  readonly open: (source: string) => FileSystem
  /** What the cache must know of them. Secrets are not in it. */
  readonly keys: readonly string[]
  /** Secrets that are handed over as variables. */
  readonly env: readonly string[]
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
}

const SYNONYMS: Readonly<Record<string, string>> = {
  dst: 'target',
  destination: 'target',
  src: 'source',
  readwrite: 'rw',
  readonly: 'ro',
}

export async function runMounts(at: At, how: MountContext): Promise<PreparedMounts> {
  const mounts: MountSpecification[] = []
  const opened = new Map<string, FileSystem>()
  const keys: string[] = []
  const env: string[] = []
  for (const [index, text] of at.mounts.entries()) {
    const options = parseMount(at, text)
    const source = `${index}`
    const target = options.get('target') ?? ''
    switch (options.get('type')) {
      case 'tmpfs':
        mounts.push({
          type: 'tmpfs',
          source: '',
          target: required(at, target),
          readOnly: false,
          ...sizeOf(at, options),
        })
        break
      case 'cache':
        opened.set(source, how.cache(options.get('id') ?? target))
        mounts.push({ type: 'volume', source, target: required(at, target), readOnly: options.has('ro') })
        break
      case 'secret': {
        const secret = secretOf(at, options, how)
        if (!secret) break
        const variable = options.get('env')
        if (variable) env.push(`${variable}=${decode(secret)}`)
        if (variable && target === '') break
        opened.set(source, fileSystemOf(secret, options, how.now))
        mounts.push({ type: 'volume', source, target: target || `/run/secrets/${options.get('id')}`, readOnly: true })
        break
      }
      default: {
        const tree = await bindTree(at, options, how)
        opened.set(source, tree.fs)
        keys.push(tree.key)
        mounts.push({ type: 'volume', source, target: required(at, target), readOnly: !options.has('rw') })
      }
    }
    if (options.get('type') !== 'secret') keys.push(text)
  }
  const open = (source: string) => {
    const fs = opened.get(source)
    if (!fs) throw new Error(`mount ${source} was not prepared`)
    return fs
  }
  return { mounts, open, keys, env }
}

function parseMount(at: At, text: string): Map<string, string> {
  const options = new Map<string, string>()
  for (const part of text.split(',')) {
    const equals = part.indexOf('=')
    const name = (equals === -1 ? part : part.slice(0, equals)).toLowerCase()
    options.set(SYNONYMS[name] ?? name, equals === -1 ? 'true' : part.slice(equals + 1))
  }
  const type = options.get('type') ?? 'bind'
  if (type === 'ssh') throw refuse(at, 'RUN --mount=type=ssh: this box has no ssh agent to hand in')
  const known = KEYS[type]
  if (!known) throw refuse(at, `unsupported mount type "${type}"`)
  for (const [name, value] of options) {
    if (!known.includes(name)) throw refuse(at, `unexpected key '${name}' in '${name}=${value}'`)
  }
  return options.set('type', type)
}

function secretOf(at: At, options: ReadonlyMap<string, string>, how: MountContext): Uint8Array | undefined {
  const id = options.get('id') ?? options.get('target')?.split('/').at(-1) ?? ''
  const secret = how.secrets.get(id)
  if (!secret && options.get('required') === 'true') throw refuse(at, `secret ${id}: not found`)
  return secret
}

async function bindTree(
  at: At,
  options: ReadonlyMap<string, string>,
  how: MountContext,
): Promise<{ fs: FileSystem; key: string }> {
  const from = options.get('from')
  const tree = from === undefined ? how.context : (how.contexts.get(from) ?? (await how.stage(from)))
  if (!tree) throw refuse(at, `${from}: no such stage or context`)
  const path = options.get('source') ?? ''
  const found = path === '' ? { path: '', inode: tree.root } : tree.find(path)[0]
  if (!found) throw refuse(at, `failed to calculate checksum: "/${path}": not found`)
  const fs = new CowFileSystem({ now: how.now })
  const names: string[] = []
  fs.quietly(() => {
    if (found.inode.kind === 'file') return
    for (const file of tree.walk(found)) {
      const relative = found.path === '' ? file.path : file.path.slice(found.path.length + 1)
      names.push(`${relative} ${file.inode.stat().mode} ${file.inode.stat().size}`)
      copyInto(fs, relative, file.inode)
    }
  })
  if (found.inode.kind === 'file') return { fs: singleFile(readContents(found.inode), 0o644, how.now), key: path }
  return { fs, key: names.join('\n') }
}

function copyInto(fs: CowFileSystem, path: string, source: Inode): void {
  const names = path.split('/')
  const name = names.pop() ?? ''
  let directory: Inode = fs.root
  for (const part of names) directory = directory.lookup(part) ?? directory
  const { mode, mtime } = source.stat()
  const ids = { uid: 0, gid: 0 }
  if (source.kind === 'directory') directory.create(name, { kind: 'directory', mode, ...ids })
  else if (source.kind === 'symlink')
    directory.create(name, { kind: 'symlink', target: source.readlink(), mode, ...ids })
  else if (source.kind === 'file') {
    const made =
      fs.root === directory
        ? fs.root.create(name, { kind: 'file', mode, ...ids })
        : directory.create(name, { kind: 'file', mode, ...ids })
    // Everything in a copy-on-write tree can be given contents.
    ;(made as ReturnType<CowFileSystem['root']['create']>).setContents(readContents(source))
    made.setAttributes({ mtime })
  }
}

/** A file as a file system of its own: its root is the file. */
function singleFile(bytes: Uint8Array, mode: number, now: () => bigint): FileSystem {
  const fs = new CowFileSystem({ now })
  const file = fs.root.create('file', { kind: 'file', mode, uid: 0, gid: 0 })
  file.setContents(bytes)
  return { type: 'bind', source: 'bind', dev: fs.dev, root: file, usage: () => fs.usage() }
}

function fileSystemOf(secret: Uint8Array, options: ReadonlyMap<string, string>, now: () => bigint): FileSystem {
  const fs = singleFile(secret, Number.parseInt(options.get('mode') ?? '0400', 8), now)
  fs.root.setAttributes({ uid: Number(options.get('uid') ?? 0), gid: Number(options.get('gid') ?? 0) })
  return fs
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
