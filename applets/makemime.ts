import { list, text } from '../lib/options.ts'
import { applet } from './applet.ts'
import { base64Lines } from './base64-lines.ts'
import { closeInput, openOrFail } from './operands.ts'

/** makemime, as in busybox (RFC 2046). */
export default applet({
  name: 'makemime',
  about: 'Make one MIME message of FILEs, each in base64',
  operands: '[FILE]...',
  options: {
    output: text('-o', 'FILE', 'Write to FILE, not to stdout'),
    headers: list('-a', 'HDR', 'A line of header above all'),
    type: text('-c', 'TYPE', 'The content type of the parts', 'application/octet-stream'),
    charset: text('-C', 'CHARSET', 'Their character set', 'us-ascii'),
    encoding: text('-e', 'X', 'Accepted: all is base64'),
    section: text('-N', 'X', 'Accepted: parts have no names of their own'),
  },
  async main({ proc, options, operands }) {
    if (options.output !== undefined) {
      const fd = await proc.open(options.output, { write: true, create: true, truncate: true })
      proc.dup(fd, { onto: 1 })
      proc.close(fd)
    }
    const { stdout } = proc
    for (const header of options.headers) await stdout.line(header)
    const boundary = boundaryOf(proc.kernel.host.random(12))
    await stdout.write(`Mime-Version: 1.0\nContent-Type: multipart/mixed; boundary="${boundary}"\n`)
    for (const name of operands.length === 0 ? ['-'] : operands) {
      await stdout.write(
        `\n--${boundary}\nContent-Type: ${options.type}; charset=${options.charset}\n` +
          `Content-Disposition: inline; filename="${baseOf(name)}"\nContent-Transfer-Encoding: base64\n`,
      )
      await stdout.flush()
      const input = await openOrFail(proc, name)
      for await (const line of base64Lines(input.chunks())) await stdout.write(`\n${line}`)
      closeInput(proc, input)
    }
    await stdout.write(`\n--${boundary}--\n\n`)
  },
})

function boundaryOf(bytes: Uint8Array): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  return [0, 4, 8].map(at => view.getUint32(at) & 0x7fffffff).join('-')
}

function baseOf(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1)
}
