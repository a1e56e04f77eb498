// The base image `busybox`, made from scratch: the same layer, config and digests on every build, in every host.

import { newManifest } from '../image/archive.ts'
import type { ImageConfig } from '../image/config.ts'
import { type Digest, portableDigester } from '../image/digest.ts'
import { type Descriptor, MEDIA, toJson } from '../image/manifest.ts'
import { APPLET_MARK } from '../kernel/formats.ts'
import { CowFileSystem, type CowInode } from '../kernel/vfs/cow.ts'
import { decode, encode } from '../lib/bytes.ts'
import { type NewTarEntry, writeTar } from '../lib/tar.ts'
import { type BakedBase, bakedBase } from './baked.ts'
import { BASE_FILES } from './base-files.ts'
import { LateBlobs } from './late-blobs.ts'
import { DIRECTORIES, FILE_MODES, NOT_IN_BASE, SYMLINKS } from './manifest.ts'

/** 2024-01-01T00:00:00Z: a fixed date, so that the digest is the same on every day. */
export const CREATED = '2024-01-01T00:00:00Z'
export const MTIME = 1_704_067_200_000_000_000n

const NOTE =
  'This file stands for every command of this box. The names that are linked to it run as programs of the box itself.\n'

export const BASE_NAME = 'docker.io/library/busybox:latest'

export interface BaseImage {
  readonly manifest: Descriptor
  readonly id: Digest
  /** Layer, config and manifest. */
  readonly blobs: LateBlobs
}

/** The layer's archive. `applets`: every name that is a command. */
export function baseLayer(applets: readonly string[]): Uint8Array {
  return writeTar(baseEntries(applets))
}

/** `baked`: what a bundle brings; used when it was made of the same commands. Either way the image is the same. */
export function baseImage(applets: readonly string[], baked = bakedBase()): BaseImage {
  const known = baked && baked.applets === appletLine(applets) ? baked : bakeBase(applets)
  const { manifest, config, layer } = known
  return {
    manifest: { mediaType: MEDIA.manifest, digest: manifest.digest, size: manifest.text.length },
    id: config.digest,
    blobs: new LateBlobs(
      new Map([
        [layer.digest, () => baseLayer(applets)],
        [config.digest, () => encode(config.text)],
        [manifest.digest, () => encode(manifest.text)],
      ]),
    ),
  }
}

/** What a start needs of the base image, so that it neither writes the archive nor computes a digest. */
export function bakeBase(applets: readonly string[]): BakedBase {
  const layer = baseLayer(applets)
  const { digest } = portableDigester
  const diffId = digest(layer)
  const config = toJson(baseConfig(diffId))
  const manifest = toJson(
    newManifest({ mediaType: MEDIA.config, digest: digest(config), size: config.length }, [
      { mediaType: MEDIA.layer, digest: diffId, size: layer.length },
    ]),
  )
  return {
    applets: appletLine(applets),
    layer: { digest: diffId, size: layer.length },
    config: { digest: digest(config), text: decode(config) },
    manifest: { digest: digest(manifest), text: decode(manifest) },
  }
}

/** The base image's tree, one frozen layer, without its archive. */
export function baseTree(applets: readonly string[], now: () => bigint): CowFileSystem {
  const tree = new CowFileSystem({ now })
  tree.quietly(() => layTree(tree.root, baseEntries(applets)))
  tree.freeze()
  return tree
}

/** An archive of our own: directories come before what is in them, and nothing comes twice. */
function layTree(root: CowInode, entries: Iterable<NewTarEntry>): void {
  const made = new Map<string, CowInode>([['.', root]])
  for (const entry of entries) {
    const slash = entry.path.lastIndexOf('/')
    const parent = slash === -1 ? root : find(made, entry.path.slice(0, slash))
    const name = entry.path.slice(slash + 1)
    if (entry.kind === 'hardlink') parent.link(name, find(made, entry.link))
    else {
      const inode = made.get(entry.path) ?? addNode(parent, name, entry)
      made.set(entry.path, inode)
      const { uid = 0, gid = 0, mtime = MTIME, mode } = entry
      inode.setAttributes({ uid, gid, mtime, atime: mtime, mode })
    }
  }
}

function addNode(parent: CowInode, name: string, entry: NewTarEntry): CowInode {
  const { kind, mode, uid = 0, gid = 0, link: target = '' } = entry
  if (kind === 'symlink') return parent.create(name, { kind, target, mode, uid, gid })
  if (kind !== 'file' && kind !== 'directory') throw new Error(`the base image holds no ${kind}`)
  const made = parent.create(name, { kind, mode, uid, gid })
  if (entry.contents) made.setContents(entry.contents)
  return made
}

function find(made: ReadonlyMap<string, CowInode>, path = ''): CowInode {
  const inode = made.get(path)
  if (!inode) throw new Error(`the base image names ${path} before it is there`)
  return inode
}

function appletLine(applets: readonly string[]): string {
  return [...applets].sort().join(' ')
}

function baseConfig(diffId: Digest): ImageConfig {
  return {
    created: CREATED,
    architecture: 'amd64',
    os: 'linux',
    config: { Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'], Cmd: ['sh'] },
    rootfs: { type: 'layers', diff_ids: [diffId] },
    history: [
      { created: CREATED, created_by: 'ADD rootfs / # cowbox' },
      {
        created: CREATED,
        created_by: 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
        empty_layer: true,
      },
      { created: CREATED, created_by: 'CMD ["sh"]', empty_layer: true },
    ],
  }
}

function* baseEntries(applets: readonly string[]): Generator<NewTarEntry> {
  yield { path: '.', kind: 'directory', mode: 0o755, mtime: MTIME }
  for (const directory of DIRECTORIES) yield { ...directory, kind: 'directory', mtime: MTIME }
  const contents = encode(APPLET_MARK + NOTE)
  yield { path: 'bin/busybox', kind: 'file', mode: 0o755, mtime: MTIME, contents }
  for (const name of [...applets].sort()) {
    if (name !== 'busybox' && !NOT_IN_BASE.has(name))
      yield { path: `bin/${name}`, kind: 'hardlink', mode: 0o755, mtime: MTIME, link: 'bin/busybox' }
  }
  for (const { path, target } of SYMLINKS) yield { path, kind: 'symlink', mode: 0o777, mtime: MTIME, link: target }
  for (const [path, text] of BASE_FILES) {
    yield { path, kind: 'file', mode: FILE_MODES.get(path) ?? 0o644, mtime: MTIME, contents: encode(text) }
  }
}
