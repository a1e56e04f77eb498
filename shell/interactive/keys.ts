// Keys from the bytes a terminal sends: text, control keys, and the escape sequences of xterm, VT, rxvt and the Linux console.

import { concat, decode, EMPTY, encode, sequenceLength } from '../../lib/bytes.ts'

/**
 * Names: `C-a`, `M-b`, `M-C-h`, `up`, `C-left`, `home`, `delete`, `enter`, `tab`, `S-tab`, `backspace`, `escape`.
 * Text is one character, or what was pasted as one piece.
 */
export type Key =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'paste'; readonly text: string }
  | { readonly kind: 'key'; readonly name: string }

const ESCAPE = 0x1b
const PASTE_END = [...encode('\x1b[201~')]

const FINAL_LETTERS: ReadonlyMap<string, string> = new Map([
  ['A', 'up'],
  ['B', 'down'],
  ['C', 'right'],
  ['D', 'left'],
  ['H', 'home'],
  ['F', 'end'],
  ['Z', 'S-tab'],
  ['M', 'enter'],
  // rxvt: control with an arrow.
  ['a', 'C-up'],
  ['b', 'C-down'],
  ['c', 'C-right'],
  ['d', 'C-left'],
])

const NUMBERS: ReadonlyMap<string, string> = new Map([
  ['1', 'home'],
  ['2', 'insert'],
  ['3', 'delete'],
  ['4', 'end'],
  ['5', 'page-up'],
  ['6', 'page-down'],
  ['7', 'home'],
  ['8', 'end'],
])

export class KeyDecoder {
  #bytes: Uint8Array = EMPTY
  /** The bytes of a paste that has begun. */
  #pasted: number[] | undefined

  /**
   * The keys that these bytes complete. `isLast`: nothing more has come yet, so that an escape at the end is the key
   * itself and not the beginning of a sequence, which terminals send in one piece.
   */
  feed(bytes: Uint8Array, how: { isLast: boolean }): Key[] {
    this.#bytes = concat([this.#bytes, bytes])
    const keys: Key[] = []
    for (;;) {
      const key = this.#pasted ? this.#nextPaste(this.#pasted) : this.#next(how.isLast)
      if (!key) return keys
      if (key !== 'more') keys.push(key)
    }
  }

  #next(isLast: boolean): Key | 'more' | undefined {
    const first = this.#bytes[0]
    if (first === undefined) return undefined
    if (first === ESCAPE) return this.#escape(isLast)
    if (first < 32 || first === 127) return named(controlName(this.#take(1).charCodeAt(0)))
    const length = sequenceLength(this.#bytes, 0)
    if (length > 0) return { kind: 'text', text: this.#take(length) }
    if (isIncomplete(this.#bytes)) return undefined
    return { kind: 'text', text: this.#take(1) }
  }

  #escape(isLast: boolean): Key | 'more' | undefined {
    const text = decode(this.#bytes)
    if (text.length === 1) {
      if (!isLast) return undefined
      this.#take(1)
      return named('escape')
    }
    const sequence = /^\x1b(\x1b?)(?:\[(\[?[<=>?]?[0-9;:]*)([ -/]*)([@-Z\\-~])|O([0-9;]*)([ -~]))/.exec(text)
    if (sequence) return this.#sequence(sequence)
    if (/^\x1b\x1b?(\[\[?[0-9;:<=>?]*[ -/]*|O[0-9;]*)$/.test(text)) return undefined
    if (text[1] === '\x1b') {
      this.#take(1)
      return named('escape')
    }
    return this.#meta()
  }

  #sequence(match: RegExpExecArray): Key | 'more' {
    this.#take(match[0].length)
    const [, alt = '', parameters = match[5] ?? '', , final = match[6] ?? ''] = match
    const [number = '', modifier = ''] = parameters.split(';')
    if (final === '~' && number === '200') {
      this.#pasted = []
      return 'more'
    }
    // The Linux console's function keys are ESC [ [ and a letter.
    if (parameters.startsWith('[')) return 'more'
    const name = final === '~' || final === '^' ? NUMBERS.get(number) : FINAL_LETTERS.get(final)
    if (!name) return 'more'
    const prefix = final === '^' ? 'C-' : modifierPrefix(Number(modifier === '' ? 1 : modifier))
    return named(`${alt ? 'M-' : ''}${prefix}${name}`)
  }

  /** Escape and a key: the key with Alt held. */
  #meta(): Key | undefined {
    const next = this.#bytes[1] ?? 0
    const length = next < 128 ? 1 : sequenceLength(this.#bytes, 1)
    if (length === 0) return this.#take(1) ? named('escape') : undefined
    const text = this.#take(1 + length).slice(1)
    return named(`M-${next < 32 || next === 127 ? controlName(next) : text}`)
  }

  #nextPaste(pasted: number[]): Key | undefined {
    for (let i = 0; i < this.#bytes.length; i++) {
      pasted.push(this.#bytes[i]!)
      if (!endsWith(pasted, PASTE_END)) continue
      this.#bytes = this.#bytes.subarray(i + 1)
      this.#pasted = undefined
      const text = decode(Uint8Array.from(pasted.slice(0, -PASTE_END.length)))
      // Terminals send the Enter key's byte for every newline of what is pasted.
      return { kind: 'paste', text: text.replace(/\r\n?/g, '\n') }
    }
    this.#bytes = EMPTY
    return undefined
  }

  #take(length: number): string {
    const taken = decode(this.#bytes.subarray(0, length))
    this.#bytes = this.#bytes.subarray(length)
    return taken
  }
}

function named(name: string): Key {
  return { kind: 'key', name }
}

function controlName(code: number): string {
  if (code === 13 || code === 10) return 'enter'
  if (code === 9) return 'tab'
  if (code === 8 || code === 127) return 'backspace'
  return `C-${String.fromCharCode(code + (code >= 1 && code <= 26 ? 96 : 64))}`
}

/** xterm: 1 plus a bit each for shift, alt and control. */
function modifierPrefix(modifier: number): string {
  const bits = Math.max(0, modifier - 1)
  return `${bits & 2 ? 'M-' : ''}${bits & 4 ? 'C-' : ''}`
}

/** A UTF-8 sequence whose end has not come yet. */
function isIncomplete(bytes: Uint8Array): boolean {
  const first = bytes[0]!
  const length = first >= 0xf0 && first < 0xf5 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 1
  return bytes.length < length && bytes.subarray(1).every(byte => (byte & 0xc0) === 0x80)
}

function endsWith(bytes: readonly number[], end: readonly number[]): boolean {
  return bytes.at(-1) === end.at(-1) && end.every((byte, i) => bytes[bytes.length - end.length + i] === byte)
}
