import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { exitStatus } from '../kernel/wait-status.ts'
import { ArError, readAr } from '../lib/ar.ts'
import { decode, encode } from '../lib/bytes.ts'
import { DecompressionError } from '../lib/decompression-error.ts'
import { flag, list, UsageError } from '../lib/options.ts'
import { readTarStream, type TarEntry, TarError } from '../lib/tar.ts'
import { applet, Failure, type Invocation } from './applet.ts'
import { codecOfMagic } from './codecs.ts'
import { dependencies, type Fields, INFO, PackageDatabase, parseFields } from './dpkg-database.ts'
import { extractArchive } from './tar-extract.ts'
import { NameFilter } from './tar-names.ts'

const FORCES = ['depends', 'confnew', 'confold']

const options = {
  install: flag('-i --install', 'Install PACKAGEs'),
  list: flag('-l --list', 'List what is installed'),
  configure: flag('-C --configure', 'Configure what is unpacked'),
  purge: flag('-P --purge', 'Remove all of PACKAGEs'),
  remove: flag('-r --remove', 'Remove all but what was configured'),
  unpack: flag('-u --unpack', 'Unpack, without configuring'),
  force: list('-F', 'OPT', 'depends, confnew or confold'),
  forceDepends: flag('--force-depends', 'Never mind what a package needs'),
  forceNew: flag('--force-confnew', 'Replace files of configuration'),
  forceOld: flag('--force-confold', 'Keep files of configuration'),
}

/** dpkg, as in busybox. */
export default applet({
  name: 'dpkg',
  about: 'Install, remove and list Debian packages',
  operands: '[PACKAGE]...',
  options,
  notes: ['Partly: versions that a package needs are not compared, and conflicts are not looked for.'],
  async main(invocation) {
    const { proc, options: how, operands } = invocation
    const actions = [how.install, how.list, how.configure, how.purge, how.remove, how.unpack]
    if (how.force.some(word => !FORCES.includes(word))) throw new UsageError('')
    if (actions.filter(given => given).length !== 1 || (operands.length === 0 && !how.list)) throw new UsageError('')
    const database = new PackageDatabase(proc)
    if (how.list) return await show(proc, database, operands)
    for (const operand of operands) {
      if (how.install || how.unpack) await unpackPackage(invocation, database, operand)
      else if (how.configure) await configurePackage(invocation, database, operand)
      else await removePackage(invocation, database, operand)
    }
    return 0
  },
})

type Dpkg = Invocation<typeof options>

const WANTED: Readonly<Record<string, string>> = { install: 'i', deinstall: 'r', purge: 'p', hold: 'h', unknown: 'u' }

async function show(proc: Process, database: PackageDatabase, names: readonly string[]): Promise<number> {
  await proc.stdout.write('    Name           Version\n+++-==============-==============\n')
  for (const fields of database.packages) {
    const name = fields.get('Package') ?? ''
    const [wanted = '', , state = ''] = (fields.get('Status') ?? '').split(' ')
    if (state === '' || state === 'not-installed' || (names.length > 0 && !names.includes(name))) continue
    const version = (fields.get('Version') ?? '').slice(0, 14)
    await proc.stdout.line(`${WANTED[wanted] ?? 'u'}${state[0]}  ${name.slice(0, 14).padEnd(14)} ${version}`)
  }
  return 0
}

interface Deb {
  readonly fields: Fields
  readonly control: readonly TarEntry[]
  readonly data: Uint8Array
}

async function readDeb(proc: Process, file: string): Promise<Deb> {
  try {
    const members = [...readAr(proc.contentsOf(file))]
    const part = (name: string) => {
      const member = members.find(member => member.name === name || member.name.startsWith(`${name}.`))
      if (!member) throw new Failure(`no ${name} in the package`)
      return member.contents
    }
    const control: TarEntry[] = []
    for await (const entry of readTarStream(plain(part('control.tar')))) control.push(entry)
    const text = control.find(({ path }) => controlName(path) === 'control')
    if (!text) throw new Failure('no control file in the package')
    return { fields: parseFields(decode(text.contents)), control, data: part('data.tar') }
  } catch (error) {
    if (error instanceof ArError || error instanceof DecompressionError) throw new Failure(error.message)
    if (error instanceof TarError) throw new Failure('short read')
    if (!(error instanceof SysError)) throw error
    throw new Failure(`can't open '${file}': ${error.message}`)
  }
}

