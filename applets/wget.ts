import { SysError } from '../kernel/errno.ts'
import { encodeBase64 } from '../lib/base64.ts'
import { EMPTY, encode } from '../lib/bytes.ts'
import { flag, list, number, text } from '../lib/options.ts'
import { applet, Failure, type Invocation } from './applet.ts'
import { dial } from './network/dial.ts'
import { type Answer, HttpConnection } from './network/http-connection.ts'
import { type HttpUrl, parseUrl } from './network/http-url.ts'
import { progressLine } from './network/progress-line.ts'
import { resolveHost, resolvePort, withPort } from './network/resolve.ts'
import { openInput } from './operands.ts'

const options = {
  spider: flag('--spider', 'Only whether the URL is there'),
  header: list('--header', 'STR', 'One more header'),
  postData: text('--post-data', 'STR', 'Send STR by POST'),
  postFile: text('--post-file', 'FILE', 'Send FILE by POST'),
  noCheck: flag('--no-check-certificate', 'Do not check certificates'),
  resume: flag('-c --continue', 'Go on where a fetch ended'),
  quiet: flag('-q --quiet', 'Tell nothing but errors'),
  prefix: text('-P --directory-prefix', 'DIR', 'Into DIR'),
  response: flag('-S --server-response', 'Show what the server says'),
  timeout: number('-T --timeout', 'SEC', 'Give up after SEC seconds without an answer'),
  tries: number('-t --tries', 'N', 'Accepted: each URL is tried once'),
  output: text('-O --output-document', 'FILE', 'Into FILE; -: to stdout'),
  log: text('-o --output-file', 'FILE', 'Messages into FILE'),
  agent: text('-U --user-agent', 'STR', 'The name of the program', 'Wget'),
  proxy: text('-Y --proxy', 'on/off', 'Whether by the proxy of $http_proxy', 'on'),
  passive: flag('--passive-ftp', 'Accepted'),
}

type Wget = Invocation<typeof options>

/** busybox follows so many redirections. */
const MOST_REDIRECTIONS = 20

/** wget of busybox over the loopback device: other networks are unreachable, and https and ftp refused. */
export default applet({
  name: 'wget',
  about: 'Fetch URLs by HTTP from servers in this box',
  operands: 'URL...',
  least: 1,
  options,
  notes: ['There is no other network than the loopback; ftp and https are refused.'],
  async main(wget) {
    const { proc, options: how, operands } = wget
    if (how.log !== undefined) await logInto(wget, how.log)
    let output: number | undefined
    for (const operand of operands) {
      output = await new Fetch(wget, output).run(operand)
      if (how.output === undefined && output !== undefined && output !== 1) {
        proc.close(output)
        output = undefined
      }
    }
    return 0
  },
})

async function logInto({ proc }: Wget, path: string): Promise<void> {
  try {
    proc.dup(await proc.open(path, { write: true, create: true, truncate: true }), { onto: 2 })
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    throw new Failure(`can't open '${path}': ${error.message}`)
  }
}

/** One URL, with the redirections that it leads to. */
class Fetch {
  readonly #wget: Wget
  /** Where it goes: what an earlier URL opened by -O goes on. */
  #output: number | undefined
  /** -c: how much is there already. */
  #begin = 0

  constructor(wget: Wget, output: number | undefined) {
    this.#wget = wget
    this.#output = output
  }

