import { SysError } from '../kernel/errno.ts'
import { type InternetAddress, internetAddress, wildcard } from '../kernel/net/address.ts'
import type { Process } from '../kernel/process.ts'
import { count, flag, number, text, UsageError } from '../lib/options.ts'
import { applet, Failure, type Invocation } from './applet.ts'
import { execOrFail } from './exec-or-fail.ts'
import { bindOrFail, dial, listenOn } from './network/dial.ts'
import { HexLog } from './network/hex-log.ts'
import { relay } from './network/relay.ts'
import { resolveHost, resolvePort, withPort } from './network/resolve.ts'

const options = {
  listen: count('-l', 'Listen for a connection; twice, with -e: for one after the other'),
  keep: flag('-k', 'With -l and -e: for one after the other'),
  port: text('-p', 'PORT', 'Our own port'),
  source: text('-s', 'ADDR', 'Our own address'),
  wait: number('-w', 'SEC', 'How long to wait for a connection, and for an answer after the end of stdin'),
  pause: number('-i', 'SEC', 'How long to wait before each line that is sent'),
  file: text('-f', 'FILE', 'A file in place of the network'),
  program: text('-e', 'PROG', 'Run PROG with the connection as its stdin and stdout'),
  log: text('-o', 'FILE', 'Dump all that passes into FILE, in hex'),
  scan: flag('-z', 'Only whether a connection is possible'),
  numeric: flag('-n', 'No names: addresses only'),
  datagrams: flag('-u', 'Datagrams (UDP) in place of a stream'),
  verbose: count('-v', 'Tell what happens; twice: all of it'),
}

type Nc = Invocation<typeof options>

/** nc, as in busybox: the options of both that it may be built with. Other networks than the loopback are unreachable. */
export default applet({
  name: 'nc',
  about: 'Connect to HOST and PORT, or listen, and copy stdin there and what comes to stdout',
  operands: '[HOST PORT]',
  options,
  rewrite: args => joinProgram(args),
  async main(nc) {
    const { options: how, operands } = nc
    if (how.file !== undefined) return serveFile(nc, how.file)
    if (how.listen === 0) return operands.length === 0 ? refuse() : connect(nc)
    return listen(nc)
  },
})

function refuse(): never {
  throw new UsageError('')
}

/** Everything after -e belongs to PROG: the words are given back one by one by `programWords`. */
function joinProgram(args: readonly string[]): readonly string[] {
  const at = args.findIndex(arg => /^-[a-z]*e$/.test(arg))
  return at === -1 || at === args.length - 1 ? args : [...args.slice(0, at + 1), args.slice(at + 1).join('\0')]
}

async function connect(nc: Nc): Promise<number> {
  const { proc, options: how, operands } = nc
  const [name = '', portText = '0'] = operands
  const port = resolvePort(proc, portText, how.datagrams ? 'udp' : 'tcp')
  const to = how.numeric ? internetAddress(name, port) : resolveHost(proc, name, port)
  // busybox: with -n a name is refused without a word.
  if (!to) return 1
  const shown = `${name} (${withPort(to)})`
  let socket: number
  try {
    socket = await open(nc, to)
  } catch (error) {
    if (!(error instanceof Failure) || !(how.scan || how.verbose > 0)) throw error
    const isRefused = error.message.endsWith('Connection refused')
    if (how.verbose > (isRefused ? 1 : 0)) nc.warn(`${shown}: ${error.message.replace(/^.*: /, '')}`)
    if (how.verbose > 1) await proc.stderr.line('sent 0, rcvd 0')
    return 1
  }
  if (how.verbose > 0) await proc.stderr.line(`${shown} open`)
  if (how.scan) {
    if (how.verbose > 1) await proc.stderr.line('sent 0, rcvd 0')
    return 0
  }
  return serve(nc, socket)
}

async function open({ proc, options: how }: Nc, to: InternetAddress): Promise<number> {
  const own = how.source === undefined ? undefined : resolveHost(proc, how.source, 0)
  const port = how.port === undefined ? 0 : resolvePort(proc, how.port)
  const from = own || port > 0 ? { ...(own ?? wildcard(to.family)), port } : undefined
  if (!how.datagrams) return dial(proc, to, from)
  const fd = proc.socket(to.family, 'datagram')
  if (from) bindOrFail(proc, fd, from)
  try {
    await proc.connect(fd, to)
    return fd
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    throw new Failure(`can't connect to remote host (${to.host}): ${error.message}`)
  }
}

