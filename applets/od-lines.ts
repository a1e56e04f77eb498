// Whole lines of od at once, as bytes: for types whose few numbers all have texts of one width.

import type { Format } from './od-format.ts'

/** The texts of all numbers of one or two bytes, made as they are met. */
export class Cells {
  readonly width: number
  readonly #format: Format
  readonly #texts: Uint8Array
  readonly #view = new DataView(new ArrayBuffer(2))

  constructor(format: Format) {
    this.#format = format
    this.width = format.show(this.#view, 0).length
    this.#texts = new Uint8Array(this.width << (8 * format.size))
  }

  get size(): number {
    return this.#format.size
  }

  /** Writes the texts of a line's numbers; where they end. */
  write(line: Uint8Array, from: number, to: number, out: Uint8Array, start: number): number {
    const { width, size } = this
    const texts = this.#texts
    let end = start
    for (let at = from; at < to; at += size) {
      const value = size === 1 ? line[at]! : line[at]! | (line[at + 1]! << 8)
      const text = value * width
      if (texts[text] === 0) this.#make(value)
      for (let i = 0; i < width; i++) out[end++] = texts[text + i]!
    }
    return end
  }

  #make(value: number): void {
    this.#view.setUint16(0, value, true)
    const text = this.#format.show(this.#view, 0)
    for (let i = 0; i < text.length; i++) this.#texts[value * this.width + i] = text.charCodeAt(i)
  }
}

/** undefined: its texts are not all of one width, or too many. */
export function cellsOf(formats: readonly Format[]): Cells | undefined {
  const [format] = formats
  return formats.length === 1 && format?.isEven ? new Cells(format) : undefined
}

/** What the next line is compared with. */
export interface Folding {
  before: Uint8Array | undefined
  /** Its `*` is there already. */
  isFolding: boolean
}

export interface LineBlock {
  readonly width: number
  readonly showsAll: boolean
  readonly address: (offset: number) => string
}

/** Renders the whole lines of chunks; what repeats is a `*`, once. */
export class LineWriter {
  readonly #cells: Cells
  readonly #how: LineBlock
  readonly #folding: Folding
  #out = new Uint8Array(0)

  constructor(cells: Cells, how: LineBlock, folding: Folding) {
    this.#cells = cells
    this.#how = how
    this.#folding = folding
  }

  /** `chunk`: whole lines. The answer is good until the next call. */
  write(chunk: Uint8Array, offset: number): Uint8Array {
    const { width, showsAll, address } = this.#how
    const folding = this.#folding
    this.#reserve(chunk.length, address(offset + chunk.length).length)
    const out = this.#out
    let end = 0
    for (let at = 0; at < chunk.length; at += width) {
      if (!showsAll && this.#repeats(chunk, at)) {
        if (!folding.isFolding) end = put(out, end, '*\n')
        folding.isFolding = true
        continue
      }
      folding.isFolding = false
      end = put(out, end, address(offset + at))
      end = this.#cells.write(chunk, at, at + width, out, end)
      out[end++] = 10
    }
    folding.before = chunk.slice(chunk.length - width)
    return out.subarray(0, end)
  }

  #repeats(chunk: Uint8Array, at: number): boolean {
    const { width } = this.#how
    const before = at === 0 ? this.#folding.before : chunk
    if (!before) return false
    const start = at === 0 ? 0 : at - width
    for (let i = 0; i < width; i++) if (chunk[at + i] !== before[start + i]) return false
    return true
  }

  #reserve(bytes: number, addressLength: number): void {
    const { width } = this.#how
    const most = (bytes / width) * (addressLength + (width / this.#cells.size) * this.#cells.width + 1)
    if (this.#out.length < most) this.#out = new Uint8Array(most)
  }
}

function put(out: Uint8Array, at: number, text: string): number {
  for (let i = 0; i < text.length; i++) out[at + i] = text.charCodeAt(i)
  return at + text.length
}
