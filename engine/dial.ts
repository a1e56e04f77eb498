// A connection from outside to what listens in a container: for hosts that publish ports.

import { SysError } from '../kernel/errno.ts'
import type { Kernel } from '../kernel/kernel.ts'
import type { InternetAddress } from '../kernel/net/address.ts'
import { StreamSocket } from '../kernel/net/stream-socket.ts'

/** The host's end. */
export interface Connection {
  /** The next bytes; empty at the end. Throws SysError ECONNRESET. */
  read(): Promise<Uint8Array>
  /** Resolves when all has been taken. Throws SysError EPIPE, ECONNRESET. */
  write(bytes: Uint8Array): Promise<void>
  /** No more will be written. */
  end(): void
  close(): void
}

/** Throws SysError ECONNREFUSED: nobody listens on that port of the loopback device. */
export async function dialContainer(kernel: Kernel, port: number): Promise<Connection> {
  const { network } = kernel
  const to: InternetAddress = { family: 'inet', host: '127.0.0.1', port }
  const listener = network.boundTo('stream', to).find(socket => socket instanceof StreamSocket && socket.isListening)
  if (!(listener instanceof StreamSocket)) throw new SysError('ECONNREFUSED')
  const socket = new StreamSocket(network, 'inet', { uid: 0, gid: 0, time: kernel.nanoseconds() }).hold()
  try {
    while (!socket.connect(listener, to)) await change(listener)
  } catch (error) {
    socket.release()
    throw error
  }
  return {
    async read() {
      for (;;) {
        const bytes = socket.read(65536)
        if (bytes) return bytes
        await change(socket)
      }
    },
    async write(bytes) {
      for (let at = 0; at < bytes.length; ) {
        const written = socket.write(bytes.subarray(at))
        if (written === undefined) await change(socket)
        else at += written
      }
    },
    end: () => socket.shutdown({ read: false, write: true }),
    close: () => socket.release(),
  }
}

function change(socket: StreamSocket): Promise<void> {
  return new Promise(resolve => socket.changed.add({ wake: resolve }))
}
