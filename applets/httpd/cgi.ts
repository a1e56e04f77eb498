// A program that answers (RFC 3875): its environment, its input, and what it prints as the answer.

import { SysError } from '../../kernel/errno.ts'
import type { Process } from '../../kernel/process.ts'
import { decode, encode } from '../../lib/bytes.ts'
import { startCommand } from '../run-command.ts'
import type { Visit } from './visit.ts'

export interface Script {
  /** Where it lies, and what it is called there. */
  readonly directory: string
  readonly argv: readonly string[]
  /** The part of the path that is the script, and what follows. */
  readonly name: string
  readonly rest: string
}

export async function runScript(visit: Visit, script: Script): Promise<void> {
  const { proc, input, output } = visit
  const [toScript, body] = proc.pipe({ closeOnExec: true })
  const [answer, fromScript] = proc.pipe({ closeOnExec: true })
  const { child } = startCommand(proc, script.argv, {
    env: environment(visit, script),
    prepare(self) {
      self.dup(toScript, { onto: 0 })
      self.dup(fromScript, { onto: 1 })
      self.chdir(script.directory)
    },
  })
  proc.close(toScript)
  proc.close(fromScript)
  const feeder = proc.fork(self => feed(self, { input, body, answer, size: contentLength(visit) }))
  proc.close(body)
  await send(proc, answer, output)
  await proc.wait(child.pid)
  proc.kill(feeder.pid, 9)
  await proc.wait(feeder.pid)
}

function contentLength({ request }: Visit): number {
  return Number(request.headers.get('content-length') ?? 0) || 0
}

/** The body of the request, as much as was announced, into the script's stdin. */
async function feed(
  proc: Process,
  how: { readonly input: number; readonly body: number; readonly answer: number; readonly size: number },
): Promise<number> {
  proc.close(how.answer)
  try {
    for (let left = how.size; left > 0; ) {
      const bytes = await proc.read(how.input, Math.min(left, 65536))
      if (bytes.length === 0) break
      left -= bytes.length
      await proc.write(how.body, bytes)
    }
  } catch (error) {
    if (!(error instanceof SysError)) throw error
  }
  return 0
}

/** busybox: what begins with HTTP/ is the answer itself, `Status:` gives its first line, else it is 200. */
async function send(proc: Process, from: number, to: number): Promise<void> {
  let start = ''
  while (start.length < 8) {
    const bytes = await proc.read(from)
    if (bytes.length === 0) break
    start += decode(bytes)
  }
  if (start === '') return
  const first = start.startsWith('HTTP/')
    ? start
    : start.startsWith('Status: ')
      ? `HTTP/1.1 ${start.slice(8)}`
      : `HTTP/1.1 200 OK\r\n${start}`
  await proc.write(to, encode(first))
  for (let bytes = await proc.read(from); bytes.length > 0; bytes = await proc.read(from)) await proc.write(to, bytes)
}

function environment({ proc, request, peer, user }: Visit, script: Script): Map<string, string> {
  const env = new Map(proc.env)
  const { method, target, query, headers } = request
  env.set('PATH_INFO', script.rest)
  env.set('REQUEST_METHOD', method)
  env.set('REQUEST_URI', target)
  env.set('SCRIPT_NAME', script.name)
  env.set('QUERY_STRING', query)
  env.set('SERVER_SOFTWARE', 'busybox httpd/1.35.0')
  env.set('SERVER_PROTOCOL', 'HTTP/1.1')
  env.set('GATEWAY_INTERFACE', 'CGI/1.1')
  if (peer) {
    env.set('REMOTE_ADDR', peer.host.includes(':') ? `[${peer.host}]` : peer.host)
    env.set('REMOTE_PORT', String(peer.port))
  }
  if (user !== undefined) {
    env.set('REMOTE_USER', user)
    env.set('AUTH_TYPE', 'Basic')
  }
  for (const [name, value] of headers) {
    const plain = name.toUpperCase().replace(/-/g, '_')
    if (plain === 'CONTENT_TYPE' || plain === 'CONTENT_LENGTH') env.set(plain, value)
    else if (plain !== 'AUTHORIZATION') env.set(`HTTP_${plain}`, value)
  }
  return env
}
