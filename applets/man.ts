import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { decode, encode } from '../lib/bytes.ts'
import { DecompressionError } from '../lib/decompression-error.ts'
import { flag, UsageError } from '../lib/options.ts'
import { applet } from './applet.ts'
import { codecOfMagic } from './codecs.ts'
import { layOutManual } from './manual-page.ts'

const DEFAULT_PATH = '/usr/share/man:/usr/local/share/man:/usr/man'
const SECTIONS = '1:6:8:2:3:5:7:4:9'
const ENDS = ['', '.gz', '.bz2', '.xz', '.lzma', '.Z']

/** man, as in busybox; pages are laid out here, for there is no nroff. */
export default applet({
  name: 'man',
  about: 'Show pages of the manual',
  operands: '[SECTION] PAGE[.SECTION]...',
  options: { all: flag('-a', 'All pages of a name'), where: flag('-w', 'Only where they are') },
  notes: [
    'Pages are looked for in $MANPATH, and shown by $MANPAGER, $PAGER or less; $COLUMNS is their width.',
    'Partly: of the requests of roff those are heeded that manual pages (man(7)) use; tables and mdoc are not laid out.',
  ],
  async main({ proc, options, operands }) {
    const [first = '', ...rest] = operands
    const hasSection = rest.length > 0 && /^\d/.test(first)
    const names = hasSection ? rest : operands
    if (names.length === 0) throw new UsageError('')
    let status = 0
    const shown: string[] = []
    for (const name of names) {
      const paths = findPages(proc, name, { section: hasSection ? first : undefined, all: options.all })
      if (paths.length === 0) {
        await proc.stderr.line(`man: no manual entry for '${name}'`)
        status = 1
      }
      for (const path of paths) {
        if (options.where) await proc.stdout.line(path)
        else shown.push(await pageText(proc, path))
      }
    }
    if (shown.length > 0) await show(proc, shown.join(''))
    return status
  },
})

/** By the order of sections; a name with a slash is a file. */
function findPages(
  proc: Process,
  name: string,
  { section, all }: { readonly section: string | undefined; readonly all: boolean },
): string[] {
  if (name.includes('/')) return isFile(proc, name) ? [name] : []
  const sections = section === undefined ? (proc.env.get('MANSECT') ?? SECTIONS).split(':') : [section]
  const found: string[] = []
  for (const folder of (proc.env.get('MANPATH') ?? DEFAULT_PATH).split(':')) {
    const dotted = /^(.+)\.(\d\w*)$/.exec(name)
    const tries = [
      ...sections.map(part => [name, part] as const),
      ...(dotted ? [[dotted[1]!, dotted[2]!] as const] : []),
    ]
    for (const [page, part] of tries)
      for (const kind of ['cat', 'man'])
        for (const end of ENDS) {
          const path = `${folder}/${kind}${part}/${page}.${part}${end}`
          if (!isFile(proc, path)) continue
          found.push(path)
          if (!all) return found
        }
  }
  return found
}

function isFile(proc: Process, path: string): boolean {
  try {
    return proc.stat(path).kind === 'file'
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return false
  }
}

async function pageText(proc: Process, path: string): Promise<string> {
  const text = await textOf(proc, path)
  if (/\/cat[^/]*\/[^/]*$/.test(path)) return text
  const other = /^\.so\s+(\S+)/.exec(text)
  if (other) {
    // `.so man1/other.1`: from the folder that holds the sections.
    const target = `${path.replace(/\/[^/]*\/[^/]*$/, '')}/${other[1]}`
    const found = ENDS.map(end => target + end).find(candidate => isFile(proc, candidate))
    if (found !== undefined && found !== path) return await pageText(proc, found)
  }
  return layOutManual(text, Number(proc.env.get('COLUMNS')) || proc.terminal(1)?.size.columns || 80)
}

async function textOf(proc: Process, path: string): Promise<string> {
  const bytes = proc.contentsOf(path)
  const codec = codecOfMagic(bytes.subarray(0, 6))
  if (!codec) return decode(bytes)
  const pieces: Uint8Array[] = []
  try {
    for await (const piece of codec.decompress(whole(bytes))) pieces.push(piece.slice())
  } catch (error) {
    if (!(error instanceof DecompressionError)) throw error
    await proc.stderr.line(`man: ${path}: ${error.message}`)
  }
  return pieces.map(piece => decode(piece)).join('')
}

async function* whole(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

/** A pager is for a terminal. */
async function show(proc: Process, text: string): Promise<void> {
  if (!proc.terminal(1)) return void (await proc.stdout.write(text))
  const pager = proc.env.get('MANPAGER') ?? proc.env.get('PAGER') ?? 'less'
  const [read, write] = proc.pipe({ closeOnExec: true })
  const child = proc.fork(self => {
    self.dup(read, { onto: 0 })
    return self.exec('/bin/sh', ['sh', '-c', pager])
  })
  proc.close(read)
  try {
    await proc.write(write, encode(text))
  } catch (error) {
    // The reader has had enough.
    if (!(error instanceof SysError) || error.errno !== 'EPIPE') throw error
  } finally {
    proc.close(write)
  }
  await proc.wait(child.pid)
}
