// Digests in a page: run by tab-hash.ts in Chromium, in one thread, and by Node for the same digests.

import { WasmDigester } from '../../wasm/digester.ts'
import { openHasher } from '../../wasm/hash.ts'
import { setModuleBytes } from '../../wasm/module.ts'

export interface HashRun {
  /** The least milliseconds of each. */
  readonly stream: Record<string, number>
  readonly files: Record<string, number>
  /** Of all inputs, by the modules. */
  readonly digests: readonly string[]
}

/** hash-wasm's SHA-256, or another like it. */
export type Theirs = (bytes: Uint8Array) => unknown

const ROUNDS = 9

export async function hashRun(
  modules: Readonly<Record<'layer-hash' | 'file-hash', Uint8Array>>,
  theirs: Theirs | undefined,
): Promise<HashRun> {
  setModuleBytes('layer-hash', modules['layer-hash'])
  setModuleBytes('file-hash', modules['file-hash'])
  const whole = noise(32 << 20, 1)
  const files = Array.from({ length: 800 }, (_, file) => noise(39_000 + ((file * 7919) % 3000), file))
  const hasher = await openHasher()
  const digester = new WasmDigester()
  const stream = await least({
    module: () => {
      for (let at = 0; at < whole.length; at += 1 << 20) hasher.update(whole.subarray(at, at + (1 << 20)))
      hasher.finish()
    },
    subtle: () => crypto.subtle.digest('SHA-256', whole),
    ...(theirs ? { 'hash-wasm': () => theirs(whole) } : {}),
  })
  const all = async () => {
    const digests: string[] = []
    for (let at = 0; at < files.length; at += 100) digests.push(...(await digester.many(files.slice(at, at + 100))))
    return digests
  }
  const many = await least({
    'module, four lanes': all,
    subtle: async () => {
      for (const file of files) await crypto.subtle.digest('SHA-256', file)
    },
    ...(theirs ? { 'hash-wasm': () => files.map(theirs) } : {}),
  })
  return { stream, files: many, digests: [await digester.digest(whole), ...(await all())] }
}

async function least(engines: Readonly<Record<string, () => unknown>>): Promise<Record<string, number>> {
  const found: Record<string, number> = {}
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, once] of Object.entries(engines)) {
      const began = performance.now()
      await once()
      found[name] = Math.min(found[name] ?? Number.POSITIVE_INFINITY, performance.now() - began)
    }
  }
  return found
}

/** Bytes that nothing packs, the same for the same seed. */
export function noise(size: number, seed: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size)
  let word = seed + 1
  for (let at = 0; at < size; at++) {
    word = (Math.imul(word, 1_103_515_245) + 12_345) >>> 0
    bytes[at] = word >>> 24
  }
  return bytes
}
