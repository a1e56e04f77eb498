import type { Process } from '../kernel/process.ts'
import { encode } from '../lib/bytes.ts'
import { flag, text } from '../lib/options.ts'
import { applet, Failure } from './applet.ts'
import { Base64Decoder } from './base64-decoder.ts'
import { startCommand } from './run-command.ts'

/** reformime, as in busybox: no parts within parts, and no quoted-printable. */
export default applet({
  name: 'reformime',
  about: 'Take apart a MIME message from stdin',
  operands: '[-X PROG ARGS]',
  stopAtOperand: true,
  options: {
    prefix: text('-x', 'PREFIX', 'Write each part to the file PREFIX and its name'),
    filter: flag('-X', 'Give each part to PROG, with CONTENT_TYPE, CONTENT_CHARSET and FILENAME; the last option'),
    decodes: flag('-d -e -i -r -s -c', 'Accepted: they say nothing'),
  },
  notes: ['Partly: a part that has parts, and quoted-printable, are refused.'],
  async main({ proc, options, operands }) {
    if (options.prefix === undefined && !options.filter) return 0
    const put: Put = (part, body) =>
      options.filter ? filterPart(proc, operands, part, body) : writePart(proc, options.prefix ?? '', part, body)
    const defaultName = `${Math.floor(proc.kernel.clock.now() / 1000)}.${proc.pid}`
    await takeMessage(new MimeLines(proc.stdin.lines()), put, defaultName)
    return 0
  },
})

interface Part {
  readonly type: string
  readonly charset: string
  readonly encoding: string
  readonly name: string
}

/** A message, or each part of a multipart one. */
async function takeMessage(lines: MimeLines, put: Put, defaultName: string): Promise<void> {
  const headers = await readHeaders(lines)
  const type = fieldOf(headers, 'content-type')
  if (!type.value.startsWith('multipart/')) return put(partOf(headers, defaultName), lines.body(undefined))
  const boundary = type.parameters.get('boundary')
  if (type.value !== 'multipart/mixed') throw new Failure(`no support of content type '${type.value}'`)
  if (boundary === undefined) return
  await exhaust(lines.body(boundary))
  for (let count = 0; !lines.isLast; count++) {
    const part = partOf(await readHeaders(lines), count === 0 ? defaultName : `${defaultName}.${count}`)
    if (part.type.startsWith('multipart/')) throw new Failure(`no support of content type '${part.type}'`)
    const body = lines.body(boundary)
    await put(part, body)
    await exhaust(body)
  }
}

type Put = (part: Part, body: AsyncIterable<string>) => Promise<void>

async function exhaust(body: AsyncIterable<string>): Promise<void> {
  for await (const line of body) if (line === undefined) return
}

/** The lines of a message, which bodies end at their boundary. */
class MimeLines {
  readonly #lines: AsyncIterator<string>
  /** The closing boundary, or the end, was met. */
  isLast = false

  constructor(lines: AsyncIterable<string>) {
    this.#lines = lines[Symbol.asyncIterator]()
  }

  async next(): Promise<string | undefined> {
    const { done, value } = await this.#lines.next()
    if (done) this.isLast = true
    return done ? undefined : value.replace(/\r$/, '')
  }

  /** The newline before a boundary belongs to the boundary (RFC 2046 section 5.1.1). */
  async *body(boundary: string | undefined): AsyncGenerator<string> {
    let isFirst = true
    for (;;) {
      const line = await this.next()
      if (line === undefined) return
      if (boundary !== undefined && line.startsWith(`--${boundary}`)) {
        this.isLast ||= line.startsWith(`--${boundary}--`)
        return
      }
      yield isFirst ? line : `\n${line}`
      isFirst = false
    }
  }
}

/** By lower-case name; a line that begins with a blank goes on (RFC 822 section 3.1.1). */
async function readHeaders(lines: MimeLines): Promise<Map<string, string>> {
  const headers = new Map<string, string>()
  let name = ''
  for (;;) {
    const line = await lines.next()
    if (line === undefined || line === '') return headers
    const match = /^([^:\s]+):\s*(.*)$/.exec(line)
    if (/^\s/.test(line)) headers.set(name, `${headers.get(name) ?? ''} ${line.trim()}`)
    else if (match) {
      name = match[1]!.toLowerCase()
      headers.set(name, match[2]!)
    }
  }
}

interface Field {
  readonly value: string
  readonly parameters: ReadonlyMap<string, string>
}

function fieldOf(headers: ReadonlyMap<string, string>, name: string): Field {
  const text = headers.get(name) ?? ''
  const parameters = new Map<string, string>()
  for (const [, key, quoted, bare] of text.matchAll(/;\s*([^=;\s]+)\s*=\s*(?:"([^"]*)"|([^;\s]*))/g))
    parameters.set(key!.toLowerCase(), quoted ?? bare ?? '')
  return { value: (text.split(';')[0] ?? '').trim().toLowerCase(), parameters }
}

function partOf(headers: ReadonlyMap<string, string>, defaultName: string): Part {
  const type = fieldOf(headers, 'content-type')
  const given = fieldOf(headers, 'content-disposition').parameters.get('filename') ?? defaultName
  return {
    type: type.value || 'text/plain',
    charset: type.parameters.get('charset') ?? 'us-ascii',
    encoding: fieldOf(headers, 'content-transfer-encoding').value || '7bit',
    // Nobody is to write outside of here.
    name: given.slice(given.lastIndexOf('/') + 1),
  }
}

async function writePart(proc: Process, prefix: string, part: Part, body: AsyncIterable<string>): Promise<void> {
  const fd = await proc.open(prefix + part.name, { write: true, create: true, truncate: true })
  try {
    await copyBody(proc, fd, part, body)
  } finally {
    proc.close(fd)
  }
}

/** PROG's failure is ours. */
async function filterPart(
  proc: Process,
  argv: readonly string[],
  part: Part,
  body: AsyncIterable<string>,
): Promise<void> {
  const [read, write] = proc.pipe({ closeOnExec: true })
  const { type, charset, encoding, name } = part
  const own = { CONTENT_TYPE: type, CHARSET: charset, ENCODING: encoding, FILENAME: name }
  const started = startCommand(proc, argv, {
    env: new Map([...proc.env, ...Object.entries(own)]),
    prepare: child => {
      child.dup(read, { onto: 0 })
    },
  })
  proc.close(read)
  try {
    await copyBody(proc, write, part, body)
  } finally {
    proc.close(write)
  }
  const ended = await proc.wait(started.child.pid)
  if (started.refusal) throw new Failure(`can't execute '${argv[0]}': ${started.refusal.message}`, 127)
  const status = ended?.[1]
  if (status && 'exited' in status && status.exited !== 0) proc.exit(status.exited)
}

async function copyBody(proc: Process, fd: number, part: Part, body: AsyncIterable<string>): Promise<void> {
  const { encoding } = part
  if (encoding === 'base64') {
    const decoder = new Base64Decoder()
    for await (const line of body) decoder.take(encode(line))
    await proc.write(fd, decoder.out.take())
    if (!decoder.finish()) throw new Failure('truncated input')
    return
  }
  if (!['7bit', '8bit', 'binary'].includes(encoding)) throw new Failure(`encoding '${encoding}' not supported`)
  for await (const line of body) await proc.write(fd, encode(line))
}
