// SHA-256 by the WASI module: bytes in as they come, one record out.

import { EMPTY } from '../lib/bytes.ts'
import type { IncrementalDigest } from '../lib/digest.ts'
import { moduleNamed } from './module.ts'
import { type Stdio, type WasiCommand, wasmerHost } from './wasi-host.ts'

/** A hasher of its own. The first one of a thread takes a tenth of a second: the host is started. */
export async function openHasher(): Promise<WasmSha256> {
  const [host, module] = await Promise.all([wasmerHost(), moduleNamed('layer-hash')])
  return new WasmSha256(stdio => host.open(module, stdio))
}

/** After `finish` it begins anew, so that one serves for many streams. */
export class WasmSha256 implements IncrementalDigest {
  readonly #command: WasiCommand
  #pending: Uint8Array = EMPTY
  #isEnded = false
  readonly #written: Uint8Array[] = []

  constructor(open: (stdio: Stdio) => WasiCommand) {
    this.#command = open({
      read: into => this.#read(into),
      write: bytes => void this.#written.push(bytes.slice()),
    })
  }

  update(bytes: Uint8Array): void {
    if (bytes.length === 0) return
    this.#pending = bytes
    this.#run()
  }

  finish(): Uint8Array {
    this.#isEnded = true
    this.#run()
    this.#isEnded = false
    const [record] = this.#written.splice(0)
    if (!record) throw new Error('the hashing module wrote no record')
    return readRecord(record).digest
  }

  /** Gives its memory back; it must not be used any more. */
  close(): void {
    this.#command.free()
  }

  #run(): void {
    const status = this.#command.start()
    if (status !== 0) throw new Error(`the hashing module ended with status ${status}`)
  }

  #read(into: Uint8Array): number | undefined {
    if (this.#pending.length === 0) return this.#isEnded ? 0 : undefined
    const part = this.#pending.subarray(0, into.length)
    into.set(part)
    this.#pending = this.#pending.subarray(part.length)
    return part.length
  }
}

interface DigestRecord {
  /** 1: the whole stream. */
  readonly kind: number
  /** How many bytes were hashed. */
  readonly size: bigint
  readonly digest: Uint8Array
}

/** As `assembly/layer-hash.ts` writes it. */
function readRecord(bytes: Uint8Array): DigestRecord {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  return { kind: view.getUint32(0, true), size: view.getBigUint64(8, true), digest: bytes.subarray(16, 48) }
}
