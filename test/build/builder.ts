// Builds in memory for tests: a context of texts, Node's clock.

import { nodeHost } from '../../cli/node/host.ts'
import { allPrograms } from '../../cli/programs.ts'
import { build } from '../../engine/build/build.ts'
import { SourceTree } from '../../engine/build/context.ts'
import { IgnoreFile } from '../../engine/build/ignore.ts'
import type { BuildOptions, BuildResult } from '../../engine/build/options.ts'
import type { ProgressEvent } from '../../engine/build/progress.ts'
import { Engine } from '../../engine/engine.ts'
import { applyLayer } from '../../image/apply.ts'
import { MemoryStore } from '../../image/memory-store.ts'
import type { Image } from '../../image/store.ts'
import type { Host } from '../../kernel/host.ts'
import { CowFileSystem } from '../../kernel/vfs/cow.ts'
import { decode, encode } from '../../lib/bytes.ts'
import { type NewTarEntry, writeTar } from '../../lib/tar.ts'

export type Files = Readonly<Record<string, string | Uint8Array | NewTarEntry>>

export interface Built extends BuildResult {
  readonly image: Image
  readonly output: string
  readonly events: readonly ProgressEvent[]
}

const programs = allPrograms()
/** Tests reach no registry. */
const { fetch: _network, ...offlineHost } = nodeHost

export class TestBuilder {
  readonly engine: Engine

  constructor(host: Host = offlineHost) {
    this.engine = new Engine({ host, store: new MemoryStore(), programs })
  }

  async build(dockerfile: string, files: Files = {}, how: Partial<BuildOptions> = {}): Promise<Built> {
    const events: ProgressEvent[] = []
    let output = ''
    const ignore = new IgnoreFile(typeof files['.dockerignore'] === 'string' ? files['.dockerignore'] : '')
    const result = await build(this.engine, {
      dockerfile,
      context: contextOf(files, ignore),
      ignore,
      ...how,
      progress(event) {
        events.push(event)
        if (event.kind === 'output') output += decode(event.bytes)
        return how.progress?.(event)
      },
    })
    const { image } = result
    if (!image) throw new Error('there is no image')
    return { ...result, image, output, events }
  }

  /** The message of a build that fails, with its line. */
  async failure(dockerfile: string, files: Files = {}, how: Partial<BuildOptions> = {}): Promise<string> {
    try {
      await this.build(dockerfile, files, how)
    } catch (error) {
      if (!(error instanceof Error)) throw error
      return `${'line' in error ? `${error.line}: ` : ''}${error.message}`
    }
    throw new Error('the build went well')
  }

  /** Steps by how they ended: `CACHED [2/3] COPY . /`. */
  static outcomes({ events }: Built): string[] {
    return events.flatMap(event =>
      event.kind === 'end' && /^\[[^i]/.test(event.step.name) ? [`${event.outcome} ${event.step.name}`] : [],
    )
  }
}

export function contextOf(files: Files, ignore = new IgnoreFile('')): SourceTree {
  const fs = new CowFileSystem({ now: () => 0n })
  const entries = Object.entries(files).map(([path, file]): NewTarEntry => {
    if (typeof file === 'string') return { path, kind: 'file', mode: 0o644, contents: encode(file) }
    return file instanceof Uint8Array ? { path, kind: 'file', mode: 0o644, contents: file } : file
  })
  applyLayer(fs, writeTar(entries))
  return new SourceTree(fs.root, ignore)
}
