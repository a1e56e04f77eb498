// Decimal integers as programs write them: what most numbers in scripts are, read without a detour.

/** undefined: no decimal number in the one way that a number is written; a leading 0 makes an octal one. */
export function plainNumber(text: string): number | undefined {
  const length = text.length
  if (length > 15) return undefined
  const isNegative = text.charCodeAt(0) === 45
  let at = isNegative ? 1 : 0
  const first = text.charCodeAt(at)
  if (at === length || (first === 48 && length > 1)) return undefined
  let value = 0
  for (; at < length; at++) {
    const digit = text.charCodeAt(at) - 48
    if (digit < 0 || digit > 9) return undefined
    value = value * 10 + digit
  }
  return isNegative ? -value : value
}
