// One connection: a request is read, and answered with a file, a script's words, or a refusal.

import { SysError } from '../../kernel/errno.ts'
import type { InternetAddress } from '../../kernel/net/address.ts'
import { plainHost } from '../../kernel/net/address.ts'
import type { Process } from '../../kernel/process.ts'
import type { Stat } from '../../kernel/vfs/stat.ts'
import { decode, encode } from '../../lib/bytes.ts'
import { crypt } from '../../lib/crypt.ts'
import { parseIPv4 } from '../../lib/ip-address.ts'
import { Base64Decoder } from '../base64-decoder.ts'
import { withPort } from '../network/resolve.ts'
import { head, httpDate, page } from './answer.ts'
import { runScript, type Script } from './cgi.ts'
import { type Configuration, isWelcome, readMore } from './configuration.ts'
import { mimeType } from './mime.ts'
import { BadRequest, type Request, readRequest } from './request.ts'

export interface Visit {
  readonly proc: Process
  readonly input: number
  readonly output: number
  readonly peer: InternetAddress | undefined
  readonly request: Request
  readonly configuration: Configuration
  readonly realm: string
  /** Who has logged in. */
  readonly user: string | undefined
}

export interface Caller {
  readonly proc: Process
  readonly input: number
  readonly output: number
  readonly peer: InternetAddress | undefined
  readonly configuration: Configuration
  readonly realm: string
  readonly verbosity: number
}

const NOTHING: Request = { method: 'GET', target: '', path: '/', query: '', headers: new Map() }

export async function serveVisit(caller: Caller): Promise<void> {
  let visit: Visit = { ...caller, request: NOTHING, user: undefined }
  let status: number
  try {
    if (!isWelcome(caller.configuration, addressOf(caller.peer))) throw new BadRequest(403)
    const request = await readRequest(caller.proc, caller.input)
    if (!request) return
    if (caller.verbosity > 1) await log(caller, `url:${request.path}`)
    visit = { ...visit, request, configuration: await nested(visit, request.path) }
    if (!isWelcome(visit.configuration, addressOf(caller.peer))) throw new BadRequest(403)
    visit = { ...visit, user: login(visit) }
    status = await answer(visit)
  } catch (error) {
    if (!(error instanceof BadRequest)) throw error
    status = error.status
    await refuse(visit, status)
  }
  if (caller.verbosity > 0) await log(caller, `response:${status}`)
}

async function log({ proc, peer }: Caller, text: string): Promise<void> {
  await proc.stderr.line(`${peer ? `${withPort(peer)}: ` : ''}${text}`)
  await proc.stderr.flush()
}

function addressOf(peer: InternetAddress | undefined): number | undefined {
  const bytes = peer && parseIPv4(plainHost(peer.host))
  return bytes?.reduce((value, byte) => value * 256 + byte, 0)
}

/** With what the directories on the way say. */
async function nested({ proc, configuration }: Visit, path: string): Promise<Configuration> {
  let found = configuration
  const names = path.split('/').slice(1, -1)
  for (const at of names.keys())
    found = await readMore(
      proc,
      `.${path
        .split('/')
        .slice(0, at + 2)
        .join('/')}`,
      found,
    )
  return found
}

/** Who may see the path by the longest line that names it. Throws BadRequest(401). */
function login({ configuration, request }: Visit): string | undefined {
  const fitting = configuration.logins.filter(({ path }) => isUnder(request.path, path))
  const longest = Math.max(0, ...fitting.map(({ path }) => path.length))
  const wanted = fitting.filter(({ path }) => path.length === longest)
  if (wanted.length === 0) return undefined
  const given = /^Basic\s+(\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1] ?? ''
  const decoder = new Base64Decoder()
  decoder.take(encode(given))
  const [, user = '', password = ''] = /^([^:]*):(.*)$/s.exec(decode(decoder.out.take())) ?? []
  const isKnown = wanted.some(known => known.user === user && isPassword(password, known.password))
  if (!isKnown) throw new BadRequest(401)
  return user
}

function isUnder(path: string, directory: string): boolean {
  const bare = directory.replace(/\/$/, '')
  return path === bare || path.startsWith(`${bare}/`) || bare === ''
}

function isPassword(given: string, known: string): boolean {
  return known.startsWith('$') ? crypt(given, known) === known : given === known
}

async function answer(visit: Visit): Promise<number> {
  const { request, configuration } = visit
  if (!['GET', 'HEAD', 'POST'].includes(request.method)) throw new BadRequest(501)
  if (request.path === '/cgi-bin/') throw new BadRequest(403)
  if (request.path.startsWith('/cgi-bin/')) return serveScript(visit, cgiScript(visit))
  const path = `.${request.path}`
  if (!path.endsWith('/')) {
    if (statOf(visit.proc, path)?.kind === 'directory') return redirect(visit)
    return serveNamed(visit, path)
  }
  const index = `${path}${configuration.index}`
  if (statOf(visit.proc, index)) return serveNamed(visit, index)
  if (!statOf(visit.proc, 'cgi-bin/index.cgi')) throw new BadRequest(404)
  return serveScript(visit, { directory: 'cgi-bin', argv: ['./index.cgi'], name: '/cgi-bin/index.cgi', rest: '' })
}

