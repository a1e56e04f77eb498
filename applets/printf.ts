import { decode, encode } from '../lib/bytes.ts'
import { unescapeText } from '../lib/escapes.ts'
import { type FormatSpec, formatBytes, formatInteger, formatReal } from '../lib/format.ts'
import { UsageError } from '../lib/options.ts'
import { applet } from './applet.ts'

/** POSIX XCU printf: the format is used again as long as operands are left. */
export default applet({
  name: 'printf',
  about: 'Print operands by a format, as C does',
  operands: 'FORMAT [ARG]...',
  raw: true,
  async main({ proc, operands, warn }) {
    const args = operands[0] === '--' ? operands.slice(1) : operands
    if (args.length === 0) throw new UsageError('')
    const { pieces } = formatPrintf(args)
    for (const { text, complaint } of pieces) {
      await proc.stdout.write(text)
      if (complaint === undefined) continue
      await proc.stdout.flush()
      warn(complaint)
      await proc.stderr.flush()
    }
  },
})

export interface PrintedPiece {
  readonly text: string
  /** What was found wrong behind the text, before what comes next. */
  readonly complaint: string | undefined
}

export interface Printed {
  readonly pieces: readonly PrintedPiece[]
  readonly text: string
  /** What was wrong, without the command's name; the status is 1 when there is any. */
  readonly complaints: readonly string[]
}

/** Conversions beyond POSIX's: those of bash. */
export interface MoreConversions {
  /** As CONVERSION, with more letters, or with a fifth group. */
  readonly conversion: RegExp
  /** undefined: the letter is one of POSIX's. */
  convert(letter: string, word: () => string, argument: string | undefined): string | undefined
}

/** `args`: the format, and its operands. */
export function formatPrintf(
  [format = '', ...operands]: readonly string[],
  more?: MoreConversions,
  how: { readonly keepsNumber?: boolean } = {},
): Printed {
  const printer = new Printer(operands, more, how.keepsNumber ?? more !== undefined)
  printer.run(format)
  return printer
}

