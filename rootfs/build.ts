// The base image `busybox`, made from scratch: the same layer, config and digests on every build, in every host.

import { applyEntries, type LayerEntry } from '../image/apply.ts'
import { newManifest } from '../image/archive.ts'
import type { ImageConfig } from '../image/config.ts'
import { type Digest, portableDigester } from '../image/digest.ts'
import { type Descriptor, MEDIA, toJson } from '../image/manifest.ts'
import { APPLET_MARK } from '../kernel/formats.ts'
import { CowFileSystem } from '../kernel/vfs/cow.ts'
import { EMPTY, encode } from '../lib/bytes.ts'
import { type NewTarEntry, writeTar } from '../lib/tar.ts'
import { BASE_FILES } from './base-files.ts'
import { DIRECTORIES, FILE_MODES, SYMLINKS } from './manifest.ts'

/** 2024-01-01T00:00:00Z: a fixed date, so that the digest is the same on every day. */
const CREATED = '2024-01-01T00:00:00Z'
const MTIME = 1_704_067_200_000_000_000n

const NOTE =
  'This file stands for every command of this box. The names that are linked to it run as programs of the box itself.\n'

export const BASE_NAME = 'docker.io/library/busybox:latest'

export interface BaseImage {
  readonly manifest: Descriptor
  readonly id: Digest
  readonly blobs: ReadonlyMap<Digest, Uint8Array>
}

/** The layer's archive. `applets`: every name that is a command. */
export function baseLayer(applets: readonly string[]): Uint8Array {
  return writeTar(baseEntries(applets))
}

/** `digest`: a host may hand in a faster one; the result is the same. */
export function baseImage(
  applets: readonly string[],
  digest: (bytes: Uint8Array) => Digest = portableDigester.digest,
): BaseImage {
  const layer = baseLayer(applets)
  const diffId = digest(layer)
  const config = toJson(baseConfig(diffId))
  const id = digest(config)
  const manifest = toJson(
    newManifest({ mediaType: MEDIA.config, digest: id, size: config.length }, [
      { mediaType: MEDIA.layer, digest: diffId, size: layer.length },
    ]),
  )
  const name = digest(manifest)
  return {
    manifest: { mediaType: MEDIA.manifest, digest: name, size: manifest.length },
    id,
    blobs: new Map([
      [diffId, layer],
      [id, config],
      [name, manifest],
    ]),
  }
}

/** The base image's tree, one frozen layer, without computing a digest. */
export function baseTree(applets: readonly string[], now: () => bigint): CowFileSystem {
  const tree = new CowFileSystem({ now })
  applyEntries(tree, wholeEntries(applets))
  tree.freeze()
  return tree
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

function* wholeEntries(applets: readonly string[]): Generator<LayerEntry> {
  const rest = {
    uid: 0,
    gid: 0,
    mtime: 0n,
    link: '',
    device: 0,
    attributes: new Map<string, Uint8Array>(),
    contents: EMPTY,
  }
  for (const entry of baseEntries(applets)) yield { ...rest, ...entry }
}

function* baseEntries(applets: readonly string[]): Generator<NewTarEntry> {
  yield { path: '.', kind: 'directory', mode: 0o755, mtime: MTIME }
  for (const directory of DIRECTORIES) yield { ...directory, kind: 'directory', mtime: MTIME }
  const contents = encode(APPLET_MARK + NOTE)
  yield { path: 'bin/busybox', kind: 'file', mode: 0o755, mtime: MTIME, contents }
  for (const name of [...applets].sort()) {
    if (name !== 'busybox')
      yield { path: `bin/${name}`, kind: 'hardlink', mode: 0o755, mtime: MTIME, link: 'bin/busybox' }
  }
  for (const { path, target } of SYMLINKS) yield { path, kind: 'symlink', mode: 0o777, mtime: MTIME, link: target }
  for (const [path, text] of BASE_FILES) {
    yield { path, kind: 'file', mode: FILE_MODES.get(path) ?? 0o644, mtime: MTIME, contents: encode(text) }
  }
}
