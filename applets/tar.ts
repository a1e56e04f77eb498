import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { decode } from '../lib/bytes.ts'
import { DecompressionError } from '../lib/decompression-error.ts'
import { count, flag, list, number, text, UsageError } from '../lib/options.ts'
import { TarError } from '../lib/tar.ts'
import { applet, Failure, type NamedInput } from './applet.ts'
import { bzip2Codec, type Codec, compressCodec, gzipCodec, lzmaCodec, xzCodec } from './codecs.ts'
import { openInput } from './operands.ts'
import { createArchive } from './tar-create.ts'
import { extractArchive } from './tar-extract.ts'
import { NameFilter } from './tar-names.ts'

const options = {
  create: flag('-c --create', 'Make an archive'),
  extract: flag('-x --extract --get', 'Take files out of one'),
  list: flag('-t --list', 'List what is in one'),
  file: text('-f --file', 'FILE', 'The archive; - is stdin or stdout', '-'),
  directory: list('-C --directory', 'DIR', 'Go to DIR first'),
  verbose: count('-v --verbose', 'Tell each name; with -t, or twice, as ls -l does'),
  toStdout: flag('-O --to-stdout', 'Write what is taken out to stdout'),
  keepNow: flag('-m --touch', 'Files taken out are as new: their times are not restored'),
  noOwner: flag('-o --no-same-owner', 'Files taken out belong to whom takes them out'),
  keepOld: flag('-k --keep-old-files', 'Do not replace files that are there'),
  permissions: flag('-p --same-permissions', 'Restore modes as they are, in spite of the umask'),
  noPermissions: flag('--no-same-permissions', 'Modes are subject to the umask'),
  gzip: flag('-z --gzip --gunzip', 'The archive is compressed by gzip'),
  bzip2: flag('-j --bzip2', 'The archive is compressed by bzip2'),
  xz: flag('-J --xz', 'The archive is compressed by xz (refused with -c: it is only read)'),
  compress: flag('-Z --compress', 'The archive is compressed by compress (refused with -c)'),
  lzma: flag('--lzma', 'The archive is compressed by lzma (refused with -c)'),
  auto: flag('-a --auto-compress', 'Compress if the name of the archive says so'),
  dereference: flag('-h --dereference', 'Follow symlinks'),
  overwrite: flag('--overwrite', 'Write into files that are there'),
  strip: number('--strip-components', 'N', 'Drop the first N parts of names taken out', 0),
  noRecursion: flag('--no-recursion', 'Not what is in directories'),
  numeric: flag('--numeric-owner', 'Numbers instead of names of owners'),
  namesFile: list('-T --files-from', 'FILE', 'More names, one a line'),
  exclude: list('--exclude', 'PATTERN', 'Leave out what matches'),
  toCommand: text('--to-command', 'COMMAND', 'Pipe files taken out to COMMAND, a shell command each'),
  excludeFile: list('-X --exclude-from', 'FILE', 'More patterns to leave out, one a line'),
}

/** tar, as in busybox; --exclude -T -X as in GNU's. A compressed archive is known by its first bytes when it is read. */
export default applet({
  name: 'tar',
  outputName: 'write error',
  about: 'Make, list and unpack archives',
  operands: '[FILE]...',
  rewrite: spreadLetters,
  options,
  async main({ proc, options: how, operands, warn }) {
    if (Number(how.create) + Number(how.extract) + Number(how.list) !== 1) throw new UsageError('')
    const readLines = async (name: string) => {
      const input = await opened(proc, name)
      const lines = decode(await input.all())
        .split('\n')
        .filter(line => line !== '')
      if (input.fd !== 0) proc.close(input.fd)
      return lines
    }
    const names = [...operands]
    const excluded = [...how.exclude]
    for (const file of how.namesFile) names.push(...(await readLines(file)))
    for (const file of how.excludeFile) excluded.push(...(await readLines(file)))
    const codec = codecFor(how)
    if (how.create && codec && !codec.compress) throw new Failure(`${codec.suffix.slice(1)} files are only read here`)
    try {
      if (how.create) {
        if (names.length === 0) throw new Failure('empty archive')
        const isWhole = await createArchive(proc, { ...how, codec, names, filter: new NameFilter([], excluded) }, warn)
        if (!isWhole) throw new Failure('error exit delayed from previous errors')
      } else await extractArchive(proc, { ...how, codec, filter: new NameFilter(names, excluded) }, warn)
    } catch (error) {
      if (error instanceof TarError) throw new Failure(TAR_REFUSALS[error.header ?? 'other'])
      if (error instanceof DecompressionError) {
        // busybox: the decompressor tells what it found, and tar that its archive ends there.
        warn(error.message)
        throw new Failure('short read')
      }
      if (error instanceof SysError) throw new Failure(error.message)
      throw error
    }
  },
})

const TAR_REFUSALS = {
  magic: 'invalid tar magic',
  checksum: 'invalid tar header checksum',
  other: 'short read',
} as const

async function opened(proc: Process, name: string): Promise<NamedInput> {
  try {
    return await openInput(proc, name)
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    throw new Failure(`${name}: ${error.message}`)
  }
}

/** `tar xzf FILE` is `tar -x -z -f FILE`: the letters' arguments follow in their order. */
function spreadLetters(args: readonly string[]): string[] {
  const [first = '', ...rest] = args
  if (first === '' || first.startsWith('-')) return [...args]
  const words: string[] = []
  for (const letter of first) {
    words.push(`-${letter}`)
    if (!'fCTX'.includes(letter)) continue
    const argument = rest.shift()
    if (argument === undefined) throw new UsageError(`option requires an argument -- '${letter}'`)
    words.push(argument)
  }
  return [...words, ...rest]
}

/** undefined: none was named. */
function codecFor(how: {
  readonly gzip: boolean
  readonly bzip2: boolean
  readonly xz: boolean
  readonly compress: boolean
  readonly lzma: boolean
  readonly auto: boolean
  readonly file: string
}): Codec | undefined {
  if (how.gzip) return gzipCodec
  if (how.bzip2) return bzip2Codec
  if (how.xz) return xzCodec
  if (how.compress) return compressCodec
  if (how.lzma) return lzmaCodec
  if (!how.auto) return undefined
  const suffix = /\.[^./]*$/.exec(how.file)?.[0] ?? ''
  return SUFFIXES.get(suffix)
}

const SUFFIXES: ReadonlyMap<string, Codec> = new Map([
  ['.gz', gzipCodec],
  ['.tgz', gzipCodec],
  ['.bz2', bzip2Codec],
  ['.tbz', bzip2Codec],
  ['.tbz2', bzip2Codec],
  ['.xz', xzCodec],
  ['.txz', xzCodec],
  ['.Z', compressCodec],
  ['.lzma', lzmaCodec],
  ['.tlz', lzmaCodec],
])
