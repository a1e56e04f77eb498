import { DecompressionError } from '../lib/decompression-error.ts'
import { applet, Failure } from './applet.ts'
import { codecOfMagic } from './codecs.ts'
import { openOrFail } from './operands.ts'

const LEAD = 96
const HEADER = 16

/** rpm2cpio, as in busybox: what stands behind an rpm's lead, signature and header (rpm file format, LSB). */
export default applet({
  name: 'rpm2cpio',
  about: 'Write the cpio archive that an rpm package holds to stdout',
  operands: '[PACKAGE.rpm]',
  most: 1,
  async main({ proc, operands: [name = '-'] }) {
    const input = await openOrFail(proc, name)
    const bytes = await input.all()
    if (bytes.length < LEAD) throw new Failure('short read')
    const isLead = bytes[0] === 0xed && bytes[1] === 0xab && bytes[2] === 0xee && bytes[3] === 0xdb
    if (!isLead) throw new Failure('invalid RPM magic')
    const signature = headerEnd(bytes, LEAD)
    // The signature fills up to eight bytes.
    const payload = bytes.subarray(headerEnd(bytes, Math.ceil(signature / 8) * 8))
    const codec = codecOfMagic(payload.subarray(0, 6))
    if (!codec) throw new Failure('no gzip/bzip2/xz magic')
    try {
      for await (const chunk of codec.decompress(whole(payload))) {
        const written = proc.stdout.write(chunk)
        if (written) await written
      }
    } catch (error) {
      if (!(error instanceof DecompressionError)) throw error
      throw new Failure(error.message)
    }
  },
})

/** Where the header at `from` ends: its index has sixteen bytes an entry, and its store follows. */
function headerEnd(bytes: Uint8Array, from: number): number {
  if (from + HEADER > bytes.length) throw new Failure('short read')
  const view = new DataView(bytes.buffer, bytes.byteOffset + from, HEADER)
  if (view.getUint32(0) >>> 8 !== 0x8eade8) throw new Failure(`invalid RPM header magic in '${from}'`)
  return from + HEADER + 16 * view.getUint32(8) + view.getUint32(12)
}

async function* whole(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
