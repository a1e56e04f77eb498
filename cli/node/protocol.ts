// How processes of this host speak with the one that runs a container: JSON, a message a line, over its control socket.
//
// A connection carries one request. Most are answered by { result } or { error }. `attach` and `exec` open a session:
// the client sends { input } (base64), { close: true } and { resize }, the server { output, stream } and at last { exit }.

import { createInterface } from 'node:readline'
import type { Socket } from 'node:net'
import { EngineError, StartError } from '../../engine/errors.ts'
import { SysError, isErrno } from '../../kernel/errno.ts'
import type { ExecOptions, Size } from '../../engine/container.ts'

export type Request =
  | { readonly op: 'attach' | 'pause' | 'unpause' | 'wait' | 'processes' | 'files' }
  | { readonly op: 'exec'; readonly how: ExecOptions }
  | { readonly op: 'kill'; readonly signal: string }
  | { readonly op: 'stop'; readonly seconds: number | null }
  | { readonly op: 'rename'; readonly name: string }
  | { readonly op: 'put'; readonly path: string; readonly tar: string }

export interface Message {
  readonly input?: string
  readonly close?: true
  readonly resize?: Size
  readonly output?: string
  readonly stream?: 'stdout' | 'stderr'
  readonly exit?: number
  readonly started?: true
  readonly result?: unknown
  readonly error?: WireError
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
  return { kind: 'other', message: error instanceof Error ? error.message : String(error) }
}

export function fromWire({ kind, message, code, status, advice }: WireError): Error {
  if (kind === 'start') return new StartError(message, status ?? 126, advice)
  if (kind === 'system' && code !== undefined && isErrno(code)) return new SysError(code)
  // The code came from toWire in the other process.
  if (kind === 'engine') return new EngineError((code ?? 'unsupported') as EngineError['code'], message)
  return new Error(message)
}

/** Resolves when there is room for more. */
export function send(socket: Socket, message: Request | Message): Promise<void> | undefined {
  if (socket.destroyed || !socket.writable) return undefined
  if (socket.write(`${JSON.stringify(message)}\n`)) return undefined
  return new Promise(resolve => {
    socket.once('drain', resolve)
    socket.once('close', () => resolve())
  })
}

/** Messages as they come. Both ends are ours, so a line is what its type says. */
export async function* messages<T>(socket: Socket): AsyncGenerator<T> {
  for await (const line of createInterface({ input: socket, crlfDelay: Number.POSITIVE_INFINITY })) {
    yield JSON.parse(line) as T
  }
}
