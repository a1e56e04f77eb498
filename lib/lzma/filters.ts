// What .xz may do to bytes before it compresses them, undone.

/** Takes pieces and gives them back changed, perhaps a little later. */
export interface Filter {
  take(piece: Uint8Array): Uint8Array
  finish(): Uint8Array
}

/** Each byte was stored as its difference to the one `distance` before. */
export function deltaFilter(distance: number): Filter {
  const history = new Uint8Array(distance)
  let at = 0
  return {
    take(piece) {
      const out = piece.slice()
      for (let i = 0; i < out.length; i++) {
        out[i] = out[i]! + history[at]!
        history[at] = out[i]!
        at = at + 1 === distance ? 0 : at + 1
      }
      return out
    },
    finish: () => new Uint8Array(0),
  }
}

const TAIL = 4

/** Addresses in calls and jumps of x86 code (E8, E9) were stored absolute; they are relative again. */
export function x86Filter(): Filter {
  const code = new X86Code()
  let held = new Uint8Array(0)
  return {
    take(piece) {
      const bytes = new Uint8Array(held.length + piece.length)
      bytes.set(held)
      bytes.set(piece, held.length)
      const done = code.convert(bytes)
      held = bytes.slice(done)
      return bytes.subarray(0, done)
    },
    finish() {
      const rest = held
      held = new Uint8Array(0)
      return rest
    },
  }
}

const IS_ALLOWED = [true, true, true, false, true, false, false, false]
const BIT_NUMBERS = [0, 1, 2, 2, 3, 3, 3, 3]

class X86Code {
  #position = 0
  /** Which of the last bytes looked like the beginning of a call. */
  #mask = 0

  /** Changes the bytes in place; how many of them are done: the last few wait for what follows. */
  convert(bytes: Uint8Array): number {
    const size = Math.max(0, bytes.length - TAIL)
    let before = -1
    let i = 0
    for (; i < size; i++) {
      if ((bytes[i]! & 0xfe) !== 0xe8) continue
      const distance = i - before
      before = i
      this.#mask = distance > 3 ? 0 : (this.#mask << (distance - 1)) & 7
      const suspect = bytes[i + 4 - BIT_NUMBERS[this.#mask]!]!
      const isLost = this.#mask !== 0 && (!IS_ALLOWED[this.#mask] || isSign(suspect))
      if (isLost || !isSign(bytes[i + 4]!)) {
        this.#mask = (this.#mask << 1) | 1
        continue
      }
      write(bytes, i + 1, this.#target(read(bytes, i + 1), i))
      i += 4
    }
    const distance = i - before
    this.#mask = distance > 3 ? 0 : (this.#mask << (distance - 1)) & 7
    this.#position += i
    return i
  }

  #target(stored: number, i: number): number {
    let source = stored
    for (;;) {
      const target = source - (this.#position + i + 5)
      const shift = BIT_NUMBERS[this.#mask]! * 8
      if (this.#mask === 0 || !isSign((target >>> (24 - shift)) & 255))
        return (target & 0x01ffffff) | (target & 0x01000000 ? 0xff000000 : 0)
      source = target ^ ((1 << (32 - shift)) - 1)
    }
  }
}

function isSign(byte: number): boolean {
  return byte === 0 || byte === 255
}

function read(bytes: Uint8Array, at: number): number {
  return bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)
}

function write(bytes: Uint8Array, at: number, value: number): void {
  for (let i = 0; i < 4; i++) bytes[at + i] = (value >>> (8 * i)) & 255
}
