// Answers other processes about a container that runs in this one.

import { rmSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import type { Size } from '../../engine/container.ts'
import type { Attachment } from '../../engine/handle.ts'
import type { LocalContainer } from '../../engine/memory-containers.ts'
import { type Frame, parseFrame, type Request, readFrames, send, sendJson, toWire } from './protocol.ts'

export interface Served {
  readonly container: LocalContainer
  start(size: Size | undefined): Promise<Attachment>
  /** Resolves when how it ended, and what it changed, is on disk: who is told of the end may look there. */
  wait(): Promise<number>
  /** What it has changed until now is on disk. */
  keep(): void
  /** Keeps the new name on disk too. */
  rename(name: string): Promise<void>
}

export async function serveContainer(served: Served, path: string): Promise<Server> {
  rmSync(path, { force: true })
  const server = createServer(socket => {
    socket.on('error', () => socket.destroy())
    void answer(served, socket)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(path, resolve)
  })
  return server
}

async function answer(served: Served, socket: Socket): Promise<void> {
  const frames = readFrames(socket)
  const { value: first } = await frames.next()
  if (first?.kind !== 'q') return void socket.destroy()
  try {
    const request = parseFrame<Request>(first)
    const attachment = await openSession(served, request)
    if (attachment) await session(served, request, { attachment, socket, frames })
    else await reply(socket, await perform(served, request, frames))
  } catch (error) {
    await sendJson(socket, 'x', toWire(error))
  }
  socket.end()
}

async function openSession(served: Served, request: Request): Promise<Attachment | undefined> {
  if (request.op === 'start') return served.start(request.size ?? undefined)
  if (request.op === 'attach') return served.container.attach()
  if (request.op === 'exec') return served.container.exec(request.how)
  return undefined
}

async function reply(socket: Socket, result: unknown): Promise<void> {
  if (result instanceof Uint8Array) await send(socket, 'b', result)
  else await sendJson(socket, 'r', result ?? null)
}

async function perform(served: Served, request: Request, frames: AsyncGenerator<Frame, undefined>): Promise<unknown> {
  const { container } = served
  switch (request.op) {
    case 'kill':
      return container.kill(request.signal)
    case 'stop':
      await container.stop(request.seconds ?? undefined)
      return served.wait()
    case 'pause':
      return container.pause()
    case 'unpause':
      return container.unpause()
    case 'wait':
      return served.wait()
    case 'processes':
      return container.processes()
    case 'rename':
      return served.rename(request.name)
    case 'files':
      return container.changedFiles()
    case 'size':
      return container.changedSize()
    case 'put': {
      const { value: tar } = await frames.next()
      if (tar?.kind === 'i') await container.putArchive(request.path, tar.contents)
      return served.keep()
    }
    case 'start':
    case 'attach':
    case 'exec':
      throw new Error('a session is no single request')
  }
}

interface Line {
  readonly attachment: Attachment
  readonly socket: Socket
  readonly frames: AsyncGenerator<Frame, undefined>
}

async function session(served: Served, request: Request, line: Line): Promise<void> {
  const { attachment, socket } = line
  void send(socket, 's')
  const stop = attachment.listen((bytes, stream) => send(socket, stream === 'stdout' ? 'o' : 'E', bytes))
  const left = takeInput(line).then(reason => {
    // docker: what runs goes on without the client that was killed, or whose terminal was closed. Its stdin ends, unless it
    // is a terminal, which others may type on.
    if (reason === 'lost' && request.op === 'exec' && !request.how.tty) attachment.closeInput()
    return undefined
  })
  const exit = await Promise.race([attachment.ended, left])
  stop()
  attachment.detach()
  if (exit === undefined) return
  if (request.op === 'exec') served.keep()
  else await served.wait()
  await sendJson(socket, 'c', exit)
}

/** Resolves when the client has gone: of its own will, or lost. */
async function takeInput({ attachment, frames }: Line): Promise<'detached' | 'lost'> {
  for await (const frame of frames) {
    if (frame.kind === 'i') await attachment.write(frame.contents)
    else if (frame.kind === 'e') attachment.closeInput()
    else if (frame.kind === 'z') attachment.resize(parseFrame<Size>(frame))
    else if (frame.kind === 'd') return 'detached'
  }
  return 'lost'
}
