// The files of an image archive as they come from a stream: large ones go straight into the store, small ones stay at hand.

import { concat, EMPTY } from '../lib/bytes.ts'
import { type StreamedEntry, walkTar } from '../lib/tar.ts'
import type { Digest } from './digest.ts'
import { ImageError } from './manifest.ts'
import type { BlobSize, Expected, Store } from './store.ts'

/** Manifests, configs and the like are far below; a layer this small costs nothing to hold. */
const SMALL = 1 << 20
/** An archive of a million small files is none that anybody writes: from here on they go to the store too. */
const MOST_HELD = 32 << 20
const MOST_LINKS = 40

type Held = Uint8Array | BlobSize

export class ArchiveFiles {
  readonly #store: Store
  readonly #files = new Map<string, Held>()
  readonly #links = new Map<string, string>()
  /** What was not in the store before. */
  readonly #added = new Set<Digest>()
  #before: Promise<ReadonlySet<Digest>> | undefined
  #held = 0

  constructor(store: Store) {
    this.#store = store
  }

  /** Throws TarError, and ImageError for a path that leads out. */
  async read(archive: AsyncIterable<Uint8Array>): Promise<void> {
    for await (const entry of walkTar(archive)) {
      const name = cleanPath(entry.path)
      if (entry.kind === 'file') this.#files.set(name, await this.#take(entry))
      // Layers of docker's old archives are links to one another.
      else if (entry.kind === 'hardlink') this.#links.set(name, cleanPath(entry.link))
      else if (entry.kind === 'symlink') this.#links.set(name, cleanPath(`${name.replace(/[^/]*$/, '')}${entry.link}`))
    }
  }

  has(name: string): boolean {
    return this.#find(name) !== undefined
  }

  /** undefined: there is no such file. */
  async bytes(name: string): Promise<Uint8Array | undefined> {
    const found = this.#find(name)
    if (found === undefined || found instanceof Uint8Array) return found
    return this.#store.get(found.digest)
  }

  /** Throws ImageError. */
  async require(name: string): Promise<Uint8Array> {
    const bytes = await this.bytes(name)
    if (!bytes) throw new ImageError(`the archive has no ${name}`)
    return bytes
  }

  /** The file as a blob of the store. Throws ImageError. */
  async blob(name: string): Promise<BlobSize> {
    const found = this.#find(name)
    if (!found) throw new ImageError(`the archive has no ${name}`)
    return found instanceof Uint8Array ? this.put(found) : found
  }

  /** A file that the archive implies. */
  hold(name: string, bytes: Uint8Array): void {
    this.#files.set(name, bytes)
  }

  /** Throws ImageError. */
  async stream(name: string): Promise<AsyncIterable<Uint8Array>> {
    const stream = await this.#store.stream((await this.blob(name)).digest)
    if (!stream) throw new ImageError(`the archive has no ${name}`)
    return stream
  }

  async put(bytes: Uint8Array): Promise<BlobSize> {
    return this.keep(
      (async function* () {
        yield bytes
      })(),
    )
  }

  async keep(contents: AsyncIterable<Uint8Array>, expected?: Expected): Promise<BlobSize> {
    const before = await this.#known()
    const kept = await this.#store.putStream(contents, expected)
    if (!before.has(kept.digest)) this.#added.add(kept.digest)
    return kept
  }

  /** What came with the archive and no image needs goes: all of one that is refused. */
  async discard(needed: ReadonlySet<Digest> = new Set()): Promise<void> {
    const spare = [...this.#added].filter(digest => !needed.has(digest))
    if (spare.length > 0) await this.#store.discard(spare)
  }

  #find(name: string): Held | undefined {
    let at = name
    for (let links = 0; links < MOST_LINKS; links++) {
      const found = this.#files.get(at)
      const next = this.#links.get(at)
      if (found || next === undefined) return found
      at = next
    }
    return undefined
  }

  async #take({ size, contents }: StreamedEntry): Promise<Held> {
    if (size > SMALL || this.#held + size > MOST_HELD) return this.keep(contents)
    this.#held += size
    const parts: Uint8Array[] = [EMPTY]
    // A piece may be a view of a much larger one.
    for await (const part of contents) parts.push(part.slice())
    return concat(parts)
  }

  /** What was there before this archive. */
  #known(): Promise<ReadonlySet<Digest>> {
    this.#before ??= this.#store.blobs().then(blobs => new Set(blobs.map(({ digest }) => digest)))
    return this.#before
  }
}

/** Throws ImageError for what leads out of the archive. */
export function cleanPath(path: string): string {
  const names: string[] = []
  for (const name of path.split('/')) {
    if (name === '..') {
      if (names.length === 0)
        throw new ImageError(`the archive holds a path that leads out of it: ${JSON.stringify(path)}`)
      names.pop()
    } else if (name !== '' && name !== '.') names.push(name)
  }
  return names.join('/')
}
