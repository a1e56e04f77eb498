// docker build --cache-from and --cache-to: another build's steps, in a directory or inside an image.

import type { CacheSource, CacheTarget } from '../engine/build/options.ts'
import type { Engine } from '../engine/engine.ts'
import { type Digest, isDigest } from '../image/digest.ts'
import { type LayoutFiles, LayoutStore } from '../image/layout-store.ts'
import type { Image } from '../image/store.ts'
import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { splitFields, splitPair } from './build-output.ts'
import { Refusal } from './context.ts'
import { absolutePath, writeFile } from './create-options.ts'

interface CacheOptions {
  readonly engine: Engine
  readonly proc: Process
}

/** `type=local,src=DIR`, or an image (`type=registry,ref=IMAGE`). undefined: that image is nowhere, which is no error. */
export async function openCacheSource(text: string, { engine, proc }: CacheOptions): Promise<CacheSource | undefined> {
  const fields = readFields(text, 'registry', 'ref')
  switch (fields.get('type')) {
    case 'local':
      return layoutAt(proc, fields.get('src') ?? '', engine)
    case 'registry': {
      const name = fields.get('ref') ?? ''
      const image = await engine.obtainImage(name, { pull: 'missing' })
      return image && inlineSource(engine, image)
    }
    default:
      throw new Refusal(`unsupported cache importer: ${fields.get('type')}: local or registry`)
  }
}

/** `type=local,dest=DIR`; `type=inline` is told to the builder itself and gives undefined. */
export function openCacheTarget(text: string, { engine, proc }: CacheOptions): CacheTarget | undefined {
  const fields = readFields(text, 'inline', 'ref')
  switch (fields.get('type')) {
    case 'local':
      return layoutAt(proc, fields.get('dest') ?? '', engine)
    case 'inline':
      return undefined
    default:
      throw new Refusal(`unsupported cache exporter: ${fields.get('type')}: local or inline`)
  }
}

function readFields(text: string, otherwise: string, plain: string): Map<string, string> {
  if (!text.includes('='))
    return new Map([
      ['type', otherwise],
      [plain, text],
    ])
  const fields = new Map(splitFields(text).map(splitPair))
  const unknown = [...fields.keys()].find(key => !['type', 'src', 'dest', 'ref', 'mode'].includes(key))
  if (unknown !== undefined) throw new Refusal(`cache option ${unknown} is not done by this version: ${text}`)
  return fields
}

function layoutAt(proc: Process, path: string, { digester }: Engine): LayoutStore {
  if (path === '') throw new Refusal('a local cache needs a directory: src= or dest=')
  return new LayoutStore(new ProcessFiles(proc, absolutePath(proc, path)), digester)
}

/** An image that tells what its layers were made by. */
function inlineSource({ store }: Engine, image: Image): CacheSource {
  const keys = new Map(image.config['cowbox.cache.v1'] ?? [])
  return {
    async remembered(key) {
      const index = keys.get(key)
      const layer = index === undefined ? undefined : image.layers[index]
      const diffId = index === undefined ? undefined : image.config.rootfs.diff_ids[index]
      return layer && diffId !== undefined && isDigest(diffId) ? { layer, diffId } : undefined
    },
    get: (digest: Digest) => store.get(digest),
  }
}

/** A directory as the command's own process sees it. */
class ProcessFiles implements LayoutFiles {
  readonly #proc: Process
  readonly #folder: string

  constructor(proc: Process, folder: string) {
    this.#proc = proc
    this.#folder = folder
  }

  async read(path: string): Promise<Uint8Array | undefined> {
    return ifThere(() => this.#proc.contentsOf(this.#at(path)))
  }

  async exists(path: string): Promise<boolean> {
    return ifThere(() => this.#proc.stat(this.#at(path))) !== undefined
  }

  async writeAtomically(path: string, bytes: Uint8Array): Promise<void> {
    const target = this.#at(path)
    this.#makeDirectory(target.slice(0, target.lastIndexOf('/')))
    const temporary = `${target}.tmp-${this.#proc.pid}`
    writeFile(this.#proc, temporary, bytes)
    this.#proc.rename(temporary, target)
  }

  async remove(path: string): Promise<void> {
    ifThere(() => this.#proc.unlink(this.#at(path)))
  }

  async list(path: string): Promise<readonly string[]> {
    return ifThere(() => this.#proc.readDirectory(this.#at(path)).map(({ name }) => name)) ?? []
  }

  /** Blobs are whole or not there, and a cache has no list of images to keep right: nobody need wait. */
  exclusively<T>(piece: () => Promise<T>): Promise<T> {
    return piece()
  }

  #at(path: string): string {
    return `${this.#folder}/${path}`
  }

  #makeDirectory(path: string): void {
    if (path === '' || ifThere(() => this.#proc.stat(path))) return
    this.#makeDirectory(path.slice(0, path.lastIndexOf('/')))
    this.#proc.mkdir(path)
  }
}

function ifThere<T>(piece: () => T): T | undefined {
  try {
    return piece()
  } catch (error) {
    if (error instanceof SysError && error.errno === 'ENOENT') return undefined
    throw error
  }
}
