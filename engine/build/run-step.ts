// RUN: a container over the stage's tree.

import type { RunConfig } from '../../image/config.ts'
import type { Host } from '../../kernel/host.ts'
import type { ExecutableFormat } from '../../kernel/program.ts'
import type { CowFileSystem } from '../../kernel/vfs/cow.ts'
import type { FileSystem } from '../../kernel/vfs/inode.ts'
import { Container } from '../container.ts'
import { newId } from '../names.ts'
import type { MountSpecification } from '../specification.ts'
import type { Listener } from '../tap.ts'

export interface RunStep {
  readonly host: Host
  readonly formats: readonly ExecutableFormat[]
  readonly tree: CowFileSystem
  readonly config: RunConfig
  readonly argv: readonly string[]
  /** ENV and the ARGs in scope. */
  readonly env: readonly string[]
  readonly mounts: readonly MountSpecification[]
  readonly openSource: (type: 'bind' | 'volume', source: string) => FileSystem
  readonly listen: Listener
  readonly signal: AbortSignal | undefined
}

export interface RunResult {
  readonly status: number
  /** Layers below what the command itself changed: what the engine made is no part of the image. */
  readonly baseLayers: number
}

/** Throws StartError, and EngineError for an unknown user. */
export async function runStep(step: RunStep): Promise<RunResult> {
  const id = newId(step.host.random)
  const container = new Container(
    {
      id,
      name: id.slice(0, 12),
      created: step.host.clock.now(),
      image: '',
      imageId: '',
      entrypoint: [],
      cmd: step.argv,
      env: step.env,
      user: step.config.User ?? '',
      workingDirectory: step.config.WorkingDir ?? '/',
      hostname: 'buildkitsandbox',
      tty: false,
      openStdin: false,
      readOnly: false,
      init: false,
      autoRemove: true,
      mounts: step.mounts,
      labels: {},
      stopSignal: 'SIGKILL',
      stopTimeout: 0,
      exposedPorts: [],
      limits: {},
      extraHosts: [],
    },
    { host: step.host, root: step.tree, formats: step.formats, openSource: step.openSource },
  )
  const baseLayers = container.prepare()
  container.output.listen(step.listen)
  const session = container.start()
  const abort = () => container.kill(9)
  step.signal?.addEventListener('abort', abort, { once: true })
  const status = await session.ended
  step.signal?.removeEventListener('abort', abort)
  step.signal?.throwIfAborted()
  return { status, baseLayers }
}
