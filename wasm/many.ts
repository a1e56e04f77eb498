// SHA-256 of many files by the second WASI module, four at a time in the lanes of SIMD.

import { moduleNamed } from './module.ts'
import { type Stdio, type WasiCommand, wasmerHost } from './wasi-host.ts'

const DIGEST = 32

/** The first one of a thread takes a tenth of a second: the host is started. */
export async function openManyHasher(): Promise<WasmManySha256> {
  const [host, module] = await Promise.all([wasmerHost(), moduleNamed('file-hash')])
  return new WasmManySha256(stdio => host.open(module, stdio))
}

export class WasmManySha256 {
  readonly #command: WasiCommand
  readonly #written: Uint8Array[] = []
  #parts: Iterator<Uint8Array> = [].values()
  #part: Uint8Array | undefined

  constructor(open: (stdio: Stdio) => WasiCommand) {
    this.#command = open({
      read: into => this.#read(into),
      write: bytes => void this.#written.push(bytes.slice()),
    })
  }

  /** In their order. All of them lie in the module's memory at the same time: some megabytes are enough. */
  digest(files: readonly Uint8Array[]): Uint8Array[] {
    if (files.length === 0) return []
    this.#parts = framed(files)
    this.#part = this.#next()
    const status = this.#command.start()
    const [digests] = this.#written.splice(0)
    if (status !== 0 || digests?.length !== DIGEST * files.length) {
      throw new Error(`the module that hashes files ended with status ${status}`)
    }
    return files.map((_, index) => digests.slice(DIGEST * index, DIGEST * (index + 1)))
  }

  /** Gives its memory back; it must not be used any more. */
  close(): void {
    this.#command.free()
  }

  #read(into: Uint8Array): number {
    let filled = 0
    while (this.#part && filled < into.length) {
      const piece = this.#part.subarray(0, into.length - filled)
      into.set(piece, filled)
      filled += piece.length
      this.#part = piece.length < this.#part.length ? this.#part.subarray(piece.length) : this.#next()
    }
    return filled
  }

  #next(): Uint8Array | undefined {
    const { done, value } = this.#parts.next()
    return done ? undefined : value
  }
}

/** As `assembly/file-hash.ts` reads it. */
function* framed(files: readonly Uint8Array[]): Generator<Uint8Array> {
  for (const file of files) {
    const length = new Uint8Array(4)
    new DataView(length.buffer).setUint32(0, file.length, true)
    yield length
    yield file
  }
}
