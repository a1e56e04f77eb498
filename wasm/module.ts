// The door through which the module's bytes come in: how a file becomes bytes is a matter of the host and its bundler.

let kept: Uint8Array | undefined
let compiled: Promise<WebAssembly.Module> | undefined

/** Called once by the outermost room (command line, page, worker, test) with what `layer-hash.wasm` holds. */
export function setModuleBytes(bytes: Uint8Array): void {
  kept = bytes
  compiled = undefined
}

/** Throws an Error when nobody has set them. */
export function moduleBytes(): Uint8Array {
  if (!kept) throw new Error('the hashing module is not there: call setModuleBytes first')
  return kept
}

/** Compiled once a thread. */
export function hashingModule(): Promise<WebAssembly.Module> {
  compiled ??= WebAssembly.compile(moduleBytes())
  return compiled
}