  /** The fd it wrote to, if it wrote. */
  async run(text: string): Promise<number | undefined> {
    const { options: how } = this.#wget
    let url = parseUrl(text)
    const path = this.#path(url)
    if (how.resume) this.#begin = this.#size(path)
    for (let redirections = 0; redirections <= MOST_REDIRECTIONS; redirections++) {
      const next = await this.#request(url, path)
      if (next === undefined) return this.#output
      url = next.startsWith('/') ? { ...url, path: next.replace(/#.*/, '') } : parseUrl(next)
    }
    throw new Failure('too many redirections')
  }

  /** Where it is redirected to; undefined: it is done. */
  async #request(url: HttpUrl, path: string): Promise<string | undefined> {
    const { proc, options: how } = this.#wget
    const proxy = how.proxy === 'off' ? undefined : proc.env.get(`${url.scheme}_proxy`)
    const server = proxy ? parseUrl(proxy) : url
    const to = resolveHost(proc, server.host, resolvePort(proc, server.portText))
    await this.#tell(`Connecting to ${server.authority} (${withPort(to)})`)
    const fd = await dial(proc, to)
    if (url.scheme !== 'http') throw new Failure(`${url.scheme} is not spoken here: only http`)
    try {
      const connection = new HttpConnection(proc, fd, how.timeout === undefined ? undefined : how.timeout * 1000)
      const body = await this.#posted()
      await connection.send(this.#head(url, body, proxy !== undefined), body)
      const answer = await connection.answer(line => {
        if (how.response) void proc.stderr.line(`  ${line}`)
      })
      return await this.#take(connection, answer, path)
    } finally {
      proc.close(fd)
    }
  }

  #head(url: HttpUrl, body: Uint8Array | undefined, isByProxy: boolean): string {
    const { options: how } = this.#wget
    const given = new Set(how.header.map(header => header.replace(/:.*/s, '').toLowerCase()))
    const own: [name: string, value: string | undefined][] = [
      ['Host', url.authority],
      ['User-Agent', how.agent],
      ['Connection', 'close'],
      ['Authorization', url.login === undefined ? undefined : `Basic ${encodeBase64(encode(url.login))}`],
      ['Range', this.#begin > 0 ? `bytes=${this.#begin}-` : undefined],
    ]
    const posted: typeof own = [
      ['Content-Type', 'application/x-www-form-urlencoded'],
      ['Content-Length', String(body?.length)],
    ]
    const usual = own.flatMap(([name, value]) =>
      value === undefined || given.has(name.toLowerCase()) ? [] : [`${name}: ${value}`],
    )
    const ofBody = posted.flatMap(([name, value]) => (given.has(name.toLowerCase()) ? [] : [`${name}: ${value}`]))
    const target = isByProxy ? `${url.scheme}://${url.authority}${url.path}` : url.path
    const lines = [`${body ? 'POST' : 'GET'} ${target} HTTP/1.1`, ...usual, ...how.header, ...(body ? ofBody : [])]
    return lines
      .map(line => `${line}\r\n`)
      .concat('\r\n')
      .join('')
  }

  async #posted(): Promise<Uint8Array | undefined> {
    const { proc, options: how } = this.#wget
    if (how.postData !== undefined) return encode(how.postData)
    if (how.postFile === undefined) return undefined
    try {
      return await (await openInput(proc, how.postFile)).all()
    } catch (error) {
      if (!(error instanceof SysError)) throw error
      throw new Failure(`can't open '${how.postFile}': ${error.message}`)
    }
  }

  async #take(connection: HttpConnection, answer: Answer, path: string): Promise<string | undefined> {
    const { proc, options: how } = this.#wget
    const { status, line, headers } = answer
    const location = headers.get('location')
    if (status >= 300 && status < 400 && location !== undefined) return location
    if (status < 200 || status > 299) {
      await proc.stderr.flush()
      throw new Failure(`server returned error: ${line}`)
    }
    if (how.spider) {
      await this.#tell('remote file exists')
      return undefined
    }
    const length = contentLength(headers)
    if (this.#begin > 0 && status !== 206) {
      this.#wget.warn('restart failed')
      this.#begin = 0
    }
    if (status === 204) return this.#save(path, empty(), 0)
    return this.#save(path, connection.body(headers, length), length)
  }

  async #save(path: string, body: AsyncIterable<Uint8Array>, length: number | undefined): Promise<undefined> {
    const { proc, options: how } = this.#wget
    const isStdout = how.output === '-'
    this.#output ??= isStdout ? 1 : await this.#open(path)
    const output = this.#output
    if (how.resume && !isStdout) proc.seek(output, this.#begin)
    await this.#tell(isStdout ? 'writing to stdout' : `saving to '${path}'`)
    const began = proc.kernel.clock.now()
    let done = this.#begin
    for await (const bytes of body) {
      done += bytes.length
      await proc.write(output, bytes)
    }
    if (how.resume && !isStdout && proc.descriptionStat(output).kind === 'file') proc.truncateDescription(output, done)
    // busybox: into a log goes no bar.
    if (done > 0 && how.log === undefined)
      await this.#showProgress(path, done, length, (proc.kernel.clock.now() - began) / 1000)
    await this.#tell(isStdout ? 'written to stdout' : `'${path}' saved`)
    return undefined
  }

  async #showProgress(path: string, done: number, length: number | undefined, seconds: number): Promise<void> {
    const { proc } = this.#wget
    const start = proc.terminal(2) ? '\r' : ''
    const total = length === undefined ? done : this.#begin + length
    await this.#tell(`${start}${progressLine(path.replace(/.*\//, ''), done, total, seconds)}`)
  }

  /** Without -O nothing is overwritten. */
  async #open(path: string): Promise<number> {
    const { proc, options: how } = this.#wget
    const isNew = how.output === undefined && !how.resume
    try {
      return await proc.open(path, {
        write: true,
        create: true,
        ...(isNew ? { exclusive: true } : how.resume ? {} : { truncate: true }),
      })
    } catch (error) {
      if (!(error instanceof SysError)) throw error
      throw new Failure(`can't open '${path}': ${error.message}`)
    }
  }

  #path({ path }: HttpUrl): string {
    const { options: how } = this.#wget
    if (how.output !== undefined) return how.output
    const name = path.replace(/.*\//, '') || 'index.html'
    return how.prefix === undefined ? name : `${how.prefix.replace(/\/$/, '')}/${name}`
  }

  #size(path: string): number {
    try {
      return this.#wget.options.output === '-' ? 0 : this.#wget.proc.stat(path).size
    } catch (error) {
      if (!(error instanceof SysError)) throw error
      return 0
    }
  }

  async #tell(message: string): Promise<void> {
    if (!this.#wget.options.quiet) await this.#wget.proc.stderr.line(message)
    await this.#wget.proc.stderr.flush()
  }
}

function contentLength(headers: ReadonlyMap<string, string>): number | undefined {
  const text = headers.get('content-length')
  if (text === undefined) return undefined
  if (!/^\d+$/.test(text)) throw new Failure(`content-length ${text} is garbage`)
  return Number(text)
}

async function* empty(): AsyncGenerator<Uint8Array> {
  yield EMPTY
}
