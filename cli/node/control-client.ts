// Asks the process that runs a container.

import { createConnection, type Socket } from 'node:net'
import type { Attachment } from '../../engine/handle.ts'
import type { Listener, StreamName } from '../../engine/tap.ts'
import { EMPTY } from '../../lib/bytes.ts'
import { type Frame, fromWire, parseFrame, type Request, readFrames, send, sendJson } from './protocol.ts'

/** The process that runs the container ended, or was killed, before it had answered. */
export class LineLostError extends Error {
  constructor() {
    super('the process that runs the container has gone')
    this.name = 'LineLostError'
  }
}

/** A status of 128 + SIGKILL: all that can be said of a command whose whole container was killed. */
const KILLED = 137

/** The answer: JSON or bytes. Throws what the other side threw, and LineLostError. */
export async function ask(path: string, request: Request, bytes?: Uint8Array): Promise<unknown> {
  const socket = await connect(path)
  try {
    void sendJson(socket, 'q', request)
    if (bytes) void send(socket, 'i', bytes)
    const answer = await nextFrame(readFrames(socket))
    return answer.kind === 'b' ? answer.contents : parseFrame(answer)
  } finally {
    socket.destroy()
  }
}

/** Opens a start, attach or exec session. Throws as `ask`. */
export async function openSession(path: string, request: Request): Promise<Attachment> {
  const socket = await connect(path)
  try {
    void sendJson(socket, 'q', request)
    const frames = readFrames(socket)
    await nextFrame(frames)
    return new RemoteSession(socket, frames)
  } catch (error) {
    socket.destroy()
    throw error
  }
}

async function nextFrame(frames: AsyncGenerator<Frame, undefined>): Promise<Frame> {
  const { value: frame } = await frames.next()
  if (!frame) throw new LineLostError()
  if (frame.kind === 'x') throw fromWire(parseFrame(frame))
  return frame
}

/** Nothing is read from the socket before somebody listens, so no output is lost and what runs waits for its reader. */
class RemoteSession implements Attachment {
  readonly #socket: Socket
  readonly #frames: AsyncGenerator<Frame, undefined>
  readonly #listeners = new Set<Listener>()
  readonly ended: Promise<number>
  #begin: () => void = () => {}

  constructor(socket: Socket, frames: AsyncGenerator<Frame, undefined>) {
    this.#socket = socket
    this.#frames = frames
    const begun = new Promise<void>(resolve => {
      this.#begin = resolve
    })
    this.ended = begun.then(() => this.#relay())
  }

  write(bytes: Uint8Array): void | Promise<void> {
    return send(this.#socket, 'i', bytes)
  }

  closeInput(): void {
    void send(this.#socket, 'e')
  }

  resize({ rows, columns }: { readonly rows: number; readonly columns: number }): void {
    void sendJson(this.#socket, 'z', { rows, columns })
  }

  listen(listener: Listener): () => void {
    this.#listeners.add(listener)
    this.#begin()
    return () => void this.#listeners.delete(listener)
  }

  detach(): void {
    this.#listeners.clear()
    void send(this.#socket, 'd', EMPTY)
    this.#socket.end()
    this.#begin()
  }

  async #relay(): Promise<number> {
    for await (const frame of this.#frames) {
      if (frame.kind === 'o') await this.#deliver(frame.contents, 'stdout')
      else if (frame.kind === 'E') await this.#deliver(frame.contents, 'stderr')
      else if (frame.kind === 'x') throw fromWire(parseFrame(frame))
      else if (frame.kind === 'c') {
        this.#socket.destroy()
        return parseFrame(frame)
      }
    }
    return KILLED
  }

  async #deliver(bytes: Uint8Array, stream: StreamName): Promise<void> {
    for (const listener of this.#listeners) await listener(bytes, stream)
  }
}

function connect(path: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = createConnection(path, () => {
      socket.off('error', reject)
      socket.on('error', () => socket.destroy())
      resolve(socket)
    })
    socket.once('error', reject)
  })
}
