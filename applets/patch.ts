import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { decode, encode } from '../lib/bytes.ts'
import { flag, number, text } from '../lib/options.ts'
import { type FilePatch, findPlace, type Hunk, parsePatch, reversed } from '../lib/patch-hunks.ts'
import { applet, Failure, type Invocation } from './applet.ts'
import { openOrFail } from './operands.ts'

const options = {
  strip: number('-p --strip', 'N', 'Drop the first N directories of names (all of them)'),
  input: text('-i --input', 'DIFF', 'Read DIFF instead of stdin'),
  reverse: flag('-R --reverse', 'The other way round'),
  forward: flag('-N --forward', 'Pass over what was applied already'),
  removeEmpty: flag('-E --remove-empty-files', 'Remove files that become empty'),
  dryRun: flag('--dry-run', 'Change nothing'),
  unified: flag('-u --unified', 'Accepted: a patch is always unified'),
  force: flag('-f', 'Accepted: nothing is asked'),
}

/** patch, POSIX XCU, for unified diffs, as in busybox. */
export default applet({
  name: 'patch',
  about: 'Apply a unified diff to files',
  operands: '[ORIGFILE [PATCHFILE]]',
  most: 2,
  options,
  async main(invocation) {
    const { proc, options: how, operands } = invocation
    const [original, file] = operands
    const input = await openOrFail(proc, file ?? how.input ?? '-')
    const lines = decode(await input.all()).split('\n')
    if (lines.at(-1) === '') lines.pop()
    let status = 0
    for (const patch of parsePatch(lines)) {
      if (patch.hunks.length === 0) continue
      const isWell = await applyTo(invocation, patch, original)
      if (!isWell) status = 1
      const pause = proc.gate()
      if (pause) await pause
    }
    return status
  },
})

async function applyTo(
  { proc, options: how }: Invocation<typeof options>,
  { oldName, newName, hunks: given }: FilePatch,
  original: string | undefined,
): Promise<boolean> {
  const hunks = how.reverse ? given.map(reversed) : given
  const [from, to] = how.reverse ? [newName, oldName] : [oldName, newName]
  const first = hunks[0]!
  const isNew = from === '/dev/null' || (first.oldStart === 0 && first.oldCount === 0)
  const isGone = how.removeEmpty && (to === '/dev/null' || (first.newStart === 0 && first.newCount === 0))
  // busybox: the new name is the one that counts, in both directions, unless there is none.
  const chosen = newName === '/dev/null' ? oldName : newName
  const name = original ?? stripped(chosen, how.strip)
  const verb = isNew ? 'creating' : isGone ? 'removing' : 'patching file'
  await proc.stdout.line(`${verb} ${name}`)
  await proc.stdout.flush()
  const before = isNew ? '' : read(proc, name)
  if (isNew) makeParents(proc, name)
  const result = await applyHunks(proc, before, hunks, how.forward)
  if (result === undefined) return false
  if (!how.dryRun) await write(proc, name, result, { isNew, isGone })
  return true
}

function stripped(name: string, count: number | undefined): string {
  let rest = name
  for (let i = 0; i !== count; i++) {
    const slash = /\/+/.exec(rest)
    if (!slash) break
    rest = rest.slice(slash.index + slash[0].length)
  }
  return rest
}

function read(proc: Process, name: string): string {
  try {
    return decode(proc.contentsOf(name))
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    throw new Failure(`can't open '${name}': ${error.message}`)
  }
}

function makeParents(proc: Process, name: string): void {
  for (let slash = name.indexOf('/', 1); slash !== -1; slash = name.indexOf('/', slash + 1)) {
    try {
      proc.mkdir(name.slice(0, slash))
    } catch (error) {
      if (!(error instanceof SysError)) throw error
      if (error.errno !== 'EEXIST')
        throw new Failure(`can't create directory '${name.slice(0, slash)}': ${error.message}`)
    }
  }
}

/** undefined: a hunk did not fit, and the file stays as it is. */
async function applyHunks(
  proc: Process,
  before: string,
  hunks: readonly Hunk[],
  isForward: boolean,
): Promise<string | undefined> {
  const lines = before.split('\n')
  let endsWell = lines.at(-1) === ''
  if (endsWell) lines.pop()
  const out: string[] = []
  let at = 0
  for (const [index, hunk] of hunks.entries()) {
    const place = findPlace(lines, at, hunk)
    if (place.at === undefined) {
      if (place.isPossiblyReversed && isForward) continue
      if (place.isPossiblyReversed) await proc.stderr.line(`Possibly reversed hunk ${index + 1} at ${lines.length + 1}`)
      await proc.stderr.line(`Hunk ${index + 1} FAILED ${hunk.oldStart}/${hunk.newStart}.`)
      for (const line of hunk.lines) await proc.stderr.line(line)
      return undefined
    }
    for (; at < place.at; at++) out.push(lines[at]!)
    out.push(...hunk.lines.filter(line => line[0] !== '-').map(line => line.slice(1)))
    at += hunk.lines.filter(line => line[0] !== '+').length
    if (at >= lines.length && (hunk.newLacksNewline || hunk.oldLacksNewline)) endsWell = !hunk.newLacksNewline
    else if (at >= lines.length && before === '') endsWell = true
  }
  for (; at < lines.length; at++) out.push(lines[at]!)
  return out.length === 0 ? '' : out.join('\n') + (endsWell ? '\n' : '')
}

async function write(
  proc: Process,
  name: string,
  contents: string,
  { isNew, isGone }: { isNew: boolean; isGone: boolean },
): Promise<void> {
  try {
    if (isGone) return proc.unlink(name)
    if (isNew) {
      const fd = await proc.open(name, { write: true, create: true, exclusive: true })
      await proc.write(fd, encode(contents))
      return proc.close(fd)
    }
    // A new file takes the old one's place, so that other links keep what they had.
    const { mode, uid, gid } = proc.stat(name)
    const temporary = `${name}XXXXXX`
    const fd = await proc.open(temporary, { write: true, create: true, truncate: true }, 0o600)
    await proc.write(fd, encode(contents))
    proc.close(fd)
    proc.chmod(temporary, mode)
    if (proc.credentials.euid === 0) proc.chown(temporary, { uid, gid })
    proc.rename(temporary, name)
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    throw new Failure(`can't open '${name}': ${error.message}`)
  }
}
