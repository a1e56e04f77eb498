// `cowbox test` in memory: the command line as a program in a small system whose files are the test's.

import { cowboxProgram } from '../../cli/program.ts'
import { Capture } from '../../kernel/capture.ts'
import { VirtualClock } from '../../kernel/clock.ts'
import type { CowInode } from '../../kernel/vfs/cow.ts'
import { decode, encode } from '../../lib/bytes.ts'
import { testEngine } from '../engine-box.ts'
import { driveToEnd, type Ran, testKernel } from '../kernel/box.ts'

export interface CowboxOptions {
  /** By absolute path; what ends in `/` is a directory. */
  readonly files: Readonly<Record<string, string | Uint8Array>>
  readonly env?: Readonly<Record<string, string>>
}

export interface CowboxRan extends Ran {
  /** A file of the host, as it is after the run. */
  read(path: string): string
}

/** `cowbox ARGS` in /tests. */
export async function cowbox(args: readonly string[], how: CowboxOptions): Promise<CowboxRan> {
  const clock = new VirtualClock()
  const engine = testEngine(clock)
  const kernel = testKernel({}, { host: engine.host })
  const root = kernel.mounts.root.root
  for (const [path, contents] of Object.entries(how.files)) put(root as CowInode, path, contents)
  if (!root.lookup('tests')) put(root as CowInode, '/tests/', '')
  const [stdout, stderr] = [new Capture(), new Capture()]
  const argv = ['cowbox', ...args]
  const env = new Map(Object.entries(how.env ?? {}))
  const proc = kernel.boot({ argv, env, descriptions: [new Capture(), stdout, stderr] }, booted => {
    booted.chdir('/tests')
    return { program: cowboxProgram({ engine, name: 'cowbox', version: '0' }), argv }
  })
  await driveToEnd(kernel, () => proc.status !== undefined)
  const { status } = proc
  return {
    stdout: decode(stdout.bytes),
    stderr: decode(stderr.bytes),
    status: status && 'exited' in status ? status.exited : JSON.stringify(status),
    read: path => decode(find(root as CowInode, path).readAll()),
  }
}

function put(root: CowInode, path: string, contents: string | Uint8Array): void {
  const names = path.split('/').filter(name => name !== '')
  const owner = { uid: 0, gid: 0 }
  let directory = root
  for (const name of path.endsWith('/') ? names : names.slice(0, -1)) {
    const next = directory.lookup(name) ?? directory.create(name, { kind: 'directory', mode: 0o755, ...owner })
    directory = next as CowInode
  }
  const last = names.at(-1)
  if (path.endsWith('/') || last === undefined) return
  const file = directory.create(last, { kind: 'file', mode: last.endsWith('.sh') ? 0o755 : 0o644, ...owner })
  file.setContents(typeof contents === 'string' ? encode(contents) : contents)
}

function find(root: CowInode, path: string): CowInode {
  let inode = root
  for (const name of path.split('/').filter(part => part !== '')) {
    const next = inode.lookup(name)
    if (!next) throw new Error(`${path} is not there`)
    inode = next as CowInode
  }
  return inode
}