function controlName(path: string): string {
  return path.replace(/^\.?\/+/, '')
}

function plain(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  const codec = codecOfMagic(bytes.subarray(0, 6))
  return codec ? codec.decompress(whole(bytes)) : whole(bytes)
}

async function* whole(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes.slice()
}

async function unpackPackage(dpkg: Dpkg, database: PackageDatabase, file: string): Promise<void> {
  const { proc, options: how } = dpkg
  const deb = await readDeb(proc, file)
  const name = deb.fields.get('Package') ?? ''
  if (!how.unpack) requireDependencies(dpkg, database, deb.fields)
  await proc.stdout.line(`Unpacking ${name} (from ${file})...`)
  await putControlFiles(proc, name, deb.control)
  await runScript(proc, name, 'preinst')
  await putFiles(dpkg, name, deb.data)
  database.set(withStatus(deb.fields, 'install ok unpacked'))
  await database.write(proc)
  if (!how.unpack) await configurePackage(dpkg, database, name)
}

function withStatus(fields: Fields, status: string): Fields {
  const changed = new Map(fields)
  changed.delete('Status')
  return changed.set('Status', status)
}

/** Throws Failure when something that it needs is neither there nor named with it. */
function requireDependencies({ options: how }: Dpkg, database: PackageDatabase, fields: Fields): void {
  if (how.forceDepends || how.force.includes('depends')) return
  for (const names of dependencies(fields)) {
    const isThere = names.some(
      name =>
        database.stateOf(name) === 'installed' ||
        database.packages.some(
          other =>
            other.get('Status')?.endsWith(' installed') === true &&
            (other.get('Provides') ?? '').split(',').some(provided => provided.trim() === name),
        ),
    )
    if (!isThere)
      throw new Failure(
        `package ${fields.get('Package')} depends on ${names[0]}, which is not installed or flagged to be installed`,
      )
  }
}

async function putControlFiles(proc: Process, name: string, control: readonly TarEntry[]): Promise<void> {
  makeFolder(proc, INFO)
  for (const { path, kind, mode, contents } of control) {
    const part = controlName(path)
    if (kind !== 'file' || part === 'control' || part.includes('/')) continue
    const fd = await proc.open(`${INFO}/${name}.${part}`, { write: true, create: true, truncate: true })
    await proc.write(fd, contents.slice())
    proc.close(fd)
    proc.chmod(`${INFO}/${name}.${part}`, mode & 0o777)
  }
}

/** Files of configuration that are there already stay, unless they are to be new. */
async function putFiles({ proc, options: how, warn }: Dpkg, name: string, data: Uint8Array): Promise<void> {
  const paths: string[] = []
  for await (const { path } of readTarStream(plain(data))) paths.push(path.replace(/^\./, '').replace(/(.)\/$/, '$1'))
  const isNew = how.forceNew || how.force.includes('confnew')
  const kept = isNew ? [] : linesOf(proc, `${INFO}/${name}.conffiles`).filter(path => isThere(proc, path))
  const here = proc.cwd
  await extractArchive(
    proc,
    {
      toStdout: false,
      keepNow: false,
      noOwner: false,
      keepOld: false,
      overwrite: false,
      numeric: false,
      file: '-',
      archive: plain(data),
      directory: ['/'],
      list: false,
      verbose: 0,
      permissions: true,
      noPermissions: false,
      strip: 0,
      filter: new NameFilter(
        [],
        kept.map(path => `.${path}`),
      ),
      codec: undefined,
      toCommand: undefined,
    },
    warn,
  )
  proc.chdir(here)
  const listed = ['/.', ...paths.filter(path => path !== '/' && path !== '').sort()]
  const fd = await proc.open(`${INFO}/${name}.list`, { write: true, create: true, truncate: true })
  await proc.write(fd, encode(listed.map(path => `${path}\n`).join('')))
  proc.close(fd)
}

