// The texts of /proc/net, in Linux's formats (proc_net(5)).

import { parseIPv4, parseIPv6 } from '../../lib/ip-address.ts'
import type { InternetAddress, SocketAddress } from './address.ts'
import { DatagramSocket } from './datagram-socket.ts'
import type { Network } from './network.ts'
import type { Socket } from './socket.ts'
import { StreamSocket } from './stream-socket.ts'

/** By name under /proc/net. */
export const NETWORK_FILES: ReadonlyMap<string, (network: Network) => string> = new Map([
  ['tcp', (network: Network) => internetTable(network, 'inet', 'stream')],
  ['tcp6', (network: Network) => internetTable(network, 'inet6', 'stream')],
  ['udp', (network: Network) => internetTable(network, 'inet', 'datagram')],
  ['udp6', (network: Network) => internetTable(network, 'inet6', 'datagram')],
  ['raw', () => `  ${FOUR} ref pointer drops\n`],
  ['raw6', () => `  ${SIX} ref pointer drops\n`],
  ['unix', unixTable],
  ['dev', devices],
  [
    'route',
    () =>
      'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT'.padEnd(127).concat('\n'),
  ],
  ['arp', () => 'IP address       HW type     Flags       HW address            Mask     Device\n'],
  ['if_inet6', () => '00000000000000000000000000000001 01 80 10 80       lo\n'],
])

const COLUMNS = 'st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode'
const FOUR = `sl  local_address rem_address   ${COLUMNS}`
const SIX = `sl  local_address                         remote_address                        ${COLUMNS}`
const HEADINGS = {
  stream: { inet: `  ${FOUR}`, inet6: `  ${SIX}` },
  datagram: { inet: `   ${FOUR} ref pointer drops`, inet6: `  ${SIX} ref pointer drops` },
}

const STATES: Readonly<Record<StreamSocket['state'], string>> = {
  ESTABLISHED: '01',
  FIN_WAIT2: '05',
  CLOSE: '07',
  CLOSE_WAIT: '08',
  LISTEN: '0A',
}

function internetTable(network: Network, family: 'inet' | 'inet6', type: Socket['type']): string {
  const rows = [HEADINGS[type][family]]
  for (const socket of network.sockets) {
    if (socket.type !== type || socket.family !== family || !socket.local) continue
    rows.push(internetRow(socket, rows.length - 1))
  }
  const width = family === 'inet6' ? 0 : type === 'stream' ? 149 : 127
  return rows.map(line => `${line.padEnd(width)}\n`).join('')
}

function internetRow(socket: Socket, index: number): string {
  const { incoming, outgoing } = queued(socket)
  const state = socket instanceof StreamSocket ? STATES[socket.state] : socket.remote ? '01' : '07'
  const isListening = socket instanceof StreamSocket && socket.isListening
  const [tx, rx] = isListening ? [0, incoming] : [outgoing, incoming]
  const slot = `${String(index).padStart(socket.type === 'stream' ? 4 : 5)}: `
  const who = `${String(socket.maker.uid).padStart(5)} ${'0'.padStart(8)} ${socket.number}`
  const tail = socket.type === 'stream' ? `1 ${pointer(socket)} 100 0 0 10 0` : `2 ${pointer(socket)} 0`
  return `${slot}${hexAddress(socket.name)} ${hexAddress(socket.remote ?? anywhere(socket))} ${state} ${hex(tx)}:${hex(rx)} 00:00000000 00000000 ${who} ${tail}`
}

function queued(socket: Socket): { readonly incoming: number; readonly outgoing: number } {
  if (socket instanceof StreamSocket || socket instanceof DatagramSocket) return socket.queued
  return { incoming: 0, outgoing: 0 }
}

function anywhere({ family }: Socket): InternetAddress {
  return family === 'inet6' ? { family, host: '::', port: 0 } : { family: 'inet', host: '0.0.0.0', port: 0 }
}

/** Words of 32 bits in the machine's order, which is little-endian. */
function hexAddress(address: SocketAddress): string {
  if (address.family === 'unix') return ''
  const bytes =
    address.family === 'inet'
      ? (parseIPv4(address.host) ?? [])
      : (parseIPv6(address.host) ?? []).flatMap(group => [group >> 8, group & 255])
  let text = ''
  for (let at = 0; at < bytes.length; at += 4) {
    const word = bytes.slice(at, at + 4).reverse()
    text += word.map(byte => byte.toString(16).padStart(2, '0')).join('')
  }
  return `${text.toUpperCase()}:${address.port.toString(16).toUpperCase().padStart(4, '0')}`
}

function hex(count: number): string {
  return count.toString(16).toUpperCase().padStart(8, '0')
}

function pointer(socket: Socket): string {
  return socket.number.toString(16).padStart(16, '0')
}

/** Flags 10000: it listens; states 01 free, 03 connected (linux/net.h). */
function unixTable(network: Network): string {
  const rows = ['Num       RefCount Protocol Flags    Type St Inode Path']
  for (const socket of network.sockets) {
    if (socket.family !== 'unix') continue
    const isListening = socket instanceof StreamSocket && socket.isListening
    const flags = isListening ? '00010000' : '00000000'
    const type = socket.type === 'stream' ? '0001' : '0002'
    const state = socket.remote ? '03' : '01'
    const path = socket.local?.family === 'unix' ? ` ${socket.local.path.replace('\0', '@')}` : ''
    const count = `0000000${isListening || !socket.remote ? 2 : 3}`
    rows.push(
      `${pointer(socket)}: ${count} 00000000 ${flags} ${type} ${state} ${String(socket.number).padStart(5)}${path}`,
    )
  }
  return rows.map(row => `${row}\n`).join('')
}

function devices({ traffic: { bytes, packets } }: Network): string {
  const received = `${String(bytes).padStart(8)} ${String(packets).padStart(7)}    0    0    0     0          0         0`
  const sent = `${String(bytes).padStart(8)} ${String(packets).padStart(7)}    0    0    0     0       0          0`
  return [
    'Inter-|   Receive                                                |  Transmit',
    ' face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed',
    `    lo: ${received} ${sent}`,
    '',
  ].join('\n')
}
