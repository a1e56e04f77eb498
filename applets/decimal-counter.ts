// Whole numbers that go up by one, as bytes: only the digits that change are touched.

const NINE = 57
const ZERO = 48

export class DecimalCounter {
  #digits: Uint8Array

  /** `first`: a whole number, not negative. */
  constructor(first: number) {
    this.#digits = Uint8Array.from(String(first), digit => digit.charCodeAt(0))
  }

  /** Writes up to `count` numbers with the separator before each, as far as they fit; how many, and where they end. */
  fill(into: Uint8Array, separator: Uint8Array, count: number): { readonly count: number; readonly end: number } {
    let end = 0
    let done = 0
    while (done < count && end + separator.length + this.#digits.length <= into.length) {
      for (let at = 0; at < separator.length; at++) into[end++] = separator[at]!
      const digits = this.#digits
      for (let at = 0; at < digits.length; at++) into[end++] = digits[at]!
      this.#increment()
      done++
    }
    return { count: done, end }
  }

  #increment(): void {
    const digits = this.#digits
    let at = digits.length - 1
    while (at >= 0 && digits[at] === NINE) digits[at--] = ZERO
    if (at >= 0) digits[at]!++
    else this.#digits = Uint8Array.of(ZERO + 1, ...digits)
  }
}
