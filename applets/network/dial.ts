// Connecting to a server, and listening as one.

import { SysError } from '../../kernel/errno.ts'
import { type InternetAddress, wildcard } from '../../kernel/net/address.ts'
import type { SocketType } from '../../kernel/net/socket.ts'
import type { Process } from '../../kernel/process.ts'
import { Failure } from '../applet.ts'

/** The fd of a connection. Throws Failure `can't connect to remote host (ADDRESS): ...`. */
export async function dial(proc: Process, to: InternetAddress, from?: InternetAddress): Promise<number> {
  const fd = proc.socket(to.family, 'stream')
  if (from) bindOrFail(proc, fd, from)
  try {
    await proc.connect(fd, to)
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    throw new Failure(`can't connect to remote host (${to.host}): ${error.message}`)
  }
  return fd
}

/** The fd of a socket that is bound, by default to every address of IPv6 and IPv4, and of a stream listens. */
export function listenOn(
  proc: Process,
  port: number,
  how: { readonly host?: InternetAddress; readonly type?: SocketType; readonly backlog?: number } = {},
): number {
  const { host = wildcard('inet6'), type = 'stream', backlog = 9 } = how
  const fd = proc.socket(host.family, type)
  bindOrFail(proc, fd, { ...host, port })
  if (type === 'stream') proc.listen(fd, backlog)
  return fd
}

export function bindOrFail(proc: Process, fd: number, address: InternetAddress): void {
  try {
    proc.bind(fd, address)
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    throw new Failure(`bind: ${error.message}`)
  }
}
