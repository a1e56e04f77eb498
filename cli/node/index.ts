// The library in Node: `import { Engine, virtualClock } from 'cowbox'`.

import { resolve } from 'node:path'
import { Engine as Core } from '../../engine/engine.ts'
import { Library } from '../../engine/library.ts'
import { LayoutStore } from '../../image/layout-store.ts'
import { MemoryStore } from '../../image/memory-store.ts'
import { setGunzipStream } from '../../lib/gunzip-stream.ts'
import { allPrograms } from '../programs.ts'
import { openBind } from './bind.ts'
import { nodeDigester } from './digester.ts'
import { nodeGunzip } from './gunzip.ts'
import { nodeHost } from './host.ts'
import { HostDirectory } from './host-directory.ts'
import { NodeLayoutFiles } from './layout-files.ts'
import { openScreen } from './screen.ts'

export { type Applet, applet, type Declaration, Failure, type Invocation } from '../../applets/applet.ts'
export { Box, type Executed, type Screen, Snapshot } from '../../engine/box.ts'
export { DockerfileError } from '../../engine/build/dockerfile.ts'
export { EngineError, type EngineErrorCode, StartError } from '../../engine/errors.ts'
export { assertBox, matchers, type Verdict } from '../../engine/expectations.ts'
export { type Library, type LibraryBuildOptions, virtualClock } from '../../engine/library.ts'
export { LineCoverage } from '../../engine/line-coverage.ts'
export type { FaultTarget, ProcessRecord } from '../../engine/observer.ts'
export type { RunOptions } from '../../engine/run-options.ts'
export type { Stub, StubCall, StubHandler, StubResult } from '../../engine/stubs.ts'
export { SysError } from '../../kernel/errno.ts'
export type { Process } from '../../kernel/process.ts'
export type { Program } from '../../kernel/program.ts'
export * as option from '../../lib/options.ts'

declare const COWBOX_VERSION: string | undefined

export interface OpenOptions {
  /** A folder that keeps images (an OCI image layout); by default they live in memory. */
  readonly store?: string
}

setGunzipStream(nodeGunzip)

/** Beside the bundle; from the sources, as tests run, the built one. */
const digester = nodeDigester(
  new URL(typeof COWBOX_VERSION === 'undefined' ? '../../dist/hash-worker.cjs' : './hash-worker.cjs', import.meta.url),
)

export const Engine = {
  async open(how: OpenOptions = {}): Promise<Library> {
    const store =
      how.store === undefined
        ? new MemoryStore(digester)
        : new LayoutStore(new NodeLayoutFiles(resolve(how.store)), digester)
    const core = new Core({
      host: nodeHost,
      store,
      programs: allPrograms(),
      digester,
      openBind: path => openBind(resolve(path)),
    })
    return new Library(core, { openContext: path => new HostDirectory(resolve(path)).root, openScreen })
  },
}
