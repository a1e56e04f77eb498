import { ByteBuilder } from '../lib/byte-builder.ts'
import { encode } from '../lib/bytes.ts'
import { flag, parseNumber, text, UsageError } from '../lib/options.ts'
import { applet } from './applet.ts'
import { openEach, untilRefused } from './operands.ts'

/** strings, POSIX XCU; -f and -o as in busybox. */
export default applet({
  name: 'strings',
  about: 'Print the printable pieces of binary FILEs, or stdin',
  operands: '[FILE]...',
  options: {
    all: flag('-a', 'Look at the whole file (always so)'),
    names: flag('-f', 'The name of the file before each piece'),
    octal: flag('-o', 'The octal place before each piece'),
    radix: text('-t', 'o|d|x', 'The place before each piece, in base 8, 10 or 16'),
    least: text('-n', 'LEN', 'Pieces have at least LEN characters', '4'),
  },
  async main(invocation) {
    const { proc, options } = invocation
    const least = parseNumber(options.least, { least: 1, most: 2147483647 })
    const radix = options.radix === undefined ? (options.octal ? 8 : undefined) : RADIXES.get(options.radix)
    if (options.radix !== undefined && radix === undefined) throw new UsageError('')
    for await (const input of openEach(invocation, invocation.operands)) {
      const name = invocation.operands.length === 0 ? '{standard input}' : input.name
      const scanner = new Scanner(least, options.names ? `${name}: ` : '', radix)
      for await (const chunk of untilRefused(input.chunks())) {
        scanner.take(chunk)
        await proc.stdout.write(scanner.out.take())
        const pause = proc.gate()
        if (pause) await pause
      }
      scanner.endPiece()
      await proc.stdout.write(scanner.out.take())
    }
  },
})

const RADIXES = new Map([
  ['o', 8],
  ['d', 10],
  ['x', 16],
])

class Scanner {
  readonly out = new ByteBuilder()
  readonly #least: number
  readonly #prefix: string
  readonly #radix: number | undefined
  /** What may become a piece: as long as it is too short. */
  readonly #start: number[] = []
  #isPiece = false
  #position = 0

  constructor(least: number, prefix: string, radix: number | undefined) {
    this.#least = least
    this.#prefix = prefix
    this.#radix = radix
  }

  take(bytes: Uint8Array): void {
    for (const byte of bytes) {
      if ((byte >= 32 && byte < 127) || byte === 9) this.#addPrintable(byte)
      else this.endPiece()
      this.#position++
    }
  }

  endPiece(): void {
    if (this.#isPiece) this.out.push(10)
    this.#isPiece = false
    this.#start.length = 0
  }

  #addPrintable(byte: number): void {
    if (this.#isPiece) {
      this.out.push(byte)
      return
    }
    this.#start.push(byte)
    if (this.#start.length < this.#least) return
    const at = this.#position - this.#least + 1
    const place = this.#radix === undefined ? '' : `${at.toString(this.#radix).padStart(7)} `
    this.out.append(encode(this.#prefix + place))
    this.out.append(Uint8Array.from(this.#start))
    this.#isPiece = true
  }
}
