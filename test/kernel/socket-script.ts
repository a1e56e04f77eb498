// Runs a script of socket-scripts.ts on our kernel. Nothing in it sleeps.

import { SysError } from '../../kernel/errno.ts'
import { internetAddress, type SocketAddress } from '../../kernel/net/address.ts'
import type { Process } from '../../kernel/process.ts'
import { decode, encode } from '../../lib/bytes.ts'
import { run, testKernel } from './box.ts'

const SHORT = {
  serve: ([s, c, a]: readonly string[]) =>
    `open ${s} inet stream; bind ${s} 127.0.0.1 PORT; listen ${s}; open ${c} inet stream; connect ${c} 127.0.0.1 PORT; accept ${a} ${s}`,
  named: ([s, c, a]: readonly string[]) =>
    `open ${s} unix stream; bind ${s} ./sock; listen ${s}; open ${c} unix stream; connect ${c} ./sock; accept ${a} ${s}`,
}

/** What the last call answered: a text, or the name of its errno. */
export async function runSocketScript(script: string): Promise<string> {
  let answer = ''
  const ran = await run(testKernel(), async proc => {
    proc.mkdir('/box')
    proc.chmod('/box', 0o777)
    proc.chdir('/box')
    for (const signal of [13]) proc.onSignal(signal, 'ignore')
    const fds = new Map<string, number>()
    for (const line of longForm(script).split('; ')) answer = await call(proc, fds, line.split(' '))
    return 0
  })
  return ran.status === 0 ? answer : `${ran.status}`
}

/** The script without its abbreviations. */
export function longForm(script: string): string {
  const lines = script.split('; ').map(line => {
    const [name = '', ...rest] = line.split(' ')
    return name === 'serve' || name === 'named' ? SHORT[name](rest) : line
  })
  return lines.join('; ')
}

async function call(proc: Process, fds: Map<string, number>, [name = '', ...words]: string[]): Promise<string> {
  try {
    return (await CALLS[name]?.(proc, words, fds)) ?? 'ok'
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return error.errno === 'ENOTSUP' ? 'EOPNOTSUPP' : error.errno
  }
}

type Call = (proc: Process, words: string[], fds: Map<string, number>) => unknown

const CALLS: Readonly<Record<string, (...given: Parameters<Call>) => Promise<string | undefined>>> = {
  async open(proc, [key = '', family = '', type = ''], fds) {
    fds.set(key, proc.socket(family as 'inet', type as 'stream', { nonBlocking: true }))
    return undefined
  },
  async pair(proc, [one = '', other = ''], fds) {
    const [a, b] = proc.socketPair()
    fds.set(one, a).set(other, b)
    return undefined
  },
  async bind(proc, [key = '', ...address], fds) {
    proc.bind(fd(fds, key), parse(address))
    return undefined
  },
  async listen(proc, [key = '', backlog = '8'], fds) {
    proc.listen(fd(fds, key), Number(backlog))
    return undefined
  },
  async accept(proc, [key = '', listener = ''], fds) {
    proc.fds.get(fd(fds, listener)).nonBlocking = true
    const accepted = await proc.accept(fd(fds, listener))
    proc.fds.get(accepted).nonBlocking = true
    fds.set(key, accepted)
    return undefined
  },
  async connect(proc, [key = '', ...address], fds) {
    await proc.connect(fd(fds, key), parse(address))
    return undefined
  },
  async shutdown(proc, [key = '', how = ''], fds) {
    proc.shutdown(fd(fds, key), how as 'both')
    return undefined
  },
  async read(proc, [key = '', max = '1000'], fds) {
    return decode(await proc.read(fd(fds, key), Number(max)))
  },
  async from(proc, [key = ''], fds) {
    return show((await proc.receiveFrom(fd(fds, key))).from)
  },
  async write(proc, [key = '', text = ''], fds) {
    await proc.write(fd(fds, key), encode(text))
    return String(text.length)
  },
  async send(proc, [key = '', text = '', ...address], fds) {
    await proc.send(fd(fds, key), encode(text), parse(address))
    return String(text.length)
  },
  async close(proc, [key = ''], fds) {
    proc.close(fd(fds, key))
    return undefined
  },
  async name(proc, [key = ''], fds) {
    return show(proc.getsockname(fd(fds, key)))
  },
  async peer(proc, [key = ''], fds) {
    return show(proc.getpeername(fd(fds, key)))
  },
  async kind(proc, [path = '']) {
    return proc.stat(path).kind
  },
  async file(proc, [path = '']) {
    proc.mknod(path, 'file')
    return undefined
  },
  async fd(proc, [key = '', path = ''], fds) {
    fds.set(key, await proc.open(path))
    return undefined
  },
  async reopen(proc, [path = '']) {
    await proc.open(path)
    return undefined
  },
  async seek(proc, [key = ''], fds) {
    return String(proc.seek(fd(fds, key), 0))
  },
  async unlink(proc, [path = '']) {
    proc.unlink(path)
    return undefined
  },
  async rename(proc, [from = '', to = '']) {
    proc.rename(from, to)
    return undefined
  },
  async mode(proc, [path = '', mode = '']) {
    proc.chmod(path, Number.parseInt(mode, 8))
    return undefined
  },
  async user(proc, [uid = '']) {
    proc.setCredentials({ ...proc.credentials, uid: Number(uid), euid: Number(uid) })
    return undefined
  },
}

function fd(fds: ReadonlyMap<string, number>, key: string): number {
  return fds.get(key) ?? -1
}

const PORTS: Readonly<Record<string, number>> = { PORT: 20001, OTHER: 20002 }

function parse([host = '', port]: readonly string[]): SocketAddress {
  if (port === undefined) return { family: 'unix', path: host.replace(/^@/, '\0') }
  const address = internetAddress(host, PORTS[port] ?? Number(port))
  if (!address) throw new Error(`no address: ${host}`)
  return address
}

function show(address: SocketAddress): string {
  if (address.family === 'unix') return address.path.replace('\0', '@')
  const name = Object.entries(PORTS).find(([, port]) => port === address.port)?.[0]
  return `${address.host} ${name ?? address.port}`
}
