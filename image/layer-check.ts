// The layers of an image that came from outside, looked at before it gets a name: each has its diff id, and can be laid over
// those below it. Only headers stay in memory.

import { SysError } from '../kernel/errno.ts'
import { CowFileSystem } from '../kernel/vfs/cow.ts'
import { GzipError } from '../lib/gzip.ts'
import { scanTar, TarError, walkTar } from '../lib/tar.ts'
import { tryEntries } from './apply.ts'
import type { Digest, Digester } from './digest.ts'
import { type Descriptor, ImageError } from './manifest.ts'
import { Measure, piecesOf } from './pieces.ts'
import type { Store } from './store.ts'
import { type Packing, packingOf, unpack, unpackStream } from './unpack.ts'

/** Of one image. */
export class LayerCheck {
  readonly #store: Store
  readonly #digester: Digester
  readonly #tree = new CowFileSystem({ now: () => 0n })

  constructor(store: Store, digester: Digester) {
    this.#store = store
    this.#digester = digester
  }

  /** The next layer, `what` in messages. Tells how it is packed. Throws ImageError and GzipError. */
  async take(digest: Digest, diffId: string | undefined, what: string): Promise<Packing | undefined> {
    const packing = packingOf(await this.#firstPiece(digest))
    const { found, problem } = packing === undefined ? await this.#takePlain(digest) : await this.#takePacked(digest)
    if (found !== diffId) {
      throw new ImageError(`${what} has the digest ${found}, but its config says ${diffId}: the archive is damaged`)
    }
    if (problem) throw new ImageError(`${what} cannot be unpacked: ${problem.message}`)
    return packing
  }

  /** What is not packed lies in the store: only its headers are read. */
  async #takePlain(digest: Digest): Promise<Laid> {
    const tar = await this.#store.open(digest)
    if (!tar) throw missing(digest)
    return { found: digest, problem: await problemOf(() => tryEntries(this.#tree, scanTar(tar))) }
  }

  async #takePacked(digest: Digest): Promise<Laid> {
    try {
      return await this.#lay(unpackStream(await this.#stream(digest)))
    } catch (error) {
      // Several gzip members in one file: not every host's stream reads them.
      if (!(error instanceof GzipError)) throw error
      const bytes = await this.#store.get(digest)
      if (!bytes) throw missing(digest)
      return this.#lay(piecesOf(await unpack(bytes)))
    }
  }

  /** In one pass: its digest, and its headers. */
  async #lay(plain: AsyncIterable<Uint8Array>): Promise<Laid> {
    const measure = new Measure(this.#digester)
    const pieces = measured(plain, measure)
    try {
      const problem = await problemOf(() => tryEntries(this.#tree, walkTar(pieces)))
      // A layer that is another one is that first of all: its digest is that of all its bytes.
      for await (const _ of pieces);
      return { found: (await measure.finish()).digest, problem }
    } finally {
      measure.cancel()
    }
  }

  async #firstPiece(digest: Digest): Promise<Uint8Array> {
    for await (const piece of await this.#stream(digest)) return piece
    return new Uint8Array(0)
  }

  async #stream(digest: Digest): Promise<AsyncIterable<Uint8Array>> {
    const stream = await this.#store.stream(digest)
    if (!stream) throw missing(digest)
    return stream
  }
}

interface Laid {
  readonly found: Digest
  readonly problem: Error | undefined
}

/** All the layers of an image. Throws ImageError and GzipError. */
export async function checkLayers(
  store: Store,
  layers: readonly Descriptor[],
  diffIds: readonly string[],
  digester: Digester,
): Promise<void> {
  const check = new LayerCheck(store, digester)
  for (const [index, { digest }] of layers.entries()) await check.take(digest, diffIds[index], `layer ${digest}`)
}

async function problemOf(piece: () => Promise<void>): Promise<Error | undefined> {
  try {
    await piece()
    return undefined
  } catch (error) {
    if (error instanceof TarError || error instanceof ImageError || error instanceof SysError) return error
    throw error
  }
}

async function* measured(plain: AsyncIterable<Uint8Array>, measure: Measure): AsyncGenerator<Uint8Array> {
  for await (const piece of plain) {
    await measure.take(piece)
    yield piece
  }
}

function missing(digest: Digest): ImageError {
  return new ImageError(`blob ${digest} is missing`)
}
