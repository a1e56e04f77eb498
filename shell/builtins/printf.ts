import { unescapeText } from '../../lib/escapes.ts'
import type { Shell } from '../shell.ts'
import { builtin } from './builtin.ts'

import { print } from './print.ts'

/** POSIX XCU printf: the format is used again as long as operands are left. */
export default builtin({
  name: 'printf',
  pure: true,
  raw: true,
  about: 'Print operands by a format',
  operands: 'FORMAT [ARG]...',
  main({ shell, operands }) {
    const [format, ...args] = operands[0] === '--' ? operands.slice(1) : operands
    if (format === undefined) {
      shell.complainBriefly('printf: usage: printf FORMAT [ARG]...')
      return 1
    }
    const printer = new Printer(shell, args)
    printer.run(format)
    return print(shell, printer.text, printer.status)
  },
})

const CONVERSION = /%([-+ 0#']*)(\*|\d+)?(?:\.(\*|\d*))?(?:[hljztLq]*)([a-zA-Z%])/y

class Printer {
  readonly #shell: Shell
  readonly #args: readonly string[]
  #next = 0
  text = ''
  status = 0

  constructor(shell: Shell, args: readonly string[]) {
    this.#shell = shell
    this.#args = args
  }

  run(format: string): void {
    do {
      const before = this.#next
      if (!this.#once(format)) return
      if (this.#next === before) return
    } while (this.#next < this.#args.length)
  }

  /** false: `\c`, or an error. */
  #once(format: string): boolean {
    for (let at = 0; at < format.length; ) {
      const percent = format.indexOf('%', at)
      const plain = unescapeText(format.slice(at, percent === -1 ? undefined : percent), { zeroOctal: false })
      this.text += plain.text
      if (plain.isEnd) return false
      if (percent === -1) return true
      CONVERSION.lastIndex = percent
      const match = CONVERSION.exec(format)
      if (!match) return this.#refuse(format.slice(percent))
      at = CONVERSION.lastIndex
      if (!this.#convert(match)) return false
    }
    return true
  }

  #convert([whole, flags = '', width, precision, letter]: RegExpExecArray): boolean {
    if (letter === '%') {
      this.text += '%'
      return true
    }
    const given = width === '*' ? this.#integer() : Number(width ?? 0)
    const places = precision === '*' ? this.#integer() : precision === undefined ? undefined : Number(precision)
    const how = {
      flags: given < 0 ? `${flags}-` : flags,
      width: Math.abs(Number(given)),
      precision: places === undefined ? undefined : Number(places),
    }
    switch (letter) {
      case 's':
        this.#pad(cut(this.#take(), how.precision), how)
        return true
      case 'c':
        this.#pad([...this.#take()][0] ?? '', how)
        return true
      case 'b': {
        const { text, isEnd } = unescapeText(this.#take(), { zeroOctal: true })
        this.#pad(cut(text, how.precision), how)
        return !isEnd
      }
      case 'd':
      case 'i':
      case 'u':
      case 'o':
      case 'x':
      case 'X':
        this.#number(letter, how)
        return true
      case 'e':
      case 'E':
      case 'f':
      case 'F':
      case 'g':
      case 'G':
        this.#real(letter, how)
        return true
      default:
        return this.#refuse(whole)
    }
  }

  #refuse(conversion: string): false {
    this.#shell.complainBriefly(`${conversion}: invalid format`)
    this.status = 1
    return false
  }

  #take(): string {
    return this.#args[this.#next++] ?? ''
  }

  /** A number, or a character after a quote. What is none is complained of, and is what it begins with. */
  #integer(): bigint {
    const word = this.#take()
    if (word === '') return 0n
    if (/^['"]/.test(word)) return BigInt(word.slice(1).codePointAt(0) ?? 0)
    const match = /^\s*([-+]?)(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9][0-9]*)/.exec(word)
    const digits = match?.[2] ?? '0'
    const value = BigInt(/^0[0-7]/.test(digits) ? `0o${digits.slice(1)}` : digits)
    if (match?.[0].length !== word.length) {
      this.#shell.complainBriefly(`invalid number '${word}'`)
      this.status = 1
      if (match === null) return 0n
    }
    return match?.[1] === '-' ? -value : value
  }

  #number(letter: string, how: Format): void {
    const value = this.#integer()
    const isSigned = letter === 'd' || letter === 'i'
    const wrapped = isSigned ? BigInt.asIntN(64, value) : BigInt.asUintN(64, value)
    const base = letter === 'o' ? 8 : letter === 'x' || letter === 'X' ? 16 : 10
    let digits = (wrapped < 0n ? -wrapped : wrapped).toString(base)
    if (letter === 'X') digits = digits.toUpperCase()
    if (how.precision !== undefined) digits = digits.padStart(how.precision, '0')
    if (how.flags.includes('#') && wrapped !== 0n)
      digits = (base === 16 ? `0${letter}` : base === 8 ? '0' : '') + digits
    this.#pad(digits, how, sign(wrapped < 0n, isSigned ? how.flags : ''))
  }

  #real(letter: string, how: Format): void {
    const word = this.#take()
    const value = word === '' ? 0 : Number(word)
    if (Number.isNaN(value)) {
      this.#shell.complainBriefly(`invalid number '${word}'`)
      this.status = 1
    }
    const text = formatReal(
      Number.isNaN(value) ? 0 : Math.abs(value),
      letter.toLowerCase(),
      how.precision ?? 6,
      how.flags.includes('#'),
    )
    this.#pad(
      letter < 'a' ? text.toUpperCase() : text,
      { ...how, precision: undefined },
      sign(value < 0 || Object.is(value, -0), how.flags),
    )
  }

  #pad(text: string, how: Format, prefix = ''): void {
    const missing = how.width - [...text].length - prefix.length
    const isZero =
      how.flags.includes('0') && !how.flags.includes('-') && how.precision === undefined && prefix !== undefined
    if (missing <= 0) this.text += prefix + text
    else if (how.flags.includes('-')) this.text += prefix + text + ' '.repeat(missing)
    else if (isZero && /^[0-9a-fA-FxX.+-]+$/.test(text)) this.text += prefix + '0'.repeat(missing) + text
    else this.text += ' '.repeat(missing) + prefix + text
  }
}

interface Format {
  readonly flags: string
  readonly width: number
  readonly precision: number | undefined
}

function cut(text: string, precision: number | undefined): string {
  return precision === undefined ? text : [...text].slice(0, precision).join('')
}

function sign(isNegative: boolean, flags: string): string {
  return isNegative ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : ''
}

function formatReal(value: number, letter: string, precision: number, keepsZeros: boolean): string {
  if (!Number.isFinite(value)) return 'inf'
  if (letter === 'f') return value < 1e21 ? value.toFixed(Math.min(precision, 100)) : BigInt(value).toString()
  if (letter === 'e') return exponent(value.toExponential(Math.min(precision, 100)))
  const digits = precision === 0 ? 1 : precision
  const power = value === 0 ? 0 : Number(value.toExponential(digits - 1).split('e')[1])
  const isFixed = power >= -4 && power < digits
  const text = isFixed ? value.toFixed(Math.max(0, digits - 1 - power)) : exponent(value.toExponential(digits - 1))
  return keepsZeros ? text : text.replace(/(\.\d*?)0+(?=e|$)/, '$1').replace(/\.(?=e|$)/, '')
}

/** C writes at least two digits of an exponent. */
function exponent(text: string): string {
  return text.replace(/e([+-])(\d)$/, 'e$10$2')
}
