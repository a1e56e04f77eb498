// Runs a script of file system calls (file-scripts.ts) over a fresh tree, through the same calls that processes make.

import { SysError } from '../../kernel/errno.ts'
import { FileCalls } from '../../kernel/file-calls.ts'
import { CowFileSystem } from '../../kernel/vfs/cow.ts'
import { ROOT } from '../../kernel/vfs/credentials.ts'
import { DeviceDescription } from '../../kernel/vfs/device.ts'
import type { FileSystem, OpenFlags } from '../../kernel/vfs/inode.ts'
import { MountTable } from '../../kernel/vfs/mount.ts'
import type { Kind } from '../../kernel/vfs/stat.ts'
import type { Viewer } from '../../kernel/vfs/walk.ts'
import { decode, encode } from '../../lib/bytes.ts'

class Calls extends FileCalls {
  open(path: string, flags: OpenFlags, mode: number, text: string): void {
    const description = this.openDescription(path, flags, mode).hold()
    if (text !== '') description.write(encode(text))
    description.release()
  }
}

let time = 1_000_000_000_000n

/** How the last call of the script ended: an errno, what it told, or 'ok'. */
export function runFileScript(script: string, fs: FileSystem = emptyTree()): string {
  const calls = new Calls(viewerOf(fs), 0o022)
  let result: string | undefined
  for (const call of script.split('; ')) {
    const [name = '', ...words] = call.split(' ').map(expandWord)
    result = attempt(() => CALLS[name]!(calls, words))
  }
  return result ?? 'ok'
}

export function emptyTree(): CowFileSystem {
  return new CowFileSystem({ now: () => ++time, mode: 0o777 })
}

/** Root's view of a file system that is all there is. Fifos and devices open as something that swallows. */
export function viewerOf(fs: FileSystem, how: Partial<Viewer> = {}): Viewer {
  const mount = { fs, root: fs.root, readOnly: false, at: undefined, path: '/' }
  const location = { mount, inode: fs.root }
  const swallowing = { read: () => new Uint8Array(0), write: (bytes: Uint8Array) => bytes.length }
  const opener: Viewer['opener'] = {
    // Linux, fifo(7): a writer that will not wait for a reader.
    fifo: (inode, flags, path) => {
      if (flags.write && !flags.read && flags.nonBlocking) throw new SysError('ENXIO')
      return new DeviceDescription(inode, swallowing, flags, path)
    },
    device: (inode, flags, path) => new DeviceDescription(inode, swallowing, flags, path),
  }
  return {
    root: location,
    cwd: location,
    credentials: ROOT,
    mounts: new MountTable(mount),
    opener,
    now: () => ++time,
    ...how,
  }
}

function attempt(call: () => string | undefined): string | undefined {
  try {
    return call()
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return error.errno
  }
}

function expandWord(word: string): string {
  return word === "''" ? '' : word.replace('LONG', 'n'.repeat(255)).replace('DEEP', './'.repeat(2047))
}

function flagsOf(letters: string): OpenFlags {
  const has = (letter: string) => letters.includes(letter)
  return {
    read: has('r') || !has('w'),
    write: has('w'),
    create: has('c'),
    exclusive: has('x'),
    truncate: has('t'),
    append: has('a'),
    directory: has('d'),
    noFollow: has('n'),
    nonBlocking: has('k'),
  }
}

const octal = (text: string) => Number.parseInt(text, 8)

function ids(uid: string, gid: string): { uid?: number; gid?: number } {
  return { ...(uid === '-1' ? {} : { uid: Number(uid) }), ...(gid === '-1' ? {} : { gid: Number(gid) }) }
}

/** As `ls` marks it. */
const LETTERS: Record<Kind, string> = {
  file: '-',
  directory: 'd',
  symlink: 'l',
  fifo: 'p',
  character: 'c',
  block: 'b',
  socket: 's',
}

type Call = (calls: Calls, words: string[]) => string | undefined
type Silent = (calls: Calls, words: string[]) => void

const silent: Record<string, Silent> = {
  user: (calls, [id = '', groups = '']) => {
    const number = Number(id)
    calls.setCredentials({
      ...ROOT,
      euid: number,
      egid: number,
      groups: groups.split(',').filter(Boolean).map(Number),
    })
  },
  file: (calls, [path = '', text = '', mode = '666']) => calls.open(path, flagsOf('wct'), octal(mode), text),
  open: (calls, [path = '', letters = '', mode = '666', text = '']) =>
    calls.open(path, flagsOf(letters), octal(mode), text),
  mkdir: (calls, [path = '', mode = '777']) => calls.mkdir(path, octal(mode)),
  rmdir: (calls, [path = '']) => calls.rmdir(path),
  unlink: (calls, [path = '']) => calls.unlink(path),
  rename: (calls, [from = '', to = '']) => calls.rename(from, to),
  link: (calls, [existing = '', path = '']) => calls.link(existing, path),
  symlink: (calls, [target = '', path = '']) => calls.symlink(target, path),
  // The kinds of a script are words that mknod knows.
  mknod: (calls, [path = '', kind, rdev = '0']) => calls.mknod(path, kind as 'fifo', 0o666, Number(rdev)),
  chmod: (calls, [path = '', mode = '']) => calls.chmod(path, octal(mode)),
  chown: (calls, [path = '', uid = '', gid = '']) => calls.chown(path, ids(uid, gid)),
  lchown: (calls, [path = '', uid = '', gid = '']) => calls.chown(path, ids(uid, gid), { follow: false }),
  truncate: (calls, [path = '', size = '']) => calls.truncate(path, Number(size)),
  times: (calls, [path = '', what = '']) => {
    const exact = what === 'now' ? 'now' : BigInt(what)
    calls.utimes(path, { atime: exact, mtime: exact })
  },
  chdir: (calls, [path = '']) => calls.chdir(path),
  chroot: (calls, [path = '']) => calls.chroot(path),
}

const telling: Record<string, Call> = {
  cat: (calls, [path = '']) => decode(calls.contentsOf(path)),
  readlink: (calls, [path = '']) => calls.readlink(path),
  cwd: calls => calls.cwd,
  list: (calls, [path = '']) =>
    calls
      .readDirectory(path)
      .map(({ name }) => name)
      .sort()
      .join(' '),
  mode: (calls, [path = '']) => calls.stat(path).mode.toString(8),
  ids: (calls, [path = '']) => `${calls.stat(path).uid} ${calls.stat(path).gid}`,
  links: (calls, [path = '']) => String(calls.stat(path).nlink),
  size: (calls, [path = '']) => String(calls.stat(path).size),
  lsize: (calls, [path = '']) => String(calls.lstat(path).size),
  kind: (calls, [path = '']) => LETTERS[calls.stat(path).kind],
  lkind: (calls, [path = '']) => LETTERS[calls.lstat(path).kind],
}

const CALLS: Record<string, Call> = {
  ...telling,
  ...Object.fromEntries(
    Object.entries(silent).map(([name, call]): [string, Call] => [
      name,
      (calls, words) => {
        call(calls, words)
        return undefined
      },
    ]),
  ),
}
