import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { ArError, type ArMember, readAr } from '../lib/ar.ts'
import { decode } from '../lib/bytes.ts'
import { DecompressionError } from '../lib/decompression-error.ts'
import { flag, UsageError } from '../lib/options.ts'
import { readTarStream, TarError } from '../lib/tar.ts'
import { applet, Failure, type Invocation } from './applet.ts'
import { codecOfMagic } from './codecs.ts'
import { extractArchive } from './tar-extract.ts'
import { NameFilter } from './tar-names.ts'

const options = {
  list: flag('-c', 'List the files of the package'),
  field: flag('-f', 'Print the control fields'),
  control: flag('-e', 'Take the control files out, to DIR (./DEBIAN)'),
  extract: flag('-x', 'Take the files out, to DIR'),
  verbose: flag('-X', 'As -x, and tell of each file'),
}

/** dpkg-deb, as in busybox: it reads packages, and makes none. */
export default applet({
  name: 'dpkg-deb',
  about: 'Look into a Debian package, or unpack it',
  operands: 'FILE [DIR]',
  least: 1,
  most: 2,
  options,
  async main(invocation) {
    const { options: how, operands } = invocation
    const [file = '', directory] = operands
    if (Object.values(how).filter(Boolean).length !== 1) throw new UsageError('')
    const isExtracting = how.extract || how.verbose
    if (isExtracting ? directory === undefined : directory !== undefined && !how.control) throw new UsageError('')
    const members = readMembers(invocation.proc, file)
    try {
      const part = how.control || how.field ? 'control.tar' : 'data.tar'
      const archive = open(members, part)
      if (how.field) await printControl(invocation.proc, archive)
      else await unpack(invocation, archive, how.control ? (directory ?? './DEBIAN') : directory)
    } catch (error) {
      if (error instanceof TarError) throw new Failure('short read')
      if (error instanceof DecompressionError) throw new Failure(error.message)
      throw error
    }
  },
})

function readMembers(proc: Process, file: string): ArMember[] {
  try {
    return [...readAr(proc.contentsOf(file))]
  } catch (error) {
    if (error instanceof ArError) throw new Failure(error.message)
    if (!(error instanceof SysError)) throw error
    throw new Failure(`can't open '${file}': ${error.message}`)
  }
}

/** Whatever it is packed with. */
function open(members: readonly ArMember[], part: string): AsyncIterable<Uint8Array> {
  const member = members.find(({ name }) => name === part || name.startsWith(`${part}.`))
  if (!member) throw new Failure(`no ${part} in the package`)
  const codec = codecOfMagic(member.contents.subarray(0, 6))
  const bytes = whole(member.contents)
  return codec ? codec.decompress(bytes) : bytes
}

async function* whole(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes.slice()
}

async function printControl(proc: Process, archive: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const entry of readTarStream(archive)) {
    if (entry.path.replace(/^\.\//, '') !== 'control') continue
    await proc.stdout.write(decode(entry.contents))
    return
  }
  throw new Failure('no control file in the package')
}

async function unpack(
  { proc, options: how, warn }: Invocation<typeof options>,
  archive: AsyncIterable<Uint8Array>,
  directory: string | undefined,
): Promise<void> {
  if (directory !== undefined) makeDirectory(proc, directory)
  const plain = { toStdout: false, keepNow: false, noOwner: false, keepOld: false, overwrite: false, numeric: false }
  await extractArchive(
    proc,
    {
      ...plain,
      file: '-',
      archive,
      directory: directory === undefined ? [] : [directory],
      list: how.list,
      verbose: how.list ? 2 : how.verbose ? 1 : 0,
      permissions: true,
      noPermissions: false,
      strip: 0,
      filter: new NameFilter([], []),
      codec: undefined,
      toCommand: undefined,
    },
    warn,
  )
}

function makeDirectory(proc: Process, directory: string): void {
  try {
    proc.mkdir(directory)
  } catch (error) {
    if (!(error instanceof SysError) || error.errno !== 'EEXIST') throw error
  }
}
