import { SysError } from '../kernel/errno.ts'
import { ByteBuilder } from '../lib/byte-builder.ts'
import { flag, number } from '../lib/options.ts'
import { applet, Failure } from './applet.ts'
import { openInput } from './operands.ts'

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** base32, as in busybox (RFC 4648). */
export default applet({
  name: 'base32',
  about: 'Encode FILE, or stdin, as base32, or decode it',
  operands: '[FILE]',
  most: 1,
  options: {
    decode: flag('-d --decode', 'Decode'),
    wrap: number('-w --wrap', 'COL', 'Lines of COL characters (76; 0: one line)', 76),
  },
  async main({ proc, options, operands }) {
    const [name = '-'] = operands
    const input = await openInput(proc, name).catch((error: unknown) => {
      if (!(error instanceof SysError)) throw error
      throw new Failure(`${name}: ${error.message}`)
    })
    const coder = options.decode ? new Decoder() : new Encoder(options.wrap)
    for await (const chunk of input.chunks()) {
      coder.take(chunk)
      await proc.stdout.write(coder.out.take())
      const pause = proc.gate()
      if (pause) await pause
    }
    const isWhole = coder.finish()
    await proc.stdout.write(coder.out.take())
    if (!isWhole) throw new Failure('truncated input')
  },
})

class Encoder {
  readonly out = new ByteBuilder()
  readonly #width: number
  #bits = 0
  #count = 0
  #letters = 0
  #column = 0

  constructor(width: number) {
    this.#width = width
  }

  take(chunk: Uint8Array): void {
    for (const byte of chunk) {
      this.#bits = ((this.#bits & 31) << 8) | byte
      this.#count += 8
      for (; this.#count >= 5; this.#count -= 5) this.#put(LETTERS.charCodeAt((this.#bits >> (this.#count - 5)) & 31))
    }
  }

  finish(): boolean {
    if (this.#count > 0) this.#put(LETTERS.charCodeAt((this.#bits << (5 - this.#count)) & 31))
    while (this.#letters % 8 !== 0) this.#put(61)
    if (this.#column > 0 && this.#width > 0) this.out.push(10)
    return true
  }

  #put(code: number): void {
    if (this.#width > 0 && this.#column === this.#width) {
      this.out.push(10)
      this.#column = 0
    }
    this.out.push(code)
    this.#column++
    this.#letters++
  }
}

/** busybox: what is no letter of the alphabet is passed over. */
class Decoder {
  readonly out = new ByteBuilder()
  #group: number[] = []

  take(chunk: Uint8Array): void {
    for (const code of chunk) {
      const value = code === 61 && this.#group.length >= 2 ? -1 : LETTERS.indexOf(String.fromCharCode(code))
      if (value < 0 && code !== 61) continue
      if (value < 0 && this.#group.length < 2) continue
      this.#group.push(value)
      if (this.#group.length === 8) this.#flush()
    }
  }

  finish(): boolean {
    return this.#group.length === 0
  }

  #flush(): void {
    let bits = 0
    let count = 0
    for (const value of this.#group) {
      if (value < 0) break
      bits = ((bits & 255) << 5) | value
      count += 5
      if (count < 8) continue
      count -= 8
      this.out.push((bits >> count) & 255)
    }
    this.#group = []
  }
}
