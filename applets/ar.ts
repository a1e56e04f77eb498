import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { fullMode } from '../kernel/vfs/stat.ts'
import { AR_MAGIC, ArError, type ArMember, arMember, readAr } from '../lib/ar.ts'
import { concat, encode } from '../lib/bytes.ts'
import { modeString } from '../lib/mode-string.ts'
import { flag, UsageError } from '../lib/options.ts'
import { strftime } from '../lib/strftime.ts'
import { parseTimeZone } from '../lib/time-zone.ts'
import { applet, Failure, type Invocation } from './applet.ts'
import { baseName } from './refused.ts'

const options = {
  extract: flag('-x', 'Take members out'),
  print: flag('-p', 'Print members to stdout'),
  list: flag('-t', 'List members'),
  replace: flag('-r', 'Put FILEs in, in place of members of their names'),
  create: flag('-c', 'Do not tell that the archive is made'),
  keepTime: flag('-o', 'Restore times'),
  verbose: flag('-v', 'Tell more'),
}

/** ar, as in busybox; the first letters need no dash. */
export default applet({
  name: 'ar',
  about: 'Make, list and unpack ar archives',
  operands: 'ARCHIVE [FILE]...',
  least: 1,
  options,
  rewrite: ([first = '', ...rest]) => [first === '' || first.startsWith('-') ? first : `-${first}`, ...rest],
  async main(invocation) {
    const { proc, options: how, operands } = invocation
    const [archive = '', ...files] = operands
    if ([how.extract, how.print, how.list, how.replace].filter(Boolean).length !== 1) throw new UsageError('')
    if (how.replace) return replace(invocation, archive, files)
    const members = readMembers(proc, archive, 'required')
    for (const member of members) {
      if (files.length > 0 && !files.includes(member.name)) continue
      await show(invocation, member)
    }
    return 0
  },
})

function readMembers(proc: Process, archive: string, how: 'required' | 'optional'): ArMember[] {
  try {
    return [...readAr(proc.contentsOf(archive))]
  } catch (error) {
    if (error instanceof ArError) throw new Failure(error.message)
    if (!(error instanceof SysError)) throw error
    if (how === 'optional' && error.errno === 'ENOENT') return []
    throw new Failure(`can't open '${archive}': ${error.message}`)
  }
}

async function show({ proc, options: how }: Invocation<typeof options>, member: ArMember): Promise<void> {
  const { name, mode, mtime, contents } = member
  if (how.list) {
    await proc.stdout.line(how.verbose ? longText(proc, member) : name)
    return
  }
  if (how.print) {
    await proc.stdout.write(contents.slice())
    return
  }
  if (how.verbose) await proc.stdout.line(longText(proc, member))
  // A name with a slash would lead out of the directory.
  const target = baseName(name)
  const fd = await created(proc, target, mode & 0o777)
  await proc.write(fd, contents.slice())
  proc.close(fd)
  restoreOwner(proc, target, member)
  proc.chmod(target, mode & 0o777)
  const when = BigInt(mtime) * 1_000_000_000n
  if (how.keepTime) proc.utimes(target, { mtime: when, atime: when })
}

/** busybox: only root may give files away, and what is refused is not told. */
function restoreOwner(proc: Process, target: string, { uid, gid }: ArMember): void {
  try {
    proc.chown(target, { uid, gid })
  } catch (error) {
    if (!(error instanceof SysError)) throw error
  }
}

function longText(proc: Process, { name, mode, uid, gid, mtime, contents }: ArMember): string {
  const time = strftime('%b %e %H:%M %Y', BigInt(mtime) * 1_000_000_000n, parseTimeZone(proc.env.get('TZ')))
  const size = String(contents.length).padStart(6)
  return `${modeString('file', mode & 0o7777).slice(1)} ${uid}/${gid} ${size} ${time} ${name}`
}

/** Nothing that is there is replaced. */
async function created(proc: Process, target: string, mode: number): Promise<number> {
  try {
    return await proc.open(target, { write: true, create: true, exclusive: true }, mode)
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    throw new Failure(`can't open '${target}': ${error.message}`)
  }
}

async function replace(
  { proc, options: how, warn }: Invocation<typeof options>,
  archive: string,
  files: readonly string[],
): Promise<number> {
  const members = readMembers(proc, archive, 'optional')
  if (members.length === 0 && !how.create) warn(`creating ${archive}`)
  for (const file of files) {
    const member = memberOf(proc, file)
    const place = members.findIndex(({ name }) => name === member.name)
    if (how.verbose) await proc.stdout.line(`${place === -1 ? 'a' : 'r'} - ${file}`)
    if (place === -1) members.push(member)
    else members[place] = member
  }
  const fd = await proc.open(archive, { write: true, create: true, truncate: true })
  await proc.write(fd, concat([encode(AR_MAGIC), ...members.map(arMember)]))
  proc.close(fd)
  return 0
}

function memberOf(proc: Process, file: string): ArMember {
  try {
    const stat = proc.stat(file)
    const { uid, gid } = stat
    const mtime = Number(stat.mtime / 1_000_000_000n)
    return { name: baseName(file), mtime, uid, gid, mode: fullMode(stat), contents: proc.contentsOf(file) }
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    throw new Failure(`can't open '${file}': ${error.message}`)
  }
}
