// A small system with our shell in it, for tests of the shell.

import { applets } from '../../applets/index.ts'
import { APPLET_MARK, appletFormat, scriptFormat } from '../../kernel/formats.ts'
import type { Kernel, KernelOptions } from '../../kernel/kernel.ts'
import type { Program } from '../../kernel/program.ts'
import { exitStatus } from '../../kernel/wait-status.ts'
import { encode } from '../../lib/bytes.ts'
import { bash } from '../../shell/bash.ts'
import { ash, sh } from '../../shell/sh.ts'
import { type Ran, run, testKernel } from '../kernel/box.ts'

/** Programs that a shell's tests need, whatever applets there are. */
const own: readonly Program[] = [
  sh,
  ash,
  bash,
  {
    name: 'sleep',
    async main(proc) {
      await proc.sleep(Number(proc.argv[1]) * 1000)
      return 0
    },
  },
  {
    name: 'env',
    async main(proc) {
      for (const [name, value] of proc.env) await proc.stdout.line(`${name}=${value}`)
      return 0
    },
  },
  {
    name: 'yes',
    async main(proc) {
      for (;;) await proc.stdout.line('y')
    },
  },
  { name: 'argv', main: proc => (void proc.stdout.line(proc.argv.map(word => `<${word}>`).join('')), 0) },
]

export interface BoxOptions extends Partial<KernelOptions> {
  readonly files?: Readonly<Record<string, string>>
  readonly stdin?: string
  /** The shell: `sh`, or another program. */
  readonly program?: string
}

export function shellKernel(how: BoxOptions = {}): Kernel {
  const { files = {}, ...options } = how
  const programs = new Map<string, Program>()
  for (const applet of applets) for (const name of [applet.name, ...applet.aliases]) programs.set(name, applet)
  for (const program of own) programs.set(program.name, program)
  const kernel = testKernel({}, { formats: [scriptFormat, appletFormat(programs)], ...options })
  const root = kernel.mounts.root.root
  const owner = { uid: 0, gid: 0 }
  const bin = root.create('bin', { kind: 'directory', mode: 0o755, ...owner })
  for (const name of programs.keys()) setFile(bin.create(name, { kind: 'file', mode: 0o755, ...owner }), APPLET_MARK)
  root.create('etc', { kind: 'directory', mode: 0o755, ...owner })
  root.create('root', { kind: 'directory', mode: 0o700, ...owner })
  for (const [name, text] of Object.entries(files)) {
    setFile(root.create(name, { kind: 'file', mode: name.startsWith('x') ? 0o755 : 0o644, ...owner }), text)
  }
  return kernel
}

function setFile(inode: object, text: string): void {
  // The tree of tests is a CowFileSystem, whose files take their contents so.
  ;(inode as { setContents(bytes: Uint8Array): void }).setContents(encode(text))
}

export const ENV: ReadonlyMap<string, string> = new Map([
  ['PATH', '/bin'],
  ['HOME', '/root'],
])

/** Runs `sh ARGS` in /tmp. */
export async function shell(args: readonly string[], how: BoxOptions = {}): Promise<Ran> {
  const kernel = shellKernel(how)
  return run(kernel, async init => {
    init.chdir('/tmp')
    const stdin = how.stdin
    if (stdin !== undefined) {
      const [read, write] = init.pipe({ closeOnExec: true })
      init.dup(read, { onto: 0 })
      await init.write(write, encode(stdin))
      init.close(read)
      init.close(write)
    }
    const { program = 'sh' } = how
    const child = init.fork(process => process.exec(`/bin/${program}`, [program, ...args], ENV))
    const found = await init.wait(child.pid)
    return found ? exitStatus(found[1]) : 255
  })
}

export function script(text: string, how: BoxOptions = {}): Promise<Ran> {
  return shell(['-c', text], how)
}
