// An image from wherever it is: its name, an archive, an OCI layout, or a directory with a Dockerfile.

import type { Engine } from '../engine/engine.ts'
import { Library } from '../engine/library.ts'
import { loadArchive } from '../image/load-archive.ts'
import type { Platform } from '../image/manifest.ts'
import { MemoryStore } from '../image/memory-store.ts'
import { formatPlatform, parsePlatform, servesPlatform } from '../image/platform.ts'
import { readImage } from '../image/read.ts'
import { InvalidReferenceError } from '../image/reference.ts'
import type { Image } from '../image/store.ts'
import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { writeTar } from '../lib/tar.ts'
import { Refusal } from './context.ts'
import { readPieces } from './pieces.ts'

export interface FoundImage {
  readonly library: Library
  readonly image: Image
}

export interface FindOptions {
  /** Which of the images of an index; of what is built, what it says it is for. */
  readonly platform?: string
  /** A name is asked for at its registry, whatever is here. */
  readonly isPulled?: boolean
}

/** What is read from files is kept in memory: the store of the host is left as it is, but for what a build caches and a pull brings. */
export async function findImage(
  engine: Engine,
  proc: Process,
  text: string,
  how: FindOptions = {},
): Promise<FoundImage> {
  const platform = how.platform === undefined ? undefined : parsePlatform(how.platform)
  if (how.platform !== undefined && !platform) throw new Refusal(`invalid platform: ${how.platform}`)
  const found = await find(engine, proc, text, { platform, isPulled: how.isPulled ?? false })
  const made = found.image.config
  if (platform && !servesPlatform(made, platform)) {
    throw new Refusal(`${text} is for ${formatPlatform(made)}, not for ${formatPlatform(platform)}`)
  }
  return found
}

interface Wanted {
  readonly platform: Platform | undefined
  readonly isPulled: boolean
}

async function find(engine: Engine, proc: Process, text: string, wanted: Wanted): Promise<FoundImage> {
  const { platform, isPulled } = wanted
  const named = isPulled ? await pull(engine, text, platform) : await lookUp(engine, text, platform)
  if (named) return { library: libraryOf(engine, proc), image: named }
  const kind = kindOf(proc, text)
  if (kind === 'file') return loadImage(engine, proc, readPieces(proc, text), { text, platform })
  if (kind === undefined)
    throw new Refusal(`No such image: ${text} (nor an archive, a layout or a directory of that name)`)
  if (kindOf(proc, `${text}/oci-layout`) === 'file')
    return loadImage(engine, proc, archiveOf(proc, text), { text, platform })
  if (kindOf(proc, `${text}/Dockerfile`) !== 'file') {
    throw new Refusal(`${text} has neither a Dockerfile nor an oci-layout in it`)
  }
  const library = libraryOf(engine, proc)
  const asked = platform ? { platform: formatPlatform(platform) } : {}
  return { library, image: await library.build({ context: text, ...asked }) }
}

async function pull(engine: Engine, text: string, platform: Platform | undefined): Promise<Image | undefined> {
  const found = await engine.obtainImage(text, { pull: 'always', ...(platform ? { platform } : {}) })
  if (!found) throw new Refusal(`--pull: no registry can be asked for ${text}`)
  return found
}

async function lookUp(engine: Engine, text: string, platform: Platform | undefined): Promise<Image | undefined> {
  try {
    return await engine.findImage(text, platform)
  } catch (error) {
    // A path is no name: `./image.tar`.
    if (!(error instanceof InvalidReferenceError)) throw error
    return undefined
  }
}

/** Its containers are nobody else's: they live in memory, and no state folder is asked for their names. */
function libraryOf(engine: Engine, proc: Process): Library {
  return new Library(engine.withStore(), { openContext: path => proc.locate(path).inode })
}

async function loadImage(
  engine: Engine,
  proc: Process,
  archive: Uint8Array | AsyncIterable<Uint8Array>,
  { text, platform }: { readonly text: string; readonly platform: Platform | undefined },
): Promise<FoundImage> {
  const store = new MemoryStore(engine.digester)
  const inMemory = engine.withStore(store)
  const loaded = await loadArchive(store, archive, { digester: engine.digester, ...(platform ? { platform } : {}) })
  if (loaded.length !== 1) throw new Refusal(`${text} holds ${loaded.length} images, not one`)
  const [only] = await store.images()
  if (!only) throw new Refusal(`${text} holds no image`)
  return { library: libraryOf(inMemory, proc), image: await readImage(store, only.manifest, platform) }
}

/** A layout as the archive that it would be. */
function archiveOf(proc: Process, path: string): Uint8Array {
  const files = ['oci-layout', 'index.json']
  for (const algorithm of proc.readDirectory(`${path}/blobs`)) {
    for (const { name } of proc.readDirectory(`${path}/blobs/${algorithm.name}`)) {
      files.push(`blobs/${algorithm.name}/${name}`)
    }
  }
  return writeTar(
    files.map(name => ({ path: name, kind: 'file', mode: 0o644, contents: proc.contentsOf(`${path}/${name}`) })),
  )
}

function kindOf(proc: Process, path: string): string | undefined {
  try {
    return proc.stat(path).kind
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return undefined
  }
}
