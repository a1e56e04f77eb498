import type { Process } from '../kernel/process.ts'
import { decode } from '../lib/bytes.ts'
import { formatIPv6 } from '../lib/ip-address.ts'
import { flag } from '../lib/options.ts'
import { applet, type Invocation } from './applet.ts'
import { nameOf, serviceOf } from './network/resolve.ts'
import { showRoutes } from './network/routes.ts'

const options = {
  routes: flag('-r', 'The routing table'),
  all: flag('-a', 'All sockets'),
  listening: flag('-l', 'Those that listen (without: those that are connected)'),
  tcp: flag('-t', 'Of TCP'),
  udp: flag('-u', 'Of UDP'),
  raw: flag('-w', 'Raw ones'),
  unix: flag('-x', 'Of AF_UNIX'),
  extended: flag('-e', 'Accepted, as in busybox'),
  numeric: flag('-n', 'Numbers in place of names'),
  wide: flag('-W', 'Wide columns'),
  programs: flag('-p', 'Whose they are'),
}

type Netstat = Invocation<typeof options>

const STATES = [
  '',
  'ESTABLISHED',
  'SYN_SENT',
  'SYN_RECV',
  'FIN_WAIT1',
  'FIN_WAIT2',
  'TIME_WAIT',
  'CLOSE',
  'CLOSE_WAIT',
  'LAST_ACK',
  'LISTEN',
]

/** netstat, as in busybox: what /proc/net tells. */
export default applet({
  name: 'netstat',
  about: 'Show the sockets of this box, and its routing table',
  most: 0,
  options,
  async main(netstat) {
    const { proc, options: how } = netstat
    if (how.routes) return showRoutes(proc, 'netstat')
    const isAny = how.tcp || how.udp || how.raw || how.unix
    const which = how.listening ? '(only servers)' : how.all ? '(servers and established)' : '(w/o servers)'
    const owners = how.programs ? ownersOf(proc) : undefined
    if (!isAny || how.tcp || how.udp || how.raw) await showInternet(netstat, which, isAny, owners)
    if (!isAny || how.unix) await showUnix(netstat, which, owners)
    return 0
  },
})

type Owners = ReadonlyMap<string, string>

async function showInternet(
  { proc, options: how }: Netstat,
  which: string,
  isAny: boolean,
  owners: Owners | undefined,
): Promise<void> {
  const width = how.wide ? 51 : 23
  await proc.stdout.line(`Active Internet connections ${which}`)
  const heading = ['Local Address', 'Foreign Address'].map(text => text.padEnd(width)).join(' ')
  await proc.stdout.line(`Proto Recv-Q Send-Q ${heading} State       ${owners ? 'PID/Program name    ' : ''}`)
  const protocols = (['tcp', 'udp', 'raw'] as const).filter(name => !isAny || how[name])
  for (const protocol of protocols) {
    for (const row of [...rowsOf(proc, `/proc/net/${protocol}`), ...rowsOf(proc, `/proc/net/${protocol}6`)]) {
      const line = internetLine(proc, protocol, row, how, width)
      if (line !== undefined) await proc.stdout.line(owners ? `${line}${owners.get(row[9] ?? '') ?? '-'}` : line)
    }
  }
}

function internetLine(
  proc: Process,
  protocol: 'tcp' | 'udp' | 'raw',
  [, local = '', remote = '', state = '', queues = '']: readonly string[],
  how: Netstat['options'],
  width: number,
): string | undefined {
  const isConnected = !/:0000$/.test(remote)
  if (!how.all && isConnected === how.listening) return undefined
  const [sent = 0, received = 0] = queues.split(':').map(text => Number.parseInt(text, 16))
  const service = protocol === 'udp' ? 'udp' : 'tcp'
  const addresses = [local, remote].map(text => {
    const shown = showAddress(proc, text, how.numeric, service)
    return (how.wide ? shown : shown.slice(0, 23)).padEnd(width)
  })
  const number = Number.parseInt(state, 16)
  const name = protocol === 'tcp' || number === 1 ? STATES[number] : ''
  const counts = [received, sent].map(count => String(count).padStart(6)).join(' ')
  return `${protocol}   ${counts} ${addresses.join(' ')} ${(name ?? 'UNKNOWN').padEnd(12)}`
}

async function showUnix({ proc, options: how }: Netstat, which: string, owners: Owners | undefined): Promise<void> {
  await proc.stdout.line(`Active UNIX domain sockets ${which}`)
  const columns = `Proto RefCnt Flags       Type       State         I-Node ${owners ? 'PID/Program name    ' : ''}Path`
  await proc.stdout.line(columns)
  for (const row of rowsOf(proc, '/proc/net/unix')) {
    const [, count = '', , flags = '', type = '', state = '', inode = '', path = ''] = row
    const isListening = (Number.parseInt(flags, 16) & 0x10000) !== 0
    if (!how.all && isListening !== how.listening) continue
    const isStream = type === '0001'
    const shown = isListening ? 'LISTENING' : state === '03' ? 'CONNECTED' : ''
    const owner = owners ? `${(owners.get(inode) ?? '-').padEnd(20)}` : ''
    const words = [
      'unix ',
      String(Number.parseInt(count, 16)).padEnd(6),
      (isListening ? '[ ACC ]' : '[ ]').padEnd(11),
      (isStream ? 'STREAM' : 'DGRAM').padEnd(10),
      shown.padEnd(13),
      inode.padStart(6),
      `${owner}${path}`,
    ]
    await proc.stdout.line(words.join(' '))
  }
}

/** `0100007F:1F90` as `127.0.0.1:8080`, `localhost:http-alt`, or with `*` where any will do. */
function showAddress(proc: Process, text: string, isNumeric: boolean, protocol: 'tcp' | 'udp'): string {
  const [hex = '', portHex = ''] = text.split(':')
  const words = hex.match(/.{8}/g) ?? []
  const bytes = words.flatMap(word => [6, 4, 2, 0].map(at => Number.parseInt(word.slice(at, at + 2), 16)))
  const isFour = bytes.length === 4
  const groups = Array.from({ length: 8 }, (_, at) => (bytes[2 * at] ?? 0) * 256 + (bytes[2 * at + 1] ?? 0))
  const host = isFour ? bytes.join('.') : formatIPv6(groups)
  const port = Number.parseInt(portHex, 16)
  const isAnywhere = host === '0.0.0.0' || host === '::'
  const name = isNumeric || isAnywhere || !isFour ? undefined : nameOf(proc, { family: 'inet', host, port })
  const service = isNumeric ? undefined : serviceOf(proc, port, protocol)
  return `${name ?? host}:${port === 0 ? '*' : (service ?? port)}`
}

function rowsOf(proc: Process, path: string): string[][] {
  const lines = decode(proc.contentsOf(path)).trimEnd().split('\n').slice(1)
  return lines.map(line => line.trim().split(/\s+/))
}

/** By the number of a socket, `PID/program` of a process that has it open. */
function ownersOf(proc: Process): Owners {
  const owners = new Map<string, string>()
  for (const [pid, { fds, comm }] of proc.kernel.processes) {
    for (const [, description] of fds.entries()) {
      const number = /^socket:\[(\d+)\]$/.exec(description.path)?.[1]
      if (number !== undefined && !owners.has(number)) owners.set(number, `${pid}/${comm}`)
    }
  }
  return owners
}
