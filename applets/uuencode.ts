import { SysError } from '../kernel/errno.ts'
import { concat, EMPTY } from '../lib/bytes.ts'
import { flag } from '../lib/options.ts'
import { applet, Failure } from './applet.ts'
import { openInput } from './operands.ts'

const LINE = 45
const CLASSIC = '`!"#$%&\'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_'
const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** uuencode, POSIX XCU. */
export default applet({
  name: 'uuencode',
  about: 'Write FILE, or stdin, as text that uudecode reads',
  operands: '[FILE] STORED_NAME',
  least: 1,
  most: 2,
  options: { base64: flag('-m', 'As base64') },
  async main({ proc, options, operands }) {
    const [stored = '', file] = [...operands].reverse()
    const { input, mode } = await openSource(file)
    await proc.stdout.line(`begin${options.base64 ? '-base64' : ''} ${mode.toString(8)} ${stored}`)
    const alphabet = options.base64 ? BASE64 : CLASSIC
    for await (const piece of pieces(input.chunks())) {
      const start = options.base64 ? '' : CLASSIC[piece.length]!
      await proc.stdout.line(start + letters(piece, alphabet, options.base64 ? '=' : '`'))
      const pause = proc.gate()
      if (pause) await pause
    }
    await proc.stdout.write(options.base64 ? '====\n' : '`\nend\n')

    async function openSource(name: string | undefined) {
      // busybox: stdin counts as a file that everybody may read and write, under the umask.
      if (name === undefined) return { input: await openInput(proc, '-'), mode: 0o666 & ~proc.umask }
      try {
        return { input: await openInput(proc, name), mode: proc.stat(name).mode & 0o777 }
      } catch (error) {
        if (!(error instanceof SysError)) throw error
        throw new Failure(`can't open '${name}': ${error.message}`)
      }
    }
  },
})

/** Of 45 bytes, the last of fewer. */
async function* pieces(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let held = EMPTY as Uint8Array
  for await (const chunk of chunks) {
    held = held.length === 0 ? chunk : concat([held, chunk])
    let at = 0
    for (; at + LINE <= held.length; at += LINE) yield held.subarray(at, at + LINE)
    held = held.subarray(at)
  }
  if (held.length > 0) yield held
}

function letters(bytes: Uint8Array, alphabet: string, padding: string): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const bits = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
    const used = Math.min(3, bytes.length - i) + 1
    for (let j = 0; j < 4; j++) text += j < used ? alphabet[(bits >> (18 - 6 * j)) & 63]! : padding
  }
  return text
}
