import { SysError } from '../../kernel/errno.ts'
import type { InternetAddress } from '../../kernel/net/address.ts'
import { wildcard } from '../../kernel/net/address.ts'
import type { Process } from '../../kernel/process.ts'
import { crypt, cryptSetting } from '../../lib/crypt.ts'
import { count, flag, text } from '../../lib/options.ts'
import { applet, Failure, type Invocation } from '../applet.ts'
import { becomeNamed } from '../become-user.ts'
import { listenOn } from '../network/dial.ts'
import { resolveHost, resolvePort } from '../network/resolve.ts'
import { type Configuration, readConfiguration } from './configuration.ts'
import { percentDecode } from './request.ts'
import { serveVisit } from './visit.ts'

const options = {
  inetd: flag('-i', 'One request, from stdin; the answer to stdout'),
  foreground: flag('-f', 'Do not become a daemon'),
  verbose: count('-v', 'Tell of each answer; twice: of each request too'),
  port: text('-p', '[IP:]PORT', 'Where to listen', '80'),
  user: text('-u', 'USER[:GRP]', 'Whom to become once the port is bound'),
  realm: text('-r', 'REALM', 'What a login is for', 'Web Server Authentication'),
  home: text('-h', 'HOME', 'Where the files are', '.'),
  configuration: text('-c', 'FILE', 'The configuration (/etc/httpd.conf, HOME/httpd.conf)'),
  hash: text('-m', 'STRING', 'Print STRING hashed for a configuration, and end'),
  encode: text('-e', 'STRING', 'Print STRING with entities of HTML, and end'),
  decode: text('-d', 'STRING', 'Print STRING with %XX decoded, and end'),
}

type Httpd = Invocation<typeof options>

/** httpd, as in busybox, on the loopback device; without its proxy. */
export default applet({
  name: 'httpd',
  about: 'Serve files and CGI programs by HTTP to this box',
  most: 0,
  options,
  async main(httpd) {
    const { proc, options: how } = httpd
    const { hash, encode: plain, decode: coded } = how
    const printed =
      hash !== undefined
        ? `${
            crypt(
              hash,
              cryptSetting('md5', size => proc.kernel.host.random(size)),
            ) ?? ''
          }\n`
        : plain !== undefined
          ? htmlEncode(plain)
          : coded === undefined
            ? undefined
            : percentDecode(coded, false)
    if (printed === undefined) return serve(httpd)
    await proc.stdout.write(printed)
    return 0
  },
})

function htmlEncode(plain: string): string {
  return plain.replace(/[^A-Za-z0-9]/gu, character => `&#${character.codePointAt(0)};`)
}

async function serve({ proc, options: how }: Httpd): Promise<number> {
  enter(proc, how.home)
  const configuration = await readConfiguration(proc, how.configuration)
  if (configuration.home !== undefined) enter(proc, configuration.home)
  const { realm, verbose: verbosity } = how
  if (how.inetd) {
    await serveVisit({ proc, input: 0, output: 1, peer: peerOf(proc, 0), configuration, realm, verbosity })
    return 0
  }
  const listener = listenAt(proc, how.port)
  try {
    if (how.user !== undefined) becomeNamed(proc, how.user)
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    throw new Failure(`unknown user/group ${how.user}`)
  }
  const server: Server = { listener, configuration, realm, verbosity }
  if (how.foreground) return acceptAll(proc, server)
  proc.fork(
    async child => {
      const nothing = await child.open('/dev/null', { read: true, write: true })
      for (const fd of [0, 1, 2]) child.dup(nothing, { onto: fd })
      return acceptAll(child, server)
    },
    { session: true },
  )
  return 0
}

interface Server {
  readonly listener: number
  readonly configuration: Configuration
  readonly realm: string
  readonly verbosity: number
}

function enter(proc: Process, directory: string): void {
  try {
    proc.chdir(directory)
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    throw new Failure(`can't change directory to '${directory}': ${error.message}`)
  }
}

/** `PORT`, `IP:PORT`, `[IP]:PORT`. */
function listenAt(proc: Process, where: string): number {
  if (/^\d+$/.test(where)) return listenOn(proc, resolvePort(proc, where))
  const [, name = where, port = ''] = /^(.*):([^:\]]*)$/.exec(where) ?? []
  const host = name === '' ? wildcard('inet6') : resolveHost(proc, name, 0)
  return listenOn(proc, resolvePort(proc, port || '80'), { host })
}

/** A child for each connection, so that a slow one keeps nobody waiting. */
async function acceptAll(proc: Process, { listener, ...server }: Server): Promise<number> {
  for (;;) {
    const connection = await proc.accept(listener)
    proc.fork(async child => {
      child.close(listener)
      const peer = peerOf(child, connection)
      try {
        await serveVisit({ proc: child, input: connection, output: connection, peer, ...server })
        // What the client still says must not reset the connection before it has read the answer.
        child.shutdown(connection, 'write')
        while ((await child.select([connection], 2000)).length > 0) {
          if ((await child.read(connection)).length === 0) break
        }
      } catch (error) {
        // The client is gone.
        if (!(error instanceof SysError)) throw error
      }
      return 0
    })
    proc.close(connection)
    while (proc.children.size > 0 && proc.waitNow('any'));
  }
}

function peerOf(proc: Process, fd: number): InternetAddress | undefined {
  try {
    const peer = proc.getpeername(fd)
    return peer.family === 'unix' ? undefined : peer
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return undefined
  }
}
