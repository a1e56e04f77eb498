// The heads of answers, and those that say only what went wrong, in busybox's words.

import { strftime } from '../../lib/strftime.ts'
import { parseTimeZone } from '../../lib/time-zone.ts'

const STATUSES: ReadonlyMap<number, readonly [name: string, text: string]> = new Map([
  [200, ['OK', '']],
  [206, ['Partial Content', '']],
  [302, ['Found', '']],
  [400, ['Bad Request', 'Unsupported method']],
  [401, ['Unauthorized', '']],
  [403, ['Forbidden', '']],
  [404, ['Not Found', 'The requested URL was not found']],
  [408, ['Request Timeout', 'No request appeared within 60 seconds']],
  [413, ['Entity Too Large', 'Entity Too Large']],
  [500, ['Internal Server Error', 'Internal Server Error']],
  [501, ['Not Implemented', 'The requested method is not recognized']],
])

const UTC = parseTimeZone('UTC0')

/** `nanoseconds` since the epoch, as HTTP writes dates. */
export function httpDate(nanoseconds: bigint): string {
  return strftime('%a, %d %b %Y %H:%M:%S GMT', nanoseconds, UTC)
}

/** The first lines of every answer. */
export function head(status: number, now: bigint, type: string | undefined, more: readonly string[] = []): string {
  const [name = ''] = STATUSES.get(status) ?? []
  const lines = [`HTTP/1.1 ${status} ${name}`, `Date: ${httpDate(now)}`, 'Connection: close']
  if (type !== undefined) lines.push(`Content-type: ${type}`)
  return [...lines, ...more, '', ''].join('\r\n')
}

/** The page of a status that nobody wrote a page for. */
export function page(status: number): string {
  const [name = '', text = ''] = STATUSES.get(status) ?? []
  const title = `${status} ${name}`
  return `<HTML><HEAD><TITLE>${title}</TITLE></HEAD>\n<BODY><H1>${title}</H1>\n${text}\n</BODY></HTML>\n`
}
