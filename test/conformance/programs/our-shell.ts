// Our own shell in a container of the base image, with copies of the host's folders in its working directory.

import { nodeHost } from '../../../cli/node/host.ts'
import { HostDirectory } from '../../../cli/node/host-directory.ts'
import { allPrograms } from '../../../cli/programs.ts'
import { Engine } from '../../../engine/engine.ts'
import { Library } from '../../../engine/library.ts'
import { MemoryStore } from '../../../image/memory-store.ts'
import type { RealRun } from '../../real-busybox.ts'

const core = new Engine({
  host: nodeHost,
  store: new MemoryStore(),
  programs: allPrograms(),
  openBind: path => new HostDirectory(path),
})
const library = new Library(core, { openContext: path => new HostDirectory(path).root })

export interface OurRun {
  readonly shell: 'sh' | 'bash'
  readonly command: string
  /** The folder of this machine, and its name in the working directory. */
  readonly folder: string
  readonly name: string
  readonly seconds: number
}

/** Status 137 when it did not end in time. */
export async function runOurs({ shell, command, folder, name, seconds }: OurRun): Promise<RealRun> {
  const box = await library.run('busybox', {
    cmd: ['sleep', 'inf'],
    entrypoint: [],
    workingDirectory: '/tmp/box',
    hostname: 'box',
    mounts: [{ type: 'bind', source: folder, target: '/mnt/checkout', readOnly: true }],
  })
  const late = setTimeout(() => void box.kill('KILL'), seconds * 1000)
  try {
    await box.exec(['sh', '-c', 'mkdir -p "${1%/*}"; cp -a /mnt/checkout "$1"', 'sh', `./${name}`])
    // The base image has no bash.
    if (shell !== 'sh') await box.exec(['ln', '-s', 'busybox', '/bin/bash'])
    const { stdout, stderr, exitCode } = await box.exec([shell, '-c', command])
    return { stdout, stderr, status: exitCode }
  } finally {
    clearTimeout(late)
    if (box.isRunning) await box.kill('KILL')
  }
}