async function configurePackage(dpkg: Dpkg, database: PackageDatabase, name: string): Promise<void> {
  const { proc } = dpkg
  const fields = database.find(name)
  const state = database.stateOf(name)
  if (!fields || state === 'not-installed' || state === 'config-files')
    throw new Failure(`no package named ${name} is installed, cannot configure`)
  if (state === 'installed') throw new Failure(`package ${name} is already installed and configured`)
  requireDependencies(dpkg, database, fields)
  await proc.stdout.line(`Setting up ${name} (${fields.get('Version') ?? ''})...`)
  await runScript(proc, name, 'postinst')
  database.set(withStatus(fields, 'install ok installed'))
  await database.write(proc)
}

async function removePackage({ proc, options: how }: Dpkg, database: PackageDatabase, name: string): Promise<void> {
  const fields = database.find(name)
  const state = database.stateOf(name)
  if (!fields || state === undefined || state === 'not-installed')
    throw new Failure(`package ${name} is uninstalled or unknown`)
  const isRemoved = state === 'config-files'
  await proc.stdout.line(`${how.purge ? 'Purging' : 'Removing'} ${name} (${fields.get('Version') ?? ''})...`)
  if (!isRemoved) await runScript(proc, name, 'prerm')
  const conffiles = linesOf(proc, `${INFO}/${name}.conffiles`)
  const spared = how.purge ? [] : conffiles
  removePaths(proc, [...linesOf(proc, `${INFO}/${name}.list`), ...(how.purge ? conffiles : [])], spared)
  if (how.purge) await runScript(proc, name, 'postrm')
  for (const file of proc.readNames(INFO)) {
    const isOwn = file.startsWith(`${name}.`)
    if (isOwn && (how.purge || !['conffiles', 'postrm'].includes(file.slice(name.length + 1))))
      proc.unlink(`${INFO}/${file}`)
  }
  if (how.purge)
    database.set(
      new Map([
        ['Package', name],
        ['Status', 'purge ok not-installed'],
      ]),
    )
  else database.set(withStatus(fields, 'deinstall ok config-files'))
  await database.write(proc)
}

/** What is in folders before the folders; those that others use stay. */
function removePaths(proc: Process, paths: readonly string[], spared: readonly string[]): void {
  for (const path of [...new Set(paths)].sort().reverse()) {
    if (spared.includes(path) || path === '/.' || path === '/') continue
    try {
      if (proc.lstat(path).kind === 'directory') proc.rmdir(path)
      else proc.unlink(path)
    } catch (error) {
      if (!(error instanceof SysError)) throw error
    }
  }
}

/** Throws Failure when it fails. */
async function runScript(proc: Process, name: string, script: string): Promise<void> {
  const path = `${INFO}/${name}.${script}`
  if (!isThere(proc, path)) return
  await proc.stdout.flush()
  const child = proc.fork(self => self.exec(path, [path]))
  const ended = await proc.wait(child.pid)
  if (ended && exitStatus(ended[1]) !== 0) throw new Failure(`${script} failed, exit code ${exitStatus(ended[1])}`)
}

function isThere(proc: Process, path: string): boolean {
  try {
    proc.lstat(path)
    return true
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return false
  }
}

function linesOf(proc: Process, path: string): string[] {
  try {
    return decode(proc.contentsOf(path))
      .split('\n')
      .filter(line => line !== '')
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return []
  }
}

function makeFolder(proc: Process, path: string): void {
  try {
    proc.mkdir(path)
  } catch (error) {
    if (!(error instanceof SysError) || error.errno !== 'EEXIST') throw error
  }
}
