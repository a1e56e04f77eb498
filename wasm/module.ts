// The door through which the modules' bytes come in: how a file becomes bytes is a matter of the host and its bundler.

/** `layer-hash` takes one stream, `file-hash` many files at a time. */
export type ModuleName = 'layer-hash' | 'file-hash'

const kept = new Map<ModuleName, Uint8Array>()
const compiled = new Map<ModuleName, Promise<WebAssembly.Module>>()

/** Called by the outermost room (command line, page, worker, test) with what the file of that name holds. */
export function setModuleBytes(name: ModuleName, bytes: Uint8Array): void {
  kept.set(name, bytes)
  compiled.delete(name)
}

/** Compiled once a thread. Throws an Error when nobody has set its bytes. */
export async function moduleNamed(name: ModuleName): Promise<WebAssembly.Module> {
  const bytes = kept.get(name)
  if (!bytes) throw new Error(`the module ${name} is not there: call setModuleBytes first`)
  const module = compiled.get(name) ?? WebAssembly.compile(bytes)
  compiled.set(name, module)
  return module
}
