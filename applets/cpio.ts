import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { CpioError, readCpio } from '../lib/cpio.ts'
import { flag, text, UsageError } from '../lib/options.ts'
import { compilePattern } from '../lib/pattern.ts'
import { Accounts } from './accounts.ts'
import { applet, Failure, type Invocation } from './applet.ts'
import { CpioExtraction } from './cpio-extract.ts'
import { writeCpio } from './cpio-write.ts'
import { closeInput, openOrFail } from './operands.ts'
import { statOf } from './refused.ts'

const options = {
  list: flag('-t --list', 'List what is in the archive'),
  extract: flag('-i --extract', 'Take FILEs (by default all) out of the archive'),
  create: flag('-o --create', 'Make an archive of the files whose names stdin has (with -H newc)'),
  pass: flag('-p --pass-through', 'Copy the files whose names stdin has to the directory FILE'),
  toStdout: flag('--to-stdout', 'Write what is in the files to stdout, and make none'),
  format: text('-H --format', 'FORMAT', 'The format of the archive: newc, the only one'),
  makeDirectories: flag('-d --make-directories', 'Make the directories that names need'),
  keepTime: flag('-m --preserve-modification-time', 'Restore times'),
  verbose: flag('-v --verbose', 'Tell the names of what is taken out; with -t as ls -l does'),
  overwrite: flag('-u --unconditional', 'Replace newer files too'),
  file: text('-F --file', 'FILE', 'The archive, instead of stdin or stdout'),
  owner: text('-R --owner', 'USER[:GRP]', 'Whose the files are'),
  dereference: flag('-L --dereference', 'Follow symlinks'),
  zero: flag('-0 --null', 'Names end in NUL'),
  quiet: flag('--quiet', 'Do not tell how many blocks there were'),
  ignoreDevices: flag('--ignore-devno', 'Store no device numbers'),
  renumber: flag('--renumber-inodes', 'Number inodes from 1'),
}

/** cpio, as in busybox: newc alone. */
export default applet({
  name: 'cpio',
  outputName: 'write error',
  about: 'Make, list and unpack cpio archives, or copy files',
  operands: '[FILE]...',
  options,
  async main(invocation) {
    const { options: how } = invocation
    if (how.create && how.format !== 'newc') throw new UsageError('')
    if (how.create) return create(invocation)
    if (how.pass) {
      const [directory] = invocation.operands
      if (directory === undefined) throw new UsageError('')
      return copyTo(invocation, directory)
    }
    if (!how.extract && !how.list) throw new UsageError('')
    const input = await openOrFail(invocation.proc, how.file ?? '-')
    await extract(invocation, input.chunks())
    closeInput(invocation.proc, input)
    return 0
  },
})

type Cpio = Invocation<typeof options>

function ownerOf({ proc, options: how }: Cpio): { uid: number | undefined; gid: number | undefined } {
  if (how.owner === undefined) return { uid: undefined, gid: undefined }
  const [user = '', group] = how.owner.split(':')
  const accounts = new Accounts(proc)
  const uid = user === '' ? undefined : accounts.uid(user)
  const own = accounts.users.find(({ name }) => name === user)?.gid
  return { uid, gid: group === undefined ? undefined : group === '' ? own : accounts.gid(group) }
}

async function create(cpio: Cpio): Promise<number> {
  const { proc, options: how } = cpio
  const fd = how.file === undefined ? 1 : await proc.open(how.file, { write: true, create: true, truncate: true })
  for await (const piece of archive(cpio)) {
    const written = fd === 1 ? proc.stdout.write(piece) : proc.write(fd, piece)
    if (written) await written
  }
  if (fd !== 1) proc.close(fd)
  return 0
}

function archive(cpio: Cpio): AsyncGenerator<Uint8Array> {
  const { proc, options: how } = cpio
  const { dereference, ignoreDevices, renumber } = how
  const names = proc.stdin.lines(how.zero ? 0 : 10)
  return writeCpio(proc, names, { dereference, ignoreDevices, renumber, ...ownerOf(cpio) })
}

async function copyTo(cpio: Cpio, directory: string): Promise<number> {
  const { proc, options: how } = cpio
  if (how.makeDirectories && !statOf(proc, directory)) makeAll(proc, directory)
  // Names are read where we are, and files made there: an archive runs between two processes' directories.
  const target = proc.viewer
  try {
    proc.chdir(directory)
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    throw new Failure(`can't change directory to '${directory}': ${error.message}`)
  }
  const there = proc.viewer
  proc.viewer = target
  await extract(cpio, between(proc, archive(cpio), target), there)
  return 0
}

/** What makes the archive runs in the first directory, what reads it in the second. */
async function* between(
  proc: Process,
  bytes: AsyncGenerator<Uint8Array>,
  here: Process['viewer'],
): AsyncGenerator<Uint8Array> {
  for (;;) {
    const before = proc.viewer
    proc.viewer = here
    const next = await bytes.next()
    proc.viewer = before
    if (next.done) return
    yield next.value
  }
}

function makeAll(proc: Process, directory: string): void {
  for (let slash = directory.indexOf('/', 1); slash !== -1; slash = directory.indexOf('/', slash + 1))
    if (!statOf(proc, directory.slice(0, slash))) proc.mkdir(directory.slice(0, slash))
  if (!statOf(proc, directory)) proc.mkdir(directory)
}

async function extract(cpio: Cpio, chunks: AsyncIterable<Uint8Array>, where?: Process['viewer']): Promise<number> {
  const { proc, options: how, operands, warn } = cpio
  const patterns = where ? [] : operands.map(pattern => compilePattern(pattern))
  const { list, verbose, makeDirectories, keepTime, overwrite } = how
  const plain = { list: list && !where, isCopy: where !== undefined, makeDirectories, keepTime, overwrite }
  const extraction = new CpioExtraction(proc, { ...plain, verbose, warn, ...ownerOf(cpio) })
  let size = 0
  try {
    for await (const entry of readCpio(chunks, bytes => (size += bytes))) {
      if (patterns.length > 0 && !patterns.some(pattern => pattern.matches(entry.name))) continue
      if (how.toStdout && !where) {
        if (((entry.mode >> 12) & 15) === 0o10) await proc.stdout.write(entry.contents.slice())
        continue
      }
      const here = proc.viewer
      if (where) proc.viewer = where
      await extraction.take(entry)
      if (where) proc.viewer = here
      const pause = proc.gate()
      if (pause) await pause
    }
  } catch (error) {
    if (!(error instanceof CpioError)) throw error
    throw new Failure(error.message)
  }
  const here = proc.viewer
  if (where) proc.viewer = where
  extraction.finish()
  if (where) proc.viewer = here
  await proc.stdout.flush()
  return tellBlocks(cpio, size)
}

async function tellBlocks({ proc, options: how }: Cpio, size: number): Promise<number> {
  await proc.stdout.flush()
  if (!how.quiet && size > 0) await proc.stderr.line(`${Math.ceil(size / 512)} blocks`)
  return 0
}
