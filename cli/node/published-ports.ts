// Published ports: the host's own listen, and what connects to them is led to the container's loopback device.

import { createServer, type Server, type Socket } from 'node:net'
import { type Connection, dialContainer } from '../../engine/dial.ts'
import { EngineError } from '../../engine/errors.ts'
import { type PublishedPort, showHostAddress } from '../../engine/published-port.ts'
import { SysError } from '../../kernel/errno.ts'
import type { Kernel } from '../../kernel/kernel.ts'
import { hasCode } from './host-error.ts'

export class PublishedPorts {
  readonly #servers: Server[] = []
  readonly #sockets = new Set<Socket>()
  /** With the ports that the host chose. */
  readonly ports: PublishedPort[] = []
  /** Set when the container runs. */
  #kernel: (() => Kernel) | undefined

  /** Throws EngineError `start-failed` in docker's words when a port is taken. */
  static async open(wanted: readonly PublishedPort[], name: string): Promise<PublishedPorts> {
    const published = new PublishedPorts()
    try {
      for (const port of wanted) await published.#listen(port)
    } catch (error) {
      published.close()
      if (!(error instanceof Error)) throw error
      throw refusal(error, name)
    }
    return published
  }

  /** From now on connections are led there. */
  leadTo(kernel: () => Kernel): void {
    this.#kernel = kernel
  }

  close(): void {
    for (const server of this.#servers) server.close()
    for (const socket of this.#sockets) socket.destroy()
  }

  async #listen(wanted: PublishedPort): Promise<void> {
    const server = createServer({ allowHalfOpen: true, pauseOnConnect: true }, socket => {
      this.#sockets.add(socket)
      socket.on('close', () => this.#sockets.delete(socket))
      socket.on('error', () => socket.destroy())
      void this.#lead(socket, wanted.containerPort)
    })
    this.#servers.push(server)
    const host = wanted.hostIp === '' ? {} : { host: wanted.hostIp }
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen({ port: wanted.hostPort, ...host }, resolve)
    })
    server.unref()
    const address = server.address()
    const hostPort = typeof address === 'object' && address ? address.port : wanted.hostPort
    this.ports.push({ ...wanted, hostPort })
  }

  /** Where nobody listens the connection is reset, as by docker's proxy. */
  async #lead(socket: Socket, port: number): Promise<void> {
    let connection: Connection | undefined
    try {
      if (!this.#kernel) throw new SysError('ECONNREFUSED')
      connection = await dialContainer(this.#kernel(), port)
      await Promise.all([sendIn(socket, connection), sendOut(connection, socket)])
    } catch (error) {
      if (!(error instanceof Error)) throw error
      socket.resetAndDestroy()
    } finally {
      connection?.close()
    }
  }
}

async function sendIn(socket: Socket, connection: Connection): Promise<void> {
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) await connection.write(chunk)
  connection.end()
}

async function sendOut(connection: Connection, socket: Socket): Promise<void> {
  for (;;) {
    const bytes = await connection.read()
    if (bytes.length === 0) break
    if (!socket.write(bytes)) await drained(socket)
  }
  socket.end()
}

function drained(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = () => {
      socket.off('drain', settle)
      socket.off('close', settle)
      if (socket.destroyed) reject(new SysError('EPIPE'))
      else resolve()
    }
    socket.on('drain', settle)
    socket.on('close', settle)
  })
}

function refusal(error: Error, name: string): Error {
  const why = hasCode(error, 'EADDRINUSE')
    ? 'port is already allocated'
    : hasCode(error, 'EACCES')
      ? 'permission denied'
      : hasCode(error, 'EADDRNOTAVAIL')
        ? 'cannot assign requested address'
        : undefined
  if (why === undefined) return error
  const [, host = '', port = ''] = /(\S*):(\d+)$/.exec(error.message) ?? []
  const ip = host === '' || host === '::' ? '0.0.0.0' : host
  const where = showHostAddress({ ip, port: Number(port) })
  const message = `driver failed programming external connectivity on endpoint ${name}: Bind for ${where} failed: ${why}`
  return new EngineError('start-failed', `failed to set up container networking: ${message}`)
}