async function listen(nc: Nc): Promise<number> {
  const { proc, options: how } = nc
  const port = how.port === undefined ? 0 : resolvePort(proc, how.port, how.datagrams ? 'udp' : 'tcp')
  const host = how.source === undefined ? wildcard('inet6') : resolveHost(proc, how.source, port)
  const listener = listenOn(proc, port, { host, type: how.datagrams ? 'datagram' : 'stream' })
  if (how.verbose > 0) await proc.stderr.line(`listening on ${bound(proc, listener)} ...`)
  if (how.datagrams) return serve(nc, await meet(nc, listener))
  if (how.listen > 1 || how.keep) return serveAll(nc, listener)
  const socket = await accept(nc, listener)
  proc.close(listener)
  return serve(nc, socket)
}

function bound(proc: Process, fd: number): string {
  const address = proc.getsockname(fd)
  return address.family === 'unix' ? address.path : withPort(address)
}

async function accept({ proc, options: how }: Nc, listener: number): Promise<number> {
  await waitFor(proc, listener, how.wait)
  const socket = await proc.accept(listener)
  if (how.verbose > 0) await announce(proc, socket)
  return socket
}

async function announce(proc: Process, socket: number): Promise<void> {
  const peer = proc.getpeername(socket)
  if (peer.family === 'unix') return
  await proc.stderr.line(`connect to ${bound(proc, socket)} from ${withPort(peer)} (${withPort(peer)})`)
}

/** A datagram socket is from now on connected to whoever sends first, and what was sent is shown. */
async function meet({ proc, options: how }: Nc, socket: number): Promise<number> {
  await waitFor(proc, socket, how.wait)
  const { bytes, from } = await proc.receiveFrom(socket)
  await proc.connect(socket, from)
  if (how.verbose > 0) await announce(proc, socket)
  await proc.write(1, bytes)
  return socket
}

async function waitFor(proc: Process, fd: number, seconds: number | undefined): Promise<void> {
  if (seconds === undefined || seconds === 0) return
  if ((await proc.select([fd], seconds * 1000)).length === 0) throw new Failure('timed out')
}

/** A child for each connection: without -e there is nothing it could do. */
async function serveAll(nc: Nc, listener: number): Promise<number> {
  const { proc, options: how } = nc
  if (how.program === undefined) throw new Failure('-l with one connection after the other needs -e')
  for (;;) {
    const socket = await accept(nc, listener)
    proc.fork(async child => {
      child.close(listener)
      try {
        return await serve({ ...nc, proc: child }, socket)
      } catch (error) {
        if (!(error instanceof Failure)) throw error
        await child.stderr.line(`nc: ${error.message}`)
        return 1
      }
    })
    proc.close(socket)
    while (proc.children.size > 0 && proc.waitNow('any'));
  }
}

async function serve({ proc, options: how }: Nc, socket: number): Promise<number> {
  if (how.program !== undefined) return become(proc, socket, how.program.split('\0'))
  const log = how.log === undefined ? undefined : await HexLog.open(proc, how.log)
  const count = await relay(proc, {
    socket,
    hasEnd: !how.datagrams,
    idle: how.wait === undefined ? undefined : how.wait * 1000,
    pause: how.pause === undefined ? undefined : how.pause * 1000,
    ...(log ? { onChunk: (bytes, direction) => log.add(bytes, direction) } : {}),
  })
  await log?.close()
  if (how.verbose > 1) await proc.stderr.line(`sent ${count.sent}, rcvd ${count.received}`)
  return 0
}

function become(proc: Process, socket: number, argv: readonly string[]): never {
  for (const fd of [0, 1, 2]) proc.dup(socket, { onto: fd })
  if (socket > 2) proc.close(socket)
  return execOrFail(proc, argv)
}

async function serveFile(nc: Nc, path: string): Promise<number> {
  const { proc, options: how } = nc
  try {
    const fd = await proc.open(path, { read: true, write: true })
    if (how.program !== undefined) return become(proc, fd, how.program.split('\0'))
    await relay(proc, { socket: fd, hasEnd: true })
    return 0
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    throw new Failure(`can't open '${path}': ${error.message}`)
  }
}
