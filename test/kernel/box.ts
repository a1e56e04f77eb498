// A kernel over an empty tree, for tests of what stands on it.

import { Capture } from '../../kernel/capture.ts'
import { type Clock, VirtualClock } from '../../kernel/clock.ts'
import { type Host, seededRandom } from '../../kernel/host.ts'
import { Kernel, type KernelOptions } from '../../kernel/kernel.ts'
import type { Body } from '../../kernel/process.ts'
import { CowFileSystem } from '../../kernel/vfs/cow.ts'
import { createDevFileSystem } from '../../kernel/vfs/dev.ts'
import { NULL } from '../../kernel/vfs/device.ts'
import { ProcFileSystem } from '../../kernel/vfs/proc.ts'
import { decode, encode } from '../../lib/bytes.ts'

export function testHost(clock: Clock = new VirtualClock()): Host {
  return {
    clock,
    now: () => performance.now(),
    random: seededRandom(1),
    turn: () => new Promise(resolve => setImmediate(resolve)),
  }
}

/** A kernel with /dev, /proc, /tmp and whatever files are given (path without a leading slash, contents). */
export function testKernel(files: Record<string, string> = {}, how: Partial<KernelOptions> = {}): Kernel {
  const host = how.host ?? testHost()
  const root = new CowFileSystem({ now: () => BigInt(Math.floor(host.clock.now())) * 1_000_000n })
  const kernel = new Kernel({ formats: [], ...how, host, root })
  const owner = { uid: 0, gid: 0 }
  for (const name of ['dev', 'proc', 'tmp']) root.root.create(name, { kind: 'directory', mode: 0o1777, ...owner })
  kernel.mount(createDevFileSystem({ now: kernel.nanoseconds }), '/dev')
  kernel.mount(new ProcFileSystem(kernel), '/proc')
  for (const [name, text] of Object.entries(files)) {
    const file = root.root.create(name, { kind: 'file', mode: 0o755, ...owner })
    file.setContents(encode(text))
  }
  return kernel
}

export interface Ran {
  readonly stdout: string
  readonly stderr: string
  readonly status: number | string
}

/** Runs a body as init, moving a virtual clock whenever everybody sleeps. */
export async function run(kernel: Kernel, body: Body): Promise<Ran> {
  const stdout = new Capture()
  const stderr = new Capture()
  const program = { name: 'init', main: body }
  const nothing = kernel.opener.device(
    { stat: () => ({ rdev: NULL, kind: 'character' }) } as never,
    { read: true },
    '/dev/null',
  )
  const proc = kernel.boot({ argv: ['init'], descriptions: [nothing, stdout, stderr] }, () => ({
    program,
    argv: ['init'],
  }))
  await driveToEnd(kernel, () => proc.status !== undefined)
  const status = proc.status
  return {
    stdout: decode(stdout.bytes),
    stderr: decode(stderr.bytes),
    status: status && 'exited' in status ? status.exited : JSON.stringify(status),
  }
}

export async function driveToEnd(kernel: Kernel, isOver: () => boolean): Promise<void> {
  const { clock } = kernel
  while (!isOver()) {
    await kernel.idle()
    if (isOver()) return
    if (!(clock instanceof VirtualClock) || !clock.ringNext()) {
      throw new Error(`deadlock: ${JSON.stringify(kernel.sleepers())}`)
    }
  }
}