/** busybox: l, h, L and z before the letter mean nothing; widths are for all but b and %. */
const CONVERSION = /%([-+ #0]*)(\*|\d+)?(?:\.(\*|\d*))?[hlLz]*([diouxXfeEgGcsb%])/y

class Printer implements Printed {
  text = ''
  readonly complaints: string[] = []
  readonly #broken: PrintedPiece[] = []
  #told = 0
  readonly #operands: readonly string[]
  #next = 0

  readonly #more: MoreConversions | undefined
  readonly #keepsNumber: boolean

  constructor(operands: readonly string[], more: MoreConversions | undefined, keepsNumber: boolean) {
    this.#more = more
    this.#keepsNumber = keepsNumber
    this.#operands = operands
  }

  get pieces(): readonly PrintedPiece[] {
    return [...this.#broken, { text: this.text.slice(this.#told), complaint: undefined }]
  }

  #complain(complaint: string): void {
    this.complaints.push(complaint)
    this.#broken.push({ text: this.text.slice(this.#told), complaint })
    this.#told = this.text.length
  }

  run(format: string): void {
    do {
      const before = this.#next
      if (!this.#once(format) || this.#next === before) return
    } while (this.#next < this.#operands.length)
  }

  /** false: `\c`, or a conversion that is none. */
  #once(format: string): boolean {
    for (let at = 0; at < format.length; ) {
      const percent = format.indexOf('%', at)
      const plain = unescapeText(format.slice(at, percent === -1 ? undefined : percent), {
        zeroOctal: false,
        unicode: this.#more !== undefined,
      })
      this.text += plain.text
      if (plain.isEnd) return false
      if (percent === -1) return true
      const conversion = this.#more?.conversion ?? CONVERSION
      conversion.lastIndex = percent
      const match = conversion.exec(format)
      if (!match || (!this.#more && /[b%]$/.test(match[0]) && match[0].length > 2)) {
        this.#complain(`${format.slice(percent)}: invalid format`)
        return false
      }
      at = conversion.lastIndex
      if (!this.#convert(match)) return false
    }
    return true
  }

  #convert([, flags = '', width, precision, letter = '', argument]: RegExpExecArray): boolean {
    const spec = () => this.#spec(flags, width, precision)
    if (this.#more && letter !== '%') {
      const shape = spec()
      const text = this.#more.convert(letter, () => this.#take(), argument)
      if (text !== undefined) {
        this.text += formatBytes(text, shape)
        return true
      }
      if (letter !== 'b') {
        this.text += this.#converted(letter, shape)
        return true
      }
    }
    if (letter === '%') {
      this.text += '%'
      return true
    }
    if (letter === 'b') {
      const { text, isEnd } = unescapeText(this.#take(), { zeroOctal: true, unicode: this.#more !== undefined })
      this.text += text
      return !isEnd
    }
    this.text += this.#converted(letter, spec())
    return true
  }

  /** A width's leading zero is the flag; a negative one from an operand means `-`. */
  #spec(flags: string, width = '', precision: string | undefined): FormatSpec {
    // POSIX XCU printf: an operand that is missing is a 0.
    const taken = () => (this.#next < this.#operands.length ? Number(this.#size(this.#take())) : 0)
    const given = width === '*' ? taken() : Number(width)
    const places = precision === '*' ? taken() : precision && Number(precision)
    const all = flags + (width.startsWith('0') ? '0' : '') + (given < 0 ? '-' : '')
    return {
      flags: all,
      width: Math.abs(given),
      precision: precision === '' ? 0 : places === '' || Number(places) < 0 ? undefined : places,
    }
  }

  #converted(letter: string, spec: FormatSpec): string {
    switch (letter) {
      case 's':
        return formatBytes(this.#take(), spec)
      case 'c':
        return formatBytes(firstByte(this.#take()), { ...spec, precision: undefined })
      case 'd':
      case 'i':
      case 'u':
      case 'o':
      case 'x':
      case 'X':
        return formatInteger(this.#integer(this.#take(), letter === 'd' || letter === 'i'), letter, spec)
      default:
        return formatReal(this.#real(this.#take()), letter, spec)
    }
  }

  /** Whether a conversion took what is not there: an empty string, or 0 (POSIX XCU printf). */
  get #isBeyond(): boolean {
    return this.#next > this.#operands.length
  }

  #take(): string {
    return this.#operands[this.#next++] ?? ''
  }

  /**
   * C's notation, or a quote and a character, whose code it is. What is no number, or does not fit, is complained of, and 0
   * (busybox); a shell's own takes the number so far, or the nearest one, as POSIX XCU printf has it.
   */
  #integer(word: string, isSigned = true): bigint {
    if (/^['"]/.test(word)) return BigInt(word.codePointAt(1) ?? 0)
    if (this.#keepsNumber && this.#isBeyond) return 0n
    const match = /^\s*([-+]?)(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9]\d*)/.exec(word)
    if (match === null || match[0].length < word.length) {
      // busybox names what is left behind the blanks.
      this.#refuse(this.#more ? word : word.trimStart())
      if (!this.#keepsNumber) return 0n
    }
    const digits = match?.[2] ?? '0'
    const size = BigInt(/^0\d/.test(digits) ? `0o${digits.slice(1)}` : digits)
    const value = match?.[1] === '-' ? -size : size
    if (isSigned) return this.#within(word, value, -0x8000_0000_0000_0000n, 0x7fff_ffff_ffff_ffffn)
    if (size > 0xffff_ffff_ffff_ffffn) return this.#within(word, size, 0n, 0xffff_ffff_ffff_ffffn)
    return BigInt.asUintN(64, value)
  }

  #within(word: string, value: bigint, least: bigint, most: bigint): bigint {
    if (value >= least && value <= most) return value
    this.#refuse(word)
    if (!this.#keepsNumber) return 0n
    return value < least ? least : most
  }

  /** A width or a precision: decimal digits and a sign, nothing else (busybox). */
  #size(word: string): bigint {
    return this.#more || /^[-+]?\d+$/.test(word)
      ? this.#integer(word.replace(/^([-+]?)0+(?=\d)/, '$1'))
      : this.#refuse(word)
  }

  #refuse(word: string): 0n {
    this.#complain(`invalid number '${word}'`)
    return 0n
  }

  #real(word: string): number {
    if (/^['"]/.test(word)) return word.codePointAt(1) ?? 0
    const named = /^\s*([-+]?)(inf(?:inity)?|nan)$/i.exec(word)
    if (named) return (named[1] === '-' ? -1 : 1) * (/^i/i.test(named[2]!) ? Number.POSITIVE_INFINITY : Number.NaN)
    // busybox says nothing of a number that is empty.
    if (word === '' && !this.#more) return 0
    const value = isHexadecimal(word) ? hexadecimal(word) : Number(word.trimStart())
    if (word.trim() === '' || /\s$/.test(word) || Number.isNaN(value) || /^\s*0[bo]/i.test(word))
      return Number(this.#refuse(word))
    const isOut =
      Math.abs(value) === Number.POSITIVE_INFINITY || (value === 0 && /[1-9]/.test(word.replace(/e.*/i, '')))
    if (isOut && !this.#more) this.#refuse(word)
    return value
  }
}

/** Of an empty word the NUL that ends it in C. */
function firstByte(word: string): string {
  return word.charCodeAt(0) < 128 || word === '' ? word.charAt(0) || '\0' : decode(encode(word).subarray(0, 1))
}

const HEXADECIMAL = /^\s*([-+]?)0x([\da-f]*)(?:\.([\da-f]*))?(?:p([-+]?\d+))?$/i

function isHexadecimal(word: string): boolean {
  const match = HEXADECIMAL.exec(word)
  return match !== null && (match[2] !== '' || (match[3] ?? '') !== '')
}

/** C's notation with a binary exponent: 0x1.8p3. */
function hexadecimal(word: string): number {
  const [, sign, whole = '', fraction = '', exponent = '0'] = HEXADECIMAL.exec(word) ?? []
  const digits = whole + fraction
  const value = Number(`0x${digits}`) * 2 ** (Number(exponent) - 4 * fraction.length)
  return sign === '-' ? -value : value
}
