import { SysError } from '../kernel/errno.ts'
import { ByteBuilder } from '../lib/byte-builder.ts'
import { sequenceLength } from '../lib/bytes.ts'
import { flag, parseNumber, text } from '../lib/options.ts'
import { applet } from './applet.ts'
import { openEach } from './operands.ts'

/** fold, POSIX XCU. */
export default applet({
  name: 'fold',
  about: 'Break the lines of FILEs, or stdin, that are too long',
  operands: '[FILE]...',
  options: {
    bytes: flag('-b', 'Count bytes, not columns'),
    spaces: flag('-s', 'Break after the last blank that fits'),
    width: text('-w -NUM', 'WIDTH', 'Columns of a line', '80'),
  },
  async main(invocation) {
    const { proc, options, warn } = invocation
    // Of several widths only the last is looked at.
    const folding = new Folding({ ...options, width: parseNumber(options.width, { least: 1, most: 10000 }) })
    for await (const input of openEach(invocation, invocation.operands)) {
      try {
        for await (const batch of input.batches()) {
          folding.take(batch)
          await proc.stdout.write(folding.out.take())
          const pause = proc.gate()
          if (pause) await pause
        }
      } catch (error) {
        if (!(error instanceof SysError) || error.errno !== 'EISDIR') throw error
        warn(`${input.name}: Input/output error`)
      }
    }
  },
})

class Folding {
  readonly out = new ByteBuilder()
  readonly #how: { readonly bytes: boolean; readonly spaces: boolean; readonly width: number }

  constructor(how: { readonly bytes: boolean; readonly spaces: boolean; readonly width: number }) {
    this.#how = how
  }

  take(batch: Uint8Array): void {
    for (let at = 0; at < batch.length; ) {
      const newline = batch.indexOf(10, at)
      const end = newline === -1 ? batch.length : newline
      this.#foldLine(batch, at, end)
      if (newline !== -1) this.out.push(10)
      at = end + 1
    }
  }

  #foldLine(bytes: Uint8Array, from: number, end: number): void {
    let start = from
    let column = 0
    for (let at = from; at < end; ) {
      const next = at + (this.#how.bytes ? 1 : Math.max(1, sequenceLength(bytes, at)))
      const after = this.#advance(column, bytes[at]!)
      if (after <= this.#how.width || at === start) {
        column = after
        at = next
        continue
      }
      at = this.#breakPoint(bytes, start, at)
      this.out.append(bytes, start, at)
      this.out.push(10)
      start = at
      column = 0
    }
    this.out.append(bytes, start, end)
  }

  /** After the last blank that fits, or where the width ends when there is none. */
  #breakPoint(bytes: Uint8Array, start: number, at: number): number {
    if (this.#how.spaces) {
      for (let i = at - 1; i >= start; i--) if (bytes[i] === 32 || (bytes[i]! >= 9 && bytes[i]! <= 13)) return i + 1
    }
    return at
  }

  #advance(column: number, byte: number): number {
    if (this.#how.bytes) return column + 1
    if (byte === 8) return Math.max(0, column - 1)
    if (byte === 13) return 0
    if (byte === 9) return column + 8 - (column % 8)
    return column + 1
  }
}
