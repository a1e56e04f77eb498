// Other people's programs, and trees as they show them.

import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import type { CowFileSystem, CowInode } from '../../../kernel/vfs/cow.ts'

/** What it printed. Throws with what it said when it failed. */
export function run(program: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): string {
  const how = { encoding: 'utf8', env: { ...process.env, ...env }, maxBuffer: 1 << 28, timeout: 240_000 } as const
  const { status, stdout, stderr, error } = spawnSync(program, args, how)
  if (status !== 0) {
    const said = error?.message ?? (stderr.trim() || stdout.trim())
    throw new Error(`${program} ${args.join(' ').slice(0, 150)}: ${said.slice(-400)}`)
  }
  return stdout
}

export function sh(script: string, ...args: readonly string[]): string {
  return run('bash', ['-c', script, 'bash', ...args])
}

export function has(program: string): boolean {
  return spawnSync('which', [program]).status === 0
}

/** A line for each path: kind, mode, owner, links, device, time, attributes, and what it holds. */
export function linesOf(fs: CowFileSystem): string[] {
  const lines: string[] = []
  const walk = (parent: CowInode, path: string) => {
    for (const [name, inode] of parent.entries()) {
      const { kind, mode, uid, gid, nlink, rdev, mtime } = inode.stat()
      const node = inode as CowInode
      const what = kind === 'file' ? hash(node.readAll()) : kind === 'symlink' ? node.readlink() : ''
      lines.push(
        line([
          `${path}/${name}`,
          kind,
          mode,
          uid,
          gid,
          kind === 'directory' ? 0 : nlink,
          rdev,
          mtime / 1_000_000_000n,
          hex(node.attributes),
          what,
        ]),
      )
      if (kind === 'directory') walk(node, `${path}/${name}`)
    }
  }
  walk(fs.root, '')
  return lines.sort()
}

/** The same of a folder on the disk. */
export function linesOnDisk(folder: string): string[] {
  const found: unknown = JSON.parse(run('python3', ['-c', LIST, folder]))
  // What the script below prints.
  return (found as readonly unknown[][]).map(line).sort()
}

const LIST = `
import hashlib, json, os, stat, sys
root = os.fsencode(sys.argv[1]); found = []
for at, folders, files in os.walk(root):
    for name in folders + files:
        path = os.path.join(at, name); s = os.lstat(path); m = s.st_mode
        kind = next(k for k, is_ in (('file', stat.S_ISREG), ('directory', stat.S_ISDIR), ('symlink', stat.S_ISLNK), ('fifo', stat.S_ISFIFO), ('character', stat.S_ISCHR), ('block', stat.S_ISBLK)) if is_(m))
        names = sorted(n for n in os.listxattr(path, follow_symlinks=False) if not n.startswith(('trusted.', 'user.rootlesscontainers', 'security.selinux')))
        attributes = ','.join(n + '=' + os.getxattr(path, n, follow_symlinks=False).hex() for n in names)
        what = hashlib.sha256(open(path, 'rb').read()).hexdigest() if kind == 'file' else os.readlink(path).decode() if kind == 'symlink' else ''
        rdev = os.major(s.st_rdev) * 256 + os.minor(s.st_rdev) if kind in ('character', 'block') else 0
        found.append(['/' + os.path.relpath(path, root).decode(), kind, m & 0o7777, s.st_uid, s.st_gid, 0 if kind == 'directory' else s.st_nlink, rdev, s.st_mtime_ns // 10**9, attributes, what])
print(json.dumps(found))
`

function line(fields: readonly unknown[]): string {
  return fields.map((field, index) => (index === 2 ? Number(field).toString(8) : String(field))).join(' ')
}

function hex(attributes: ReadonlyMap<string, Uint8Array>): string {
  return [...attributes]
    .map(([name, value]) => `${name}=${Buffer.from(value).toString('hex')}`)
    .sort()
    .join(',')
}

function hash(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** undefined: they are the same. */
export function difference(expected: readonly string[], found: readonly string[]): string | undefined {
  const missing = expected.filter(text => !found.includes(text))
  const extra = found.filter(text => !expected.includes(text))
  if (missing.length + extra.length === 0) return undefined
  return `${missing.length} lines differ: expected ${missing[0] ?? 'nothing'}; found ${extra[0] ?? 'nothing'}`
}
