// The loopback device, as ip shows it.

import { internetAddress } from '../../kernel/net/address.ts'
import { parseIPv4 } from '../../lib/ip-address.ts'

export type Family = 'inet' | 'inet6' | 'link'

const LINK = ['1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue qlen 1000']
const HARDWARE = '    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00'
const FOREVER = '       valid_lft forever preferred_lft forever'
const FOUR = 'inet 127.0.0.1/8 scope host lo'
const SIX = 'inet6 ::1/128 scope host '

export function linkLines(isOneLine: boolean): string {
  const [first = ''] = LINK
  return isOneLine ? `${first}\\${HARDWARE}\n` : `${first}\n${HARDWARE}\n`
}

/** `to`: only addresses in it, as `127.0.0.0/8`. */
export function addressLines(how: {
  readonly family: Family | undefined
  readonly isOneLine: boolean
  readonly to: string | undefined
}): string {
  const { family, isOneLine, to } = how
  if (family === 'link') return linkLines(isOneLine)
  const hasFour = family !== 'inet6' && isIn(to, '127.0.0.1')
  const hasSix = family !== 'inet' && isIn(to, '::1')
  const rows = [...(hasFour ? [FOUR] : []), ...(hasSix ? [SIX] : [])]
  if (isOneLine) return rows.map(row => `1: lo    ${row}\\${FOREVER}\n`).join('')
  if (rows.length === 0) return ''
  // busybox: of IPv6 alone the discipline of the queue is not asked for.
  const [first = ''] = family === 'inet6' ? ['1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qlen 1000'] : LINK
  const hardware = family === undefined && to === undefined ? [HARDWARE] : []
  return [first, ...hardware, ...rows.flatMap(row => [`    ${row}`, FOREVER])].map(line => `${line}\n`).join('')
}

function isIn(prefix: string | undefined, own: string): boolean {
  if (prefix === undefined) return true
  const [text = '', bits] = prefix.split('/')
  const network = parseIPv4(text)
  const address = parseIPv4(own)
  if (!network || !address) return internetAddress(text, 0)?.host === own
  const length = bits === undefined ? 32 : Number(bits)
  const value = (bytes: readonly number[]) => bytes.reduce((sum, byte) => sum * 256 + byte, 0)
  const step = 2 ** (32 - length)
  return Math.floor(value(network) / step) === Math.floor(value(address) / step)
}
