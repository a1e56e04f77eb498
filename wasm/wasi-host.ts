// Runs a WASI preview 1 command on @wasmer/wasi, with reads and writes of our own: bytes go straight between the caller
// and the module, where the library would want all of stdin before the start.

/** What hosts a command. The library behind it is not maintained any more: nothing else here knows it. */
export interface WasiHost {
  open(module: WebAssembly.Module, stdio: Stdio): WasiCommand
}

export interface Stdio {
  /** Fills the room as far as it can: how many bytes, 0 at the end, undefined: nothing yet (the command sees EAGAIN). */
  read(into: Uint8Array): number | undefined
  /** `bytes` are the module's own memory: copy what is to be kept. */
  write(bytes: Uint8Array): void
}

/** An instance with its memory. */
export interface WasiCommand {
  /** Runs `_start` once more in the same instance; the exit status. */
  start(): number
  /** Must be called, or the library keeps its part for ever. */
  free(): void
}

const EAGAIN = 6
const EBADF = 8

/** The library is half a megabyte with its own wasm inside: it is loaded and started at the first call. */
export function wasmerHost(): Promise<WasiHost> {
  loading ??= load()
  return loading
}

let loading: Promise<WasiHost> | undefined

async function load(): Promise<WasiHost> {
  const { WASI, init } = await import('@wasmer/wasi')
  await withBuffer(() => init())
  return { open: (module, stdio) => open(new WASI({ args: ['layer-hash'] }), module, stdio) }
}

/** What of the library's class is used. */
interface Library {
  getImports(module: WebAssembly.Module): object
  start(instance?: WebAssembly.Instance): number
  free(): void
}

function open(wasi: Library, module: WebAssembly.Module, stdio: Stdio): WasiCommand {
  // getImports gives a record of namespaces, which its types do not say.
  const imports = wasi.getImports(module) as Record<string, Record<string, unknown>>
  const calls = { ...imports.wasi_snapshot_preview1, ...ownCalls(stdio, () => memoryOf(instance)) }
  const instance = new WebAssembly.Instance(module, { ...imports, wasi_snapshot_preview1: calls })
  let isStarted = false
  return {
    start: () => {
      if (isStarted) return wasi.start()
      isStarted = true
      return wasi.start(instance)
    },
    free: () => wasi.free(),
  }
}

/** No method of the library may be called in these: it is in the middle of one. */
function ownCalls(stdio: Stdio, memory: () => ArrayBuffer) {
  return {
    fd_read: (fd: number, vectors: number, count: number, done: number): number => {
      if (fd !== 0) return EBADF
      let sum = 0
      for (const room of rooms(memory(), vectors, count)) {
        const length = stdio.read(room)
        if (length === undefined && sum === 0) return EAGAIN
        sum += length ?? 0
        if ((length ?? 0) < room.length) break
      }
      new DataView(memory()).setUint32(done, sum, true)
      return 0
    },
    fd_write: (fd: number, vectors: number, count: number, done: number): number => {
      if (fd !== 1) return EBADF
      let sum = 0
      for (const bytes of rooms(memory(), vectors, count)) {
        stdio.write(bytes)
        sum += bytes.length
      }
      new DataView(memory()).setUint32(done, sum, true)
      return 0
    },
  }
}

/** The stretches of memory that an array of iovecs names. */
function* rooms(memory: ArrayBuffer, vectors: number, count: number): Generator<Uint8Array> {
  const view = new DataView(memory)
  for (let at = vectors; at < vectors + 8 * count; at += 8) {
    yield new Uint8Array(memory, view.getUint32(at, true), view.getUint32(at + 4, true))
  }
}

function memoryOf({ exports }: WebAssembly.Instance): ArrayBuffer {
  // A WASI command exports its memory by this name (WASI application ABI).
  return (exports.memory as WebAssembly.Memory).buffer
}

/** The library decodes its own wasm with Node's Buffer, also where there is none. */
async function withBuffer(run: () => Promise<void>): Promise<void> {
  // A global that only one of the hosts has.
  const globals = globalThis as { Buffer?: unknown }
  if (globals.Buffer !== undefined) return run()
  globals.Buffer = { from: (text: string) => Uint8Array.from(atob(text), letter => letter.charCodeAt(0)) }
  try {
    await run()
  } finally {
    delete globals.Buffer
  }
}
