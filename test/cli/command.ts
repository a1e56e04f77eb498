// The command as its users have it: built, in a process of its own, with a state folder of its own.

import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

export interface Ran {
  readonly stdout: string
  readonly stderr: string
  /** 128 + n for a signal. */
  readonly status: number
}

export class Command {
  readonly folder = mkdtempSync(join(tmpdir(), 'cowbox-test-'))
  readonly home: string
  readonly path: string

  /** `home`: the state folder, below the folder of this test. */
  constructor(home = 'home') {
    this.home = join(this.folder, home)
    // A folder of its own: whoever builds dist meanwhile does not disturb.
    writeFileSync(join(this.folder, 'package.json'), '{"type":"module"}')
    execFileSync(process.execPath, [join(root, 'test/build.mjs'), 'node', join(this.folder, 'dist')])
    this.path = join(this.folder, 'dist/cowbox.cjs')
  }

  start(...args: string[]): ChildProcess {
    return spawn(process.execPath, [this.path, ...args], { env: this.env, cwd: this.folder })
  }

  get env(): NodeJS.ProcessEnv {
    return { ...process.env, COWBOX_HOME: this.home }
  }

  run(...args: string[]): Promise<Ran> {
    return finish(this.start(...args))
  }

  /** As `run`, with stdin. */
  feed(input: string | Uint8Array, ...args: string[]): Promise<Ran> {
    const child = this.start(...args)
    child.stdin?.end(input)
    return finish(child)
  }

  /** The process that runs the only container, by its pid file. */
  runnerPid(): number {
    const [id = ''] = readdirSync(join(this.home, 'containers')).filter(name => name.length === 64)
    return JSON.parse(readFileSync(join(this.home, 'containers', id, 'pid'), 'utf8')).pid
  }

  async remove(): Promise<void> {
    const { stdout } = await this.run('ps', '-aq')
    const ids = stdout.split('\n').filter(id => id !== '')
    if (ids.length > 0) await this.run('rm', '-f', ...ids)
    rmSync(this.folder, { recursive: true, force: true })
  }
}

export function finish(child: ChildProcess): Promise<Ran> {
  const out: Buffer[] = []
  const err: Buffer[] = []
  child.stdout?.on('data', chunk => out.push(chunk))
  child.stderr?.on('data', chunk => err.push(chunk))
  return new Promise(resolve => {
    child.on('close', (code, signal) => {
      const status = code ?? (signal === 'SIGKILL' ? 137 : 128)
      resolve({ stdout: String(Buffer.concat(out)), stderr: String(Buffer.concat(err)), status })
    })
  })
}

export async function eventually(what: () => boolean | Promise<boolean>): Promise<void> {
  for (let left = 200; !(await what()); left--) {
    if (left === 0) throw new Error(`it never came true: ${what}`)
    await new Promise(resolve => setTimeout(resolve, 25))
  }
}
