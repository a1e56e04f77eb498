// The real busybox (Debian's static one) in a root made of rootfs/base: the judge of goldens, of `try` and of `fuzz`.

import { spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { constants, tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { decode } from '../lib/bytes.ts'
import { treeOfHost } from './left-behind.ts'

export interface RealRun {
  readonly stdout: string
  readonly stderr: string
  /** 128 + n when a signal ended it: SIGKILL when it did not end in time. */
  readonly status: number
}

export class RealBusybox {
  readonly #root: string

  private constructor(root: string) {
    this.#root = root
  }

  /**
   * undefined: not root, or no static busybox here and none to download.
   * `shell`: a program of this machine that is `sh` there, amid busybox's commands.
   */
  static open(how: { readonly shell?: string } = {}): RealBusybox | undefined {
    const binary = findBusybox()
    if (binary === undefined || process.getuid?.() !== 0) return undefined
    const root = makeRoot(binary)
    if (how.shell !== undefined) putShell(root, how.shell)
    return new RealBusybox(root)
  }

  /** The one that is installed, whatever BUSYBOX names. */
  static usual(): RealBusybox | undefined {
    const binary = installedBusybox()
    return binary === undefined ? undefined : new RealBusybox(makeRoot(binary))
  }

  /** An empty working directory with those files. */
  refresh(files: ReadonlyMap<string, string> = new Map()): void {
    const box = join(this.#root, 'tmp/box')
    rmSync(box, { recursive: true, force: true })
    mkdirSync(box, { mode: 0o755 })
    for (const [file, text] of files) writeFileSync(join(box, file), text)
  }

  /** What lies in the working directory, as this machine sees it. */
  path(name: string): string {
    return join(this.#root, 'tmp/box', name)
  }

  /** A copy of a folder of this machine in the working directory. */
  put(folder: string, name: string): void {
    cpSync(folder, join(this.#root, 'tmp/box', name), { recursive: true, verbatimSymlinks: true })
  }

  /** In the working directory, which stays as it is left. */
  run(command: string, how: { readonly seconds?: number } = {}): RealRun {
    const env = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', HOSTNAME: 'box', HOME: '/root' }
    // Processes of its own, and a /proc that shows no others: `killall` reaches nobody else. A loopback device of its own.
    const apart = ['--mount', '--net', '--pid', '--fork', '--kill-child', `--mount-proc=${join(this.#root, 'proc')}`]
    const shell = [
      'chroot',
      this.#root,
      '/bin/sh',
      '-c',
      `ifconfig lo up 2>/dev/null; cd /tmp/box; sh -c "$1"`,
      'sh',
      command,
    ]
    const ran = spawnSync('unshare', [...apart, ...shell], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(how.seconds === undefined ? {} : { timeout: how.seconds * 1000, killSignal: 'SIGKILL' }),
    })
    const status = ran.status ?? 128 + (ran.signal ? constants.signals[ran.signal] : 0)
    return { stdout: decode(ran.stdout), stderr: decode(ran.stderr), status }
  }

  /**
   * Many commands, each in a fresh copy of those files that `setup` was run in: far quicker than `refresh` and `run` for each.
   * `box` is the folder that it left.
   */
  runMany(
    commands: readonly string[],
    how: { readonly files: ReadonlyMap<string, string>; readonly setup: string; readonly seconds: number },
  ): (RealRun & { readonly left: string[] })[] {
    this.refresh(how.files)
    const out = join(this.#root, 'tmp/out')
    rmSync(out, { recursive: true, force: true })
    mkdirSync(out)
    for (const [at, command] of commands.entries()) writeFileSync(join(out, `${at}.sh`), command)
    this.run(
      MANY.replace('SETUP', how.setup)
        .replaceAll('COUNT', `${commands.length}`)
        .replaceAll('SECONDS', `${how.seconds}`),
    )
    const read = (at: number, name: string) => decode(readFileSync(join(out, `${at}.${name}`)))
    return commands.map((_, at) => ({
      stdout: read(at, 'out'),
      stderr: read(at, 'err'),
      status: Number(read(at, 'status')),
      left: treeOfHost(join(out, `${at}.box`)),
    }))
  }

  /** The files in the working directory now. */
  leftBehind(): string[] {
    const box = join(this.#root, 'tmp/box')
    return existsSync(box) ? treeOfHost(box) : []
  }

  /** What it was built with. */
  commands(): ReadonlySet<string> {
    const { stdout } = spawnSync('chroot', [this.#root, '/bin/busybox', '--list'], { encoding: 'utf8' })
    return new Set(stdout.split('\n'))
  }

  close(): void {
    rmSync(this.#root, { recursive: true, force: true })
  }
}

const MANY = `SETUP
cd /tmp
mv box files
i=0
while [ $i -lt COUNT ]; do
  cp -a files box
  (cd box; timeout -s KILL SECONDS sh -c "$(cat ../out/$i.sh)" >../out/$i.out 2>../out/$i.err; echo $? >../out/$i.status)
  mv box out/$i.box
  i=$((i + 1))
done
rm -r files`

function findBusybox(): string | undefined {
  return process.env.BUSYBOX ?? installedBusybox()
}

function installedBusybox(): string | undefined {
  return ['/bin/busybox', '/usr/bin/busybox'].find(isStatic) ?? download()
}

function isStatic(path: string): boolean {
  if (!existsSync(path)) return false
  const { stdout, stderr } = spawnSync('ldd', [path], { encoding: 'utf8' })
  return /not a dynamic|statically linked/.test(stdout + stderr)
}

/** The static one cannot be installed beside the dynamic one, so it is only unpacked, and kept in build/. */
function download(): string | undefined {
  const work = join(process.cwd(), 'build/busybox-static')
  const find = () => [join(work, 'bin/busybox'), join(work, 'usr/bin/busybox')].find(existsSync)
  const known = find()
  if (known !== undefined) return known
  mkdirSync(work, { recursive: true })
  spawnSync('sh', ['-c', 'apt-get download busybox-static && dpkg -x busybox-static_*.deb .'], { cwd: work })
  for (const name of readdirSync(work)) if (name.endsWith('.deb')) rmSync(join(work, name))
  return find()
}

function makeRoot(busybox: string): string {
  const made = mkdtempSync(join(tmpdir(), 'oracle-'))
  cpSync(join(process.cwd(), 'rootfs/base'), made, { recursive: true })
  for (const name of ['bin', 'dev', 'proc', 'root', 'tmp', 'home', 'usr/bin', 'usr/sbin', 'sbin', 'var'])
    mkdirSync(join(made, name), { recursive: true })
  cpSync(busybox, join(made, 'bin/busybox'))
  spawnSync('chroot', [made, '/bin/busybox', '--install', '-s', '/bin'])
  spawnSync('sh', [
    '-c',
    `chmod 755 ${made}; chmod 1777 ${made}/tmp; mknod -m 666 ${made}/dev/null c 1 3; mknod -m 666 ${made}/dev/zero c 1 5; mknod -m 666 ${made}/dev/full c 1 7; mknod -m 666 ${made}/dev/random c 1 8; mknod -m 666 ${made}/dev/urandom c 1 9; mknod -m 666 ${made}/dev/tty c 5 0; ln -s /proc/self/fd ${made}/dev/fd; for each in 0:stdin 1:stdout 2:stderr; do ln -s /proc/self/fd/\${each%:*} ${made}/dev/\${each#*:}; done; ln -s /bin/env ${made}/usr/bin/env`,
  ])
  return made
}

/** With the libraries it is linked with, at the places where its loader looks. */
function putShell(root: string, shell: string): void {
  const { stdout } = spawnSync('ldd', [shell], { encoding: 'utf8' })
  const libraries = [...stdout.matchAll(/(\/\S+) \(0x/g)].map(([, path]) => path ?? '')
  for (const path of libraries) {
    mkdirSync(join(root, dirname(path)), { recursive: true })
    cpSync(path, join(root, path), { dereference: true })
  }
  const name = basename(shell)
  rmSync(join(root, 'bin', name), { force: true })
  cpSync(shell, join(root, 'bin', name), { dereference: true })
  rmSync(join(root, 'bin/sh'), { force: true })
  symlinkSync(name, join(root, 'bin/sh'))
}
