// Asks the process that runs a container.

import { createConnection, type Socket } from 'node:net'
import type { Attachment } from '../../engine/handle.ts'
import type { Listener } from '../../engine/tap.ts'
import { fromWire, type Message, messages, type Request, send } from './protocol.ts'

export async function ask(path: string, request: Request): Promise<unknown> {
  const socket = await connect(path)
  try {
    void send(socket, request)
    for await (const message of messages<Message>(socket)) {
      if (message.error) throw fromWire(message.error)
      return message.result
    }
    throw new Error('the process that runs the container has gone')
  } finally {
    socket.destroy()
  }
}

/** Opens an attach or exec session. Throws what the other side threw. */
export async function openSession(path: string, request: Request): Promise<Attachment> {
  const socket = await connect(path)
  void send(socket, request)
  const incoming = messages<Message>(socket)
  const first = await incoming.next()
  if (first.done) throw new Error('the process that runs the container has gone')
  if (first.value.error) throw fromWire(first.value.error)
  const listeners = new Set<Listener>()
  return {
    write: bytes => send(socket, { input: Buffer.from(bytes).toString('base64') }),
    closeInput: () => void send(socket, { close: true }),
    resize: size => void send(socket, { resize: { rows: size.rows, columns: size.columns } }),
    listen(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    ended: relay(incoming, listeners, socket),
    detach: () => socket.end(),
  }
}

async function relay(incoming: AsyncGenerator<Message>, listeners: ReadonlySet<Listener>, socket: Socket): Promise<number> {
  for await (const { output, stream, exit, error } of incoming) {
    if (error) throw fromWire(error)
    if (output !== undefined) {
      const bytes = new Uint8Array(Buffer.from(output, 'base64'))
      for (const listener of listeners) await listener(bytes, stream ?? 'stdout')
    }
    if (exit === undefined) continue
    socket.destroy()
    return exit
  }
  return 137
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
