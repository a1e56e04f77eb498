import { toHex } from '../lib/digest.ts'
import { flag } from '../lib/options.ts'
import { applet } from './applet.ts'

/** uuidgen: a random UUID, version 4 (RFC 9562). */
export default applet({
  name: 'uuidgen',
  about: 'Print a random UUID',
  most: 0,
  options: { random: flag('-r', 'Accepted: it is always random') },
  async main({ proc }) {
    const bytes = proc.kernel.host.random(16)
    bytes[6] = (bytes[6]! & 15) | 0x40
    bytes[8] = (bytes[8]! & 63) | 0x80
    const hex = toHex(bytes)
    await proc.stdout.line(hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'))
  },
})
