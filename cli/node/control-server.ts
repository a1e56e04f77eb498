// Answers other processes about a container that runs in this one.

import { rmSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import type { Attachment } from '../../engine/handle.ts'
import type { LocalContainer } from '../../engine/memory-containers.ts'
import { type Message, messages, type Request, send, toWire } from './protocol.ts'

export interface Served {
  readonly container: LocalContainer
  /** Keeps the new name on disk too. */
  rename(name: string): Promise<void>
}

export async function serveContainer(served: Served, path: string): Promise<Server> {
  rmSync(path, { force: true })
  const server = createServer(socket => {
    socket.on('error', () => socket.destroy())
    void answer(served, socket)
  })
  await new Promise<void>(resolve => server.listen(path, resolve))
  return server
}

async function answer(served: Served, socket: Socket): Promise<void> {
  const incoming = messages<Request & Message>(socket)
  const first = await incoming.next()
  if (first.done) return
  try {
    const request = first.value
    if (request.op === 'attach') return await session(await served.container.attach(), socket, incoming)
    if (request.op === 'exec') return await session(await served.container.exec(request.how), socket, incoming)
    await send(socket, { result: (await perform(served, request)) ?? null })
  } catch (error) {
    await send(socket, { error: toWire(error) })
  }
  socket.end()
}

async function perform({ container, rename }: Served, request: Request): Promise<unknown> {
  switch (request.op) {
    case 'kill':
      return container.kill(request.signal)
    case 'stop':
      return container.stop(request.seconds ?? undefined)
    case 'pause':
      return container.pause()
    case 'unpause':
      return container.unpause()
    case 'wait':
      return container.wait()
    case 'processes':
      return container.processes()
    case 'rename':
      return rename(request.name)
    case 'files':
      return Buffer.from(await container.changedFiles()).toString('base64')
    case 'put':
      return container.putArchive(request.path, Buffer.from(request.tar, 'base64'))
    case 'attach':
    case 'exec':
      throw new Error('a session is no single request')
  }
}

async function session(attachment: Attachment, socket: Socket, incoming: AsyncGenerator<Message>): Promise<void> {
  void send(socket, { started: true })
  const stop = attachment.listen((bytes, stream) => send(socket, { output: Buffer.from(bytes).toString('base64'), stream }))
  void takeInput(attachment, incoming)
  const exit = await Promise.race([attachment.ended, new Promise<undefined>(resolve => socket.once('close', () => resolve(undefined)))])
  stop()
  attachment.detach()
  if (exit !== undefined) await send(socket, { exit })
  socket.end()
}

async function takeInput(attachment: Attachment, incoming: AsyncGenerator<Message>): Promise<void> {
  for await (const message of incoming) {
    if (message.input !== undefined) await attachment.write(new Uint8Array(Buffer.from(message.input, 'base64')))
    if (message.resize) attachment.resize(message.resize)
    if (message.close) attachment.closeInput()
  }
}
