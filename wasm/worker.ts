// The body of a hashing worker, for any host: its entry file calls setModuleBytes and then this.

import { toHex } from '../lib/digest.ts'
import { openHasher, type WasmSha256 } from './hash.ts'
import { openManyHasher, type WasmManySha256 } from './many.ts'
import type { Port, Request } from './messages.ts'

/** Answers each chunk with `taken`, so that the other side knows when to send more, and an end with the digest. */
export function serveHashing(port: Port): void {
  const open = new Map<number, WasmSha256>()
  const idle: WasmSha256[] = []
  let many: WasmManySha256 | undefined
  let last: Promise<void> = Promise.resolve()
  port.onmessage = ({ data }) => {
    // Only a pool of ours is at the other end.
    const request = data as Request
    last = last.then(() => answer(request))
  }

  async function answer(request: Request): Promise<void> {
    const { kind, id } = request
    try {
      if (kind === 'cancel') return drop(id)
      if (kind === 'many') return await digestAll(request)
      const hasher = open.get(id) ?? idle.pop() ?? (await openHasher())
      open.set(id, hasher)
      if (kind === 'chunk') {
        hasher.update(request.bytes)
        port.postMessage({ kind: 'taken', id, ...givenBack(request.bytes) }, transfer(request.bytes))
      } else {
        const digest = toHex(hasher.finish())
        open.delete(id)
        idle.push(hasher)
        port.postMessage({ kind: 'digest', id, digest })
      }
    } catch (error) {
      drop(id)
      port.postMessage({ kind: 'failed', id, message: error instanceof Error ? error.message : String(error) })
    }
  }

  async function digestAll({ id, bytes, lengths }: Request & { readonly kind: 'many' }): Promise<void> {
    many ??= await openManyHasher()
    let at = 0
    const files = lengths.map(length => bytes.subarray(at, (at += length)))
    const digests = many.digest(files).map(toHex)
    port.postMessage({ kind: 'digests', id, digests, ...givenBack(bytes) }, transfer(bytes))
  }

  /** A hasher with half a stream in it is of no more use. */
  function drop(id: number): void {
    open.get(id)?.close()
    open.delete(id)
  }
}

/** The memory goes back to be filled again: as garbage it would fill up, here as there, before anybody collects it. */
function givenBack({ buffer }: Uint8Array): { buffer?: ArrayBuffer } {
  return buffer instanceof ArrayBuffer ? { buffer } : {}
}

function transfer({ buffer }: Uint8Array): ArrayBuffer[] {
  return buffer instanceof ArrayBuffer ? [buffer] : []
}
