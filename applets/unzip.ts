import { SysError } from '../kernel/errno.ts'
import { DecompressionError } from '../lib/decompression-error.ts'
import { flag, list, text, UsageError } from '../lib/options.ts'
import { readZip, ZipError } from '../lib/zip.ts'
import { applet, Failure, type Invocation } from './applet.ts'
import { safeName } from './tar-names.ts'
import { ZipListing } from './unzip-list.ts'
import { NameMatcher } from './unzip-names.ts'
import { UnzipWriter } from './unzip-writer.ts'

const options = {
  list: flag('-l', 'List what is in the archive (with -q: no title)'),
  never: flag('-n', 'Never overwrite files (otherwise it is asked)'),
  always: flag('-o', 'Overwrite files'),
  junk: flag('-j', 'Without directories'),
  print: flag('-p', 'Write to stdout'),
  test: flag('-t', 'Only test'),
  quiet: flag('-q', 'Tell nothing'),
  keepSetId: flag('-K', 'Keep setuid bits'),
  verbose: flag('-v', 'List more'),
  exclude: list('-x', 'FILE', 'Not FILEs (all words behind it)'),
  directory: text('-d', 'DIR', 'Unpack into DIR'),
}

/** unzip, as in busybox. */
export default applet({
  name: 'unzip',
  about: 'Take FILEs (by default all) out of a zip archive',
  operands: 'FILE[.zip] [FILE]...',
  least: 1,
  options,
  rewrite: spreadExcluded,
  async main(invocation) {
    const { proc, options: how, operands } = invocation
    const [archive = '', ...wanted] = operands
    const { bytes, name } = await open(invocation, archive)
    const isListing = how.list || how.verbose
    if (!how.print && !how.test && !how.quiet) await proc.stdout.line(`Archive:  ${name}`)
    await proc.stdout.flush()
    try {
      const tell = safeNames(invocation.warn)
      const matcher = new NameMatcher(wanted, how.exclude)
      if (isListing) {
        await listAll(invocation, bytes, matcher, tell)
        return 0
      }
      await unpack(invocation, bytes, matcher, tell)
      return 0
    } catch (error) {
      if (error instanceof ZipError) throw new Failure(error.message)
      if (!(error instanceof DecompressionError)) throw error
      await proc.stdout.flush()
      await proc.stderr.line(`unzip: ${error.message}`)
      throw new Failure('inflate error')
    }
  },
})

/** What leads out of the directory is taken off; the first is told of. */
function safeNames(warn: (message: string) => void): (name: string) => string {
  let isTold = false
  return path => {
    const { name, removed } = safeName(path)
    if (removed !== '' && !isTold) {
      isTold = true
      warn(`removing leading '${removed}' from member names`)
    }
    return name
  }
}

/** busybox: all words behind -x are names to leave out, up to the next option. */
function spreadExcluded(args: readonly string[]): string[] {
  const words: string[] = []
  let isExcluding = false
  for (const [index, word] of args.entries()) {
    const isOption = word.startsWith('-') && word.length > 1
    if (isOption) isExcluding = word.endsWith('x') && !word.startsWith('--')
    if (isExcluding && !isOption && index > 0 && !args[index - 1]!.startsWith('-')) words.push('-x', word)
    else words.push(word)
  }
  return words
}

async function open(
  { proc }: Invocation<typeof options>,
  archive: string,
): Promise<{ bytes: Uint8Array; name: string }> {
  if (archive === '-') return { bytes: await proc.stdin.all(), name: '-' }
  for (const name of [archive, `${archive}.zip`, `${archive}.ZIP`]) {
    try {
      return { bytes: proc.contentsOf(name), name }
    } catch (error) {
      if (!(error instanceof SysError)) throw error
    }
  }
  throw new Failure(`can't open ${archive}[.zip]`)
}

async function listAll(
  { proc, options: how }: Invocation<typeof options>,
  bytes: Uint8Array,
  matcher: NameMatcher,
  safe: (name: string) => string,
): Promise<void> {
  const listing = new ZipListing(proc, how.verbose)
  await listing.start()
  for (const stored of readZip(bytes)) {
    const member = { ...stored, name: safe(stored.name) }
    await listing.take(member, matcher.isWanted(member.name))
  }
  await listing.finish()
}

async function unpack(
  { proc, options: how }: Invocation<typeof options>,
  bytes: Uint8Array,
  matcher: NameMatcher,
  safe: (name: string) => string,
): Promise<void> {
  if (how.directory !== undefined && !how.print && !how.test) {
    try {
      proc.mkdir(how.directory)
    } catch (error) {
      if (!(error instanceof SysError)) throw error
      if (error.errno !== 'EEXIST') throw new Failure(`can't create directory '${how.directory}': ${error.message}`)
    }
    proc.chdir(how.directory)
  }
  if (how.never && how.always) throw new UsageError('')
  const overwrite = how.always ? 'always' : how.never ? 'never' : 'ask'
  const isQuiet = how.quiet || how.print || how.test
  const writer = new UnzipWriter(proc, { ...how, overwrite, isQuiet })
  for (const stored of readZip(bytes)) {
    const member = { ...stored, name: safe(stored.name) }
    if (!matcher.isWanted(member.name)) continue
    await writer.take(bytes, member)
    const pause = proc.gate()
    if (pause) await pause
  }
  writer.finish()
}