async function serveNamed(visit: Visit, path: string): Promise<number> {
  const { configuration, request } = visit
  const interpreter = configuration.interpreters.get(/\.([^./]*)$/.exec(path)?.[1] ?? '')
  if (interpreter === undefined) {
    if (request.method === 'POST') throw new BadRequest(501)
    return serveFile(visit, path)
  }
  if (!statOf(visit.proc, path)) throw new BadRequest(404)
  const slash = path.lastIndexOf('/')
  const argv = [interpreter, path.slice(slash + 1)]
  return serveScript(visit, { directory: path.slice(0, slash) || '.', argv, name: path.slice(1), rest: '' })
}

/** The first name that is a file is the script; what follows is its PATH_INFO. */
function cgiScript({ proc, request }: Visit): Script {
  const names = request.path.split('/').slice(1)
  for (let count = 2; count <= names.length; count++) {
    const path = names.slice(0, count).join('/')
    if (statOf(proc, path)?.kind !== 'file') continue
    if (!proc.isExecutable(path)) break
    const slash = path.lastIndexOf('/')
    const rest = names.slice(count).join('/')
    return {
      directory: path.slice(0, slash),
      argv: [`./${path.slice(slash + 1)}`],
      name: `/${path}`,
      rest: rest === '' && count === names.length ? '' : `/${rest}`,
    }
  }
  throw new BadRequest(404)
}

async function serveScript(visit: Visit, script: Script): Promise<number> {
  await runScript(visit, script)
  return 200
}

async function redirect({ proc, output, request }: Visit): Promise<number> {
  const query = request.query === '' ? '' : `?${request.query}`
  const text = head(302, proc.kernel.nanoseconds(), 'text/html', [`Location: ${request.path}/${query}`])
  await proc.write(output, encode(text))
  return 302
}

async function serveFile(visit: Visit, path: string): Promise<number> {
  const { proc, output, request, configuration } = visit
  const zipped = acceptsGzip(request) ? statOf(proc, `${path}.gz`) : undefined
  const { fd, stat } = await openFile(proc, zipped ? `${path}.gz` : path)
  try {
    const range = zipped ? undefined : rangeOf(request, stat.size)
    const type = range ? 'text/html' : mimeType(path, configuration.types)
    const size = range ? range.end - range.start + 1 : stat.size
    const lines = [
      ...(range ? [`Content-Range: bytes ${range.start}-${range.end}/${stat.size}`] : []),
      'Accept-Ranges: bytes',
      `Last-Modified: ${httpDate(stat.mtime)}`,
      `ETag: "${(stat.mtime / 1_000_000_000n).toString(16)}-${stat.size.toString(16)}"`,
      `Content-Length: ${size}`,
      ...(zipped ? ['Content-Encoding: gzip'] : []),
    ]
    const status = range ? 206 : 200
    await proc.write(output, encode(head(status, proc.kernel.nanoseconds(), type, lines)))
    if (range) proc.seek(fd, range.start)
    // busybox 1.35: who asks for the head gets the body too.
    await copy(proc, fd, output, size)
    return status
  } finally {
    proc.close(fd)
  }
}

/** What cannot be read is not found. */
async function openFile(proc: Process, path: string): Promise<{ readonly fd: number; readonly stat: Stat }> {
  try {
    const fd = await proc.open(path)
    const stat = proc.descriptionStat(fd)
    if (stat.kind === 'file') return { fd, stat }
    proc.close(fd)
  } catch (error) {
    if (!(error instanceof SysError)) throw error
  }
  throw new BadRequest(404)
}

async function copy(proc: Process, from: number, to: number, size: number): Promise<void> {
  for (let left = size; left > 0; ) {
    const bytes = await proc.read(from, Math.min(left, 65536))
    if (bytes.length === 0) return
    left -= bytes.length
    await proc.write(to, bytes)
    const pause = proc.gate()
    if (pause) await pause
  }
}

function acceptsGzip({ headers }: Request): boolean {
  return /\bgzip\b/.test(headers.get('accept-encoding') ?? '')
}

/** One range from a start; what lies beyond the end is as if nobody had asked (busybox). */
function rangeOf({ headers }: Request, size: number): { readonly start: number; readonly end: number } | undefined {
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(headers.get('range') ?? '') ?? []
  if (from === undefined) return undefined
  const start = Number(from)
  const end = to ? Math.min(Number(to), size - 1) : size - 1
  return start > end ? undefined : { start, end }
}

async function refuse({ proc, output, configuration, realm }: Visit, status: number): Promise<void> {
  const more = status === 401 ? [`WWW-Authenticate: Basic realm="${realm}"`] : []
  const own = configuration.pages.get(status)
  const text = own === undefined ? undefined : contents(proc, own)
  await proc.write(output, encode(head(status, proc.kernel.nanoseconds(), 'text/html', more)))
  await proc.write(output, text ?? encode(page(status)))
}

function contents(proc: Process, path: string): Uint8Array | undefined {
  try {
    return proc.contentsOf(path)
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return undefined
  }
}

function statOf(proc: Process, path: string): Stat | undefined {
  try {
    return proc.stat(path)
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return undefined
  }
}
