// The library in a browser: the engine, its stores, and a host for it.

export { allPrograms } from '../cli/programs.ts'
export { type CreateOptions, Engine, type EngineParts } from '../engine/engine.ts'
export type { Attachment, ContainerHandle, Containers } from '../engine/handle.ts'
export { type LayoutFiles, LayoutStore } from '../image/layout-store.ts'
export { MemoryStore } from '../image/memory-store.ts'
export type { Image, Store } from '../image/store.ts'
export { browserHost } from './browser-host.ts'
export { openStore } from './open-store.ts'
export { OpfsFiles } from './opfs-files.ts'
