// Commands that a test brings: executables in the box whose programs are the test's, played by a script or a function.

import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import type { ExecutableFormat, Program } from '../kernel/program.ts'
import type { CowFileSystem, CowInode } from '../kernel/vfs/cow.ts'
import type { Inode } from '../kernel/vfs/inode.ts'
import { decode, encode } from '../lib/bytes.ts'

/** How a stub was called. */
export interface StubCall {
  readonly argv: readonly string[]
  readonly env: ReadonlyMap<string, string>
  readonly cwd: string
  /** Reads all of its stdin. */
  stdin(): Promise<string>
}

export interface StubResult {
  readonly stdout?: string
  readonly stderr?: string
  readonly exitCode?: number
}

export type StubHandler = (
  call: StubCall,
) => string | StubResult | undefined | void | Promise<string | StubResult | undefined | void>

/** The text of a script (without a `#!` line it is sh's), or a function that answers. */
export type Stub = string | StubHandler

const MARK = '\x7fCOWBOX stub '
/** Where the scripts of stubs lie in a box. */
export const STUB_FOLDER = '/usr/local/lib/cowbox-stubs'
const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

export class Stubs {
  readonly calls = new Map<string, StubCall[]>()
  readonly #programs = new Map<string, Program>()
  readonly #stubs: Readonly<Record<string, Stub>>

  /** `commands`: programs that the test has beside those of the box; their calls are not noted. */
  constructor(stubs: Readonly<Record<string, Stub>>, commands: readonly Program[] = []) {
    this.#stubs = stubs
    for (const command of commands) this.#programs.set(command.name, command)
    for (const [name, stub] of Object.entries(stubs)) {
      this.calls.set(name, [])
      this.#programs.set(name, this.#program(name, stub))
    }
  }

  get isEmpty(): boolean {
    return this.#programs.size === 0
  }

  /** Where an executable file says that a stub is to be run. */
  readonly format: ExecutableFormat = {
    name: 'stub',
    load: ({ head, argv }) => {
      const text = decode(head)
      if (!text.startsWith(MARK)) return undefined
      const program = this.#programs.get(text.slice(MARK.length, text.indexOf('\n')))
      return program && { program, argv }
    },
  }

  /** Over the command of that name where PATH finds one, else in PATH's first directory that is there; a path as it is. */
  place(tree: CowFileSystem, path: string = DEFAULT_PATH): void {
    for (const name of this.#programs.keys()) putFile(tree, placeOf(tree, name, path), `${MARK}${name}\n`)
    for (const [name, stub] of Object.entries(this.#stubs)) {
      if (typeof stub === 'string') putFile(tree, scriptPath(name), stub.startsWith('#!') ? stub : `#!/bin/sh\n${stub}`)
    }
  }

  #program(name: string, stub: Stub): Program {
    return {
      name,
      main: proc => {
        const call = callOf(proc)
        this.calls.get(name)?.push(call)
        return typeof stub === 'string' ? proc.exec(scriptPath(name), proc.argv) : answer(proc, stub(call))
      },
    }
  }
}

function callOf(proc: Process): StubCall {
  let read: Promise<string> | undefined
  return {
    argv: [...proc.argv],
    env: new Map(proc.env),
    cwd: proc.cwd,
    stdin: () => (read ??= proc.stdin.all().then(decode)),
  }
}

async function answer(proc: Process, given: ReturnType<StubHandler>): Promise<number> {
  const result = await given
  const { stdout = '', stderr = '', exitCode = 0 } = typeof result === 'string' ? { stdout: result } : (result ?? {})
  await proc.stdout.write(stdout)
  await proc.stderr.write(stderr)
  return exitCode
}

function scriptPath(name: string): string {
  return `${STUB_FOLDER}/${name.replace(/\//g, '_')}`
}

function placeOf(tree: CowFileSystem, name: string, path: string): string {
  if (name.includes('/')) return name.startsWith('/') ? name : `/${name}`
  const directories = path.split(':').filter(directory => directory.startsWith('/'))
  const found =
    directories.find(directory => find(tree, `${directory}/${name}`)) ?? directories.find(each => find(tree, each))
  return `${found ?? '/usr/local/bin'}/${name}`
}

function find(tree: CowFileSystem, path: string): Inode | undefined {
  let inode: Inode | undefined = tree.root
  for (const name of path.split('/').filter(part => part !== '')) {
    if (inode?.kind === 'symlink') return undefined
    if (inode?.kind !== 'directory') return undefined
    inode = inode.lookup(name)
  }
  return inode
}

/** Replaces what has that name; a link is replaced, not followed, for behind it may be every other command. */
function putFile(tree: CowFileSystem, path: string, text: string): void {
  const names = path.split('/').filter(part => part !== '')
  const name = names.pop()
  if (name === undefined) throw new SysError('EISDIR')
  const owner = { uid: 0, gid: 0 }
  let directory = tree.root
  for (const each of names) {
    const next = directory.lookup(each) ?? directory.create(each, { kind: 'directory', mode: 0o755, ...owner })
    if (next.kind !== 'directory') throw new SysError('ENOTDIR')
    // A copy-on-write tree holds nothing else.
    directory = next as CowInode
  }
  if (directory.lookup(name)) directory.unlink(name)
  directory.create(name, { kind: 'file', mode: 0o755, ...owner }).setContents(encode(text))
}
