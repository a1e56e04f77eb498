import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { CpioError, readCpio } from '../lib/cpio.ts'
import { DecompressionError } from '../lib/decompression-error.ts'
import { flag, UsageError } from '../lib/options.ts'
import { strftime } from '../lib/strftime.ts'
import { parseTimeZone } from '../lib/time-zone.ts'
import { Accounts } from './accounts.ts'
import { applet, Failure, type Invocation } from './applet.ts'
import { codecOfMagic } from './codecs.ts'
import { CpioExtraction } from './cpio-extract.ts'
import { RpmPackage, TAGS } from './rpm-package.ts'

const options = {
  install: flag('-i', 'Install; with -q, tell of the package'),
  query: flag('-q', 'Ask'),
  ofPackage: flag('-p', 'Of a package file'),
  list: flag('-l', 'With -q, the files'),
  documents: flag('-d', 'With -q, the documents'),
  config: flag('-c', 'With -q, the files of configuration'),
}

/** rpm, as in busybox: there is no database, and the scripts of packages are not run. */
export default applet({
  name: 'rpm',
  about: 'Unpack an RPM package onto this system, or tell of it',
  operands: 'PACKAGE.rpm...',
  options,
  notes: ['Partly: what is installed is remembered nowhere, and scripts of packages are not run.'],
  async main(invocation) {
    const { proc, options: how, operands } = invocation
    if (operands.length === 0 || (!how.query && !how.install)) throw new UsageError('')
    for (const name of operands) {
      const rpm = new RpmPackage(name, contentsOf(proc, name))
      if (how.query) await tell(invocation, rpm)
      else await install(invocation, rpm)
    }
    return 0
  },
})

function contentsOf(proc: Process, name: string): Uint8Array {
  try {
    return proc.contentsOf(name)
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    throw new Failure(`can't open '${name}': ${error.message}`)
  }
}

async function tell({ proc, options: how }: Invocation<typeof options>, rpm: RpmPackage): Promise<void> {
  const isPlain = !how.install && !how.list && !how.documents && !how.config
  const said = (tag: number) => rpm.text(tag) ?? '(none)'
  if (isPlain) return void (await proc.stdout.line([TAGS.name, TAGS.version, TAGS.release].map(said).join('-')))
  if (how.install) await proc.stdout.write(descriptionOf(proc, rpm))
  for (const { path, isConfig, isDocument } of rpm.files) {
    const isAsked = how.documents || how.config ? (how.documents && isDocument) || (how.config && isConfig) : how.list
    if (isAsked) await proc.stdout.line(path)
  }
}

function descriptionOf(proc: Process, rpm: RpmPackage): string {
  const said = (tag: number) => rpm.text(tag) ?? '(none)'
  const zone = parseTimeZone(proc.env.get('TZ'))
  const built = strftime('%a %d %b %Y %T %Z', BigInt(rpm.number(TAGS.buildTime)) * 1_000_000_000n, zone)
  const rows: [string, string][] = [
    ['Name', said(TAGS.name)],
    ['Version', said(TAGS.version)],
    ['Release', said(TAGS.release)],
    ['Group', said(TAGS.group)],
    ['Size', String(rpm.number(TAGS.size))],
    ['License', said(TAGS.license)],
    ['Source RPM', said(TAGS.sourceRpm)],
    ['Build Date', built],
    ['Build Host', said(TAGS.buildHost)],
    ['Relocations', rpm.text(TAGS.prefixes) ?? '(not relocatable)'],
    ['Vendor', said(TAGS.vendor)],
    ['URL', said(TAGS.url)],
    ['Summary', said(TAGS.summary)],
  ]
  const lines = rows.map(([name, value]) => `${name.padEnd(12)}: ${value}\n`)
  return `${lines.join('')}Description :\n${said(TAGS.description)}\n`
}

/** What is configured already is kept as NAME.rpmorig. */
async function install({ proc, warn }: Invocation<typeof options>, rpm: RpmPackage): Promise<void> {
  proc.chdir('/')
  const { files } = rpm
  for (const { path, isConfig } of files) if (isConfig) keepOld(proc, path)
  const codec = codecOfMagic(rpm.payload.subarray(0, 6))
  if (!codec) throw new Failure('no gzip/bzip2/xz magic')
  const extraction = new CpioExtraction(proc, {
    list: false,
    isCopy: true,
    verbose: false,
    makeDirectories: true,
    keepTime: true,
    overwrite: true,
    uid: undefined,
    gid: undefined,
    warn,
  })
  try {
    for await (const entry of readCpio(codec.decompress(whole(rpm.payload))))
      await extraction.take({ ...entry, name: entry.name.replace(/^\.?\/+/, '') })
  } catch (error) {
    if (!(error instanceof CpioError) && !(error instanceof DecompressionError)) throw error
    throw new Failure(error.message)
  }
  extraction.finish()
  const accounts = new Accounts(proc)
  const idOf = (name: string, all: readonly { readonly name: string }[], id: (name: string) => number) =>
    all.some(entry => entry.name === name) ? id(name) : 0
  for (const { path, user, group } of files) {
    const uid = idOf(user, accounts.users, name => accounts.uid(name))
    const gid = idOf(group, accounts.groups, name => accounts.gid(name))
    proc.chown(path, { uid, gid }, { follow: false })
  }
}

function keepOld(proc: Process, path: string): void {
  try {
    proc.rename(path, `${path}.rpmorig`)
  } catch (error) {
    if (!(error instanceof SysError)) throw error
  }
}

async function* whole(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes.slice()
}
