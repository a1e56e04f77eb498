// A request's head (RFC 9112), and what busybox makes of its target.

import type { Process } from '../../kernel/process.ts'
import { byteLength, decode, encode } from '../../lib/bytes.ts'

export interface Request {
  readonly method: string
  /** As it was sent. */
  readonly target: string
  /** Decoded, without dots and doubled slashes. */
  readonly path: string
  readonly query: string
  /** By name in lower case. */
  readonly headers: ReadonlyMap<string, string>
}

/** A request that is answered by a status only. */
export class BadRequest extends Error {
  readonly status: number

  constructor(status: number) {
    super(`status ${status}`)
    this.status = status
  }
}

/** A client that says nothing for so long is left (busybox: HEADER_READ_TIMEOUT). */
const PATIENCE = 60_000

/** The most that a line may be long (busybox: IOBUF_SIZE). */
const LONGEST = 8192

/** undefined: nobody asks for anything. Throws BadRequest. */
export async function readRequest(proc: Process, fd: number): Promise<Request | undefined> {
  const line = await readLine(proc, fd)
  if (line === undefined) return undefined
  const [, method = '', target = ''] = /^(\S+) +(\/\S*) +HTTP\/\S+/i.exec(line) ?? []
  if (target === '') throw new BadRequest(400)
  const [, raw = '', query = ''] = /^([^?]*)\??(.*)$/s.exec(target) ?? []
  const path = plainPath(percentDecode(raw))
  const headers = new Map<string, string>()
  for (let header = await readLine(proc, fd); header; header = await readLine(proc, fd)) {
    const colon = header.indexOf(':')
    if (colon > 0) headers.set(header.slice(0, colon).toLowerCase(), header.slice(colon + 1).trim())
  }
  return { method: method.toUpperCase(), target, path, query, headers }
}

/** `isStrict`: what is no hex number is refused (400), and so is a name with a NUL (404); else it is kept. */
export function percentDecode(text: string, isStrict = true): string {
  const bytes = encode(text)
  const decoded: number[] = []
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0
    const hex = byte === 0x25 ? /^[0-9a-fA-F]{2}/.exec(decode(bytes.subarray(at + 1, at + 3)))?.[0] : undefined
    if (byte === 0x25 && hex === undefined && isStrict) throw new BadRequest(400)
    const value = hex === undefined ? byte : Number.parseInt(hex, 16)
    if (isStrict && value === 0) throw new BadRequest(404)
    decoded.push(!isStrict && byte === 0x2b ? 0x20 : value)
    if (hex !== undefined) at += 2
  }
  return decode(Uint8Array.from(decoded))
}

/** Above the root there is nothing: 400. */
function plainPath(path: string): string {
  const names: string[] = []
  const words = path.split('/').slice(1)
  for (const word of words) {
    if (word === '..' && names.pop() === undefined) throw new BadRequest(400)
    if (word !== '' && word !== '.' && word !== '..') names.push(word)
  }
  const last = words.at(-1)
  const isDirectory = last === '' || last === '.' || last === '..'
  return names.length === 0 ? '/' : `/${names.join('/')}${isDirectory ? '/' : ''}`
}

async function readLine(proc: Process, fd: number): Promise<string | undefined> {
  let text = ''
  for (;;) {
    if ((await proc.select([fd], PATIENCE)).length === 0) throw new BadRequest(408)
    const piece = decode(await proc.readThrough(fd, 10))
    text += piece
    if (piece === '') return text === '' ? undefined : text
    if (byteLength(text) > LONGEST) throw new BadRequest(400)
    if (piece.endsWith('\n')) return text.replace(/\r?\n$/, '')
  }
}
