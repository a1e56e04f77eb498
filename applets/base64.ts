import { SysError } from '../kernel/errno.ts'
import { ByteBuilder } from '../lib/byte-builder.ts'
import { concat, EMPTY } from '../lib/bytes.ts'
import { flag, number } from '../lib/options.ts'
import { applet, Failure } from './applet.ts'
import { Base64Decoder } from './base64-decoder.ts'
import { openInput } from './operands.ts'

/** base64, as in busybox (RFC 4648). */
export default applet({
  name: 'base64',
  about: 'Encode FILE, or stdin, as base64, or decode it',
  operands: '[FILE]',
  most: 1,
  options: {
    decode: flag('-d --decode', 'Decode'),
    wrap: number('-w --wrap', 'COL', 'Lines of COL characters (76; 0: one line)', 76),
  },
  async main({ proc, options, operands }) {
    const [name = '-'] = operands
    let input: Awaited<ReturnType<typeof openInput>>
    try {
      input = await openInput(proc, name)
    } catch (error) {
      if (!(error instanceof SysError)) throw error
      throw new Failure(`${name}: ${error.message}`)
    }
    const coder = options.decode ? new Base64Decoder() : new Encoder(options.wrap)
    try {
      for (;;) {
        const chunk = await input.read()
        if (chunk.length === 0) break
        coder.take(chunk)
        await proc.stdout.write(coder.out.take())
        const pause = proc.gate()
        if (pause) await pause
      }
    } catch (error) {
      if (!(error instanceof SysError) || error.errno !== 'EISDIR') throw error
      throw new Failure(`read error: ${error.message}`)
    }
    const isWhole = coder.finish()
    await proc.stdout.write(coder.out.take())
    if (!isWhole) throw new Failure('truncated input')
  },
})

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const CODES = Uint8Array.from(LETTERS, letter => letter.charCodeAt(0))

class Encoder {
  readonly out = new ByteBuilder()
  readonly #width: number
  #held: Uint8Array = EMPTY
  #column = 0

  constructor(width: number) {
    this.#width = width
  }

  take(chunk: Uint8Array): void {
    const bytes = this.#held.length > 0 ? concat([this.#held, chunk]) : chunk
    const end = bytes.length - (bytes.length % 3)
    for (let i = 0; i < end; i += 3) this.#group((bytes[i]! << 16) | (bytes[i + 1]! << 8) | bytes[i + 2]!, 4)
    this.#held = bytes.subarray(end)
  }

  finish(): boolean {
    const [first, second = 0] = this.#held
    if (first !== undefined) this.#group((first << 16) | (second << 8), this.#held.length + 1)
    if (this.#column > 0 && this.#width > 0) this.out.push(10)
    return true
  }

  #group(bits: number, letters: number): void {
    for (let i = 0; i < 4; i++) this.#put(i < letters ? CODES[(bits >> (18 - 6 * i)) & 63]! : 61)
  }

  #put(code: number): void {
    if (this.#width > 0 && this.#column === this.#width) {
      this.out.push(10)
      this.#column = 0
    }
    this.out.push(code)
    this.#column++
  }
}
