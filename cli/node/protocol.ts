// How processes of this host speak with the one that runs a container: frames over its control socket, a connection a request.
//
// A frame is a byte of kind, four bytes of length (big endian) and as many bytes of contents. Kinds from the client:
//   'q' the request, JSON, first and once     'i' input of a session      'e' the end of its input
//   'z' its terminal's size, JSON             'd' detach: what runs goes on without this client
// and from the process that runs the container:
//   'r' the answer, JSON                      'b' the answer, bytes        'x' an error, JSON: the last frame
//   's' a session has begun                   'o' its stdout, 'E' its stderr
//   'c' it has ended, the status in JSON: the last frame of a session
// A request that carries bytes (`put`) is followed by one frame 'i'. Back pressure is the socket's own: a side that does not
// read makes the other wait.

import type { Socket } from 'node:net'
import type { ExecOptions, Size } from '../../engine/container.ts'
import { EngineError, StartError } from '../../engine/errors.ts'
import { isErrno, SysError } from '../../kernel/errno.ts'
import { concat, decode, EMPTY, encode } from '../../lib/bytes.ts'

export type Request =
  | { readonly op: 'attach' | 'pause' | 'unpause' | 'wait' | 'processes' | 'files' | 'size' }
  /** Starts what waits to be started, and attaches. */
  | { readonly op: 'start'; readonly size: Size | null }
  | { readonly op: 'exec'; readonly how: ExecOptions }
  | { readonly op: 'kill'; readonly signal: string }
  | { readonly op: 'stop'; readonly seconds: number | null }
  | { readonly op: 'rename'; readonly name: string }
  | { readonly op: 'put'; readonly path: string }

export type Kind = 'q' | 'i' | 'e' | 'z' | 'd' | 'r' | 'b' | 'x' | 's' | 'o' | 'E' | 'c'

export interface Frame {
  readonly kind: Kind
  readonly contents: Uint8Array
}

const HEADER = 5
/** More than any archive here: a length beyond it is no frame of ours. */
const LONGEST = 0x7fffffff

/** Resolves when there is room for more; at once, undefined, when there is already. What is written to a closed line is lost. */
export function send(socket: Socket, kind: Kind, contents: Uint8Array = EMPTY): Promise<void> | undefined {
  if (socket.destroyed || !socket.writable) return undefined
  const frame = new Uint8Array(HEADER + contents.length)
  frame[0] = kind.charCodeAt(0)
  new DataView(frame.buffer).setUint32(1, contents.length)
  frame.set(contents, HEADER)
  return socket.write(frame) ? undefined : drained(socket)
}

export function sendJson(socket: Socket, kind: Kind, value: unknown): Promise<void> | undefined {
  return send(socket, kind, encode(JSON.stringify(value)))
}

/** What sendJson sent. Both ends are this program, so a frame's contents are what its kind says. */
export function parseFrame<T>({ contents }: Frame): T {
  return JSON.parse(decode(contents)) as T
}

/** Frames as they come, to the end of the connection. A cut-off frame is none. */
export async function* readFrames(socket: Socket): AsyncGenerator<Frame, undefined> {
  const chunks = receive(socket)
  let rest: Uint8Array = EMPTY
  for (;;) {
    while (rest.length < HEADER) {
      const { value, done } = await chunks.next()
      if (done) return undefined
      rest = concat([rest, value])
    }
    const length = new DataView(rest.buffer, rest.byteOffset).getUint32(1)
    if (length > LONGEST) return undefined
    const parts = [rest]
    for (let have = rest.length; have < HEADER + length; have += parts.at(-1)?.length ?? 0) {
      const { value, done } = await chunks.next()
      if (done) return undefined
      parts.push(value)
    }
    const whole = parts.length === 1 ? rest : concat(parts)
    // The kinds are ours, and unknown ones fall through every switch.
    const kind = String.fromCharCode(whole[0] ?? 0) as Kind
    yield { kind, contents: whole.slice(HEADER, HEADER + length) }
    rest = whole.subarray(HEADER + length)
  }
}

/** A connection that breaks ends as one that was closed: who asked sees that the answer is missing. */
async function* receive(socket: Socket): AsyncGenerator<Uint8Array, undefined> {
  try {
    for await (const chunk of socket) yield chunk
  } catch (error) {
    if (!(error instanceof Error)) throw error
  }
  return undefined
}

function drained(socket: Socket): Promise<void> {
  return new Promise(resolve => {
    const done = () => {
      socket.off('drain', done)
      socket.off('close', done)
      resolve()
    }
    socket.on('drain', done)
    socket.on('close', done)
  })
}

export interface WireError {
  readonly kind: 'start' | 'engine' | 'system' | 'other'
  readonly message: string
  readonly code?: string
  readonly status?: number
  readonly advice?: string
}

export function toWire(error: unknown): WireError {
  if (error instanceof StartError) {
    const { message, status, advice } = error
    return { kind: 'start', message, status, ...(advice === undefined ? {} : { advice }) }
  }
  if (error instanceof EngineError) return { kind: 'engine', message: error.message, code: error.code }
  if (error instanceof SysError) return { kind: 'system', message: error.message, code: error.errno }
  return { kind: 'other', message: error instanceof Error ? (error.stack ?? error.message) : String(error) }
}

export function fromWire({ kind, message, code, status, advice }: WireError): Error {
  if (kind === 'start') return new StartError(message, status ?? 126, advice)
  if (kind === 'system' && code !== undefined && isErrno(code)) return new SysError(code)
  // The code came from toWire in the other process.
  if (kind === 'engine') return new EngineError((code ?? 'unsupported') as EngineError['code'], message)
  return new Error(message)
}
