// The handful of globals that every host has (Node 20, window, worker). A source room sees these and nothing else of its host.

/** V8's and JavaScriptCore's; elsewhere it has no effect. */
interface ErrorConstructor {
  stackTraceLimit: number
}

declare class TextEncoder {
  encode(text?: string): Uint8Array
  encodeInto(text: string, into: Uint8Array): { read: number; written: number }
}

declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean })
  decode(bytes?: Uint8Array, options?: { stream?: boolean }): string
}

declare namespace WebAssembly {
  class Module {
    constructor(bytes: Uint8Array)
  }
  class Instance {
    constructor(module: Module, imports?: Record<string, Record<string, unknown>>)
    readonly exports: Record<string, unknown>
  }
  class Memory {
    constructor(size: { initial: number; maximum?: number; shared?: boolean })
    readonly buffer: ArrayBuffer
    grow(pages: number): number
  }
  function compile(bytes: Uint8Array): Promise<Module>
}

interface ReadableStreamReader {
  read(): Promise<{ done: boolean; value: Uint8Array | undefined }>
  cancel(reason?: unknown): Promise<void>
  releaseLock(): void
}

interface WritableStreamWriter {
  write(bytes: Uint8Array): Promise<void>
  close(): Promise<void>
  abort(reason?: unknown): Promise<void>
}

interface TransformPair {
  readonly readable: { getReader(): ReadableStreamReader }
  readonly writable: { getWriter(): WritableStreamWriter }
}

declare class CompressionStream implements TransformPair {
  constructor(format: 'gzip' | 'deflate' | 'deflate-raw')
  readonly readable: { getReader(): ReadableStreamReader }
  readonly writable: { getWriter(): WritableStreamWriter }
}

declare class DecompressionStream implements TransformPair {
  constructor(format: 'gzip' | 'deflate' | 'deflate-raw')
  readonly readable: { getReader(): ReadableStreamReader }
  readonly writable: { getWriter(): WritableStreamWriter }
}

/** Ends work that is under way: DOM's AbortSignal, as Node has it too. */
interface AbortSignal {
  readonly aborted: boolean
  readonly reason: unknown
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void
  removeEventListener(type: 'abort', listener: () => void): void
  throwIfAborted(): void
}

declare function structuredClone<T>(value: T): T
declare function queueMicrotask(run: () => void): void
/** The bytes that base64 text stands for, a letter each. */
declare function atob(text: string): string
declare function btoa(text: string): string

/** WHATWG's: how every host reads an address. Throws TypeError for what is none. */
declare class URL {
  constructor(url: string, base?: string)
  readonly href: string
  readonly origin: string
  readonly protocol: string
  readonly host: string
  readonly hostname: string
  readonly pathname: string
  readonly search: string
}
