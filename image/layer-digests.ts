// A layer's digests in one pass: of the blob as it is packed, of the archive in it, and of every file in that.

import { concat, EMPTY } from '../lib/bytes.ts'
import { walkTar } from '../lib/tar.ts'
import { type Digest, type Digester, digestMany } from './digest.ts'
import { ImageError } from './manifest.ts'
import { digestOf, Measure } from './pieces.ts'
import type { Image, Store } from './store.ts'
import { unpackStream } from './unpack.ts'

export interface LayerDigests {
  readonly blob: Digest
  /** Of the blob. */
  readonly size: number
  readonly diffId: Digest
  /** In the archive's order. */
  readonly files: readonly FileDigest[]
}

export interface FileDigest {
  readonly path: string
  readonly size: number
  readonly digest: Digest
}

/** Of each layer, the lowest first. Throws ImageError: one is missing, or is not what the image says. */
export async function imageDigests(store: Store, image: Image, digester: Digester): Promise<LayerDigests[]> {
  const found: LayerDigests[] = []
  for (const [index, layer] of image.layers.entries()) {
    const source = await store.stream(layer.digest)
    if (!source) throw new ImageError(`layer ${layer.digest} is missing`)
    const digests = await digestLayer(source, digester)
    const diffId = image.config.rootfs.diff_ids[index]
    if (digests.blob !== layer.digest) throw new ImageError(`layer ${layer.digest} has the digest ${digests.blob}`)
    if (digests.diffId !== diffId) {
      throw new ImageError(`layer ${layer.digest} has the diff id ${digests.diffId}, but its config says ${diffId}`)
    }
    found.push(digests)
  }
  return found
}

/** Nothing is in memory as a whole, and nothing is hashed twice. Throws TarError, GzipError or ImageError. */
export async function digestLayer(source: AsyncIterable<Uint8Array>, digester: Digester): Promise<LayerDigests> {
  const blob = new Measure(digester)
  const archive = new Measure(digester)
  const files = new FileDigests(digester)
  try {
    const plain = measured(unpackStream(measured(source, blob)), archive)
    // It reads on behind the archive's end: what lies there belongs to the layer too.
    for await (const { kind, path, contents } of walkTar(plain)) {
      if (kind === 'file') await files.add(path, contents)
    }
    const { digest, size } = await blob.finish()
    return { blob: digest, size, diffId: (await archive.finish()).digest, files: await files.finish() }
  } finally {
    blob.cancel()
    archive.cancel()
  }
}

async function* measured(source: AsyncIterable<Uint8Array>, measure: Measure): AsyncGenerator<Uint8Array> {
  for await (const piece of source) {
    await measure.take(piece)
    yield piece
  }
}

/** Up to here a file waits for others, to be hashed with them; a larger one is a stream. */
const SMALL = 1 << 20
const BATCH = 4 << 20

class FileDigests {
  readonly #digester: Digester
  readonly #found: { path: string; size: number; digest: Digest | undefined }[] = []
  /** Contents that wait, with where their digests go. */
  #waiting: { at: number; bytes: Uint8Array }[] = []
  #size = 0

  constructor(digester: Digester) {
    this.#digester = digester
  }

  async add(path: string, contents: AsyncIterable<Uint8Array>): Promise<void> {
    const pieces = contents[Symbol.asyncIterator]()
    const { bytes, isWhole } = await begun(pieces)
    const at = this.#found.length
    if (isWhole) {
      this.#found.push({ path, size: bytes.length, digest: undefined })
      this.#waiting.push({ at, bytes })
      this.#size += bytes.length
      if (this.#size >= BATCH) await this.#flush()
      return
    }
    const counted = { size: 0 }
    const digest = await digestOf(resumed(bytes, pieces, counted), this.#digester)
    this.#found.push({ path, size: counted.size, digest })
  }

  async finish(): Promise<FileDigest[]> {
    await this.#flush()
    return this.#found.map(({ path, size, digest }) => {
      if (!digest) throw new Error(`${path} has no digest`)
      return { path, size, digest }
    })
  }

  async #flush(): Promise<void> {
    const waiting = this.#waiting
    this.#waiting = []
    this.#size = 0
    const digests = await digestMany(
      this.#digester,
      waiting.map(({ bytes }) => bytes),
    )
    for (const [index, { at }] of waiting.entries()) {
      const found = this.#found[at]
      if (found) found.digest = digests[index]
    }
  }
}

/** A file's bytes up to SMALL, which are ours, and whether that is all. */
async function begun(pieces: AsyncIterator<Uint8Array>): Promise<{ bytes: Uint8Array; isWhole: boolean }> {
  const parts: Uint8Array[] = []
  for (let size = 0; size <= SMALL; ) {
    const { done, value } = await pieces.next()
    // The archive's pieces may be changed when the next one is asked for.
    if (done) return { bytes: concat(parts), isWhole: true }
    parts.push(value.slice())
    size += value.length
  }
  return { bytes: concat(parts), isWhole: false }
}

async function* resumed(
  first: Uint8Array,
  rest: AsyncIterator<Uint8Array>,
  counted: { size: number },
): AsyncGenerator<Uint8Array> {
  for (let piece = first; ; ) {
    counted.size += piece.length
    if (piece !== EMPTY) yield piece
    const { done, value } = await rest.next()
    if (done) return
    piece = value
  }
}
