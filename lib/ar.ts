// ar archives: `!<arch>`, and members behind headers of sixty bytes of text (ar(5)); GNU's and BSD's long names.

import { decode, encode } from './bytes.ts'

export interface ArMember {
  readonly name: string
  /** Seconds. */
  readonly mtime: number
  readonly uid: number
  readonly gid: number
  readonly mode: number
  readonly contents: Uint8Array
}

export class ArError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'ArError'
  }
}

export const AR_MAGIC = '!<arch>\n'
const HEADER = 60

/** Throws ArError in busybox's words. */
export function* readAr(bytes: Uint8Array): Generator<ArMember> {
  if (bytes.length < AR_MAGIC.length) throw new ArError('short read')
  if (decode(bytes.subarray(0, 8)) !== AR_MAGIC) throw new ArError('invalid ar magic')
  let names = ''
  for (let at = 8; at + HEADER <= bytes.length; ) {
    const header = decode(bytes.subarray(at, at + HEADER))
    if (!header.endsWith('`\n')) throw new ArError('invalid ar header')
    const field = (from: number, to: number, radix = 10) => Number.parseInt(header.slice(from, to), radix) || 0
    const size = field(48, 58)
    const contents = bytes.subarray(at + HEADER, at + HEADER + size)
    if (contents.length < size) throw new ArError('short read')
    at += HEADER + size + (size % 2)
    const typed = header.slice(0, 16).trimEnd()
    const rest = { mtime: field(16, 28), uid: field(28, 34), gid: field(34, 40), mode: field(40, 48, 8) }
    if (typed === '/' || typed === '__.SYMDEF') continue
    if (typed === '//') {
      names = decode(contents)
      continue
    }
    const bsd = /^#1\/(\d+)$/.exec(typed)
    if (bsd) {
      const length = Number(bsd[1])
      const name = decode(contents.subarray(0, length)).replace(/\0+$/, '')
      yield { ...rest, name, contents: contents.subarray(length) }
      continue
    }
    const long = /^\/(\d+)$/.exec(typed)
    const name = long ? names.slice(Number(long[1])).replace(/\/?\n[\s\S]*$/, '') : typed.replace(/\/$/, '')
    yield { ...rest, name, contents }
  }
}

/** Names of more than fifteen bytes are cut, as busybox cuts them. */
export function arMember(member: ArMember): Uint8Array {
  const { name, mtime, uid, gid, mode, contents } = member
  const short = `${decode(encode(name).subarray(0, 15))}/`
  const fields = [
    short.padEnd(16),
    String(mtime).padEnd(12),
    String(uid).padEnd(6),
    String(gid).padEnd(6),
    mode.toString(8).padEnd(8),
    String(contents.length).padEnd(10),
  ]
  const header = encode(`${fields.join('')}\`\n`)
  const bytes = new Uint8Array(header.length + contents.length + (contents.length % 2))
  bytes.fill(10)
  bytes.set(header)
  bytes.set(contents, header.length)
  return bytes
}
