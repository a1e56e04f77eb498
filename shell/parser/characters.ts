// Classes of characters, as tables by code unit: the lexer's inner loops are a lookup and a step.

export const NEWLINE = 10
export const DOUBLE_QUOTE = 34
export const HASH = 35
export const DOLLAR = 36
export const AMPERSAND = 38
export const SINGLE_QUOTE = 39
export const OPEN = 40
export const CLOSE = 41
export const SLASH = 47
export const COLON = 58
export const SEMICOLON = 59
export const LESS = 60
export const EQUALS = 61
export const GREATER = 62
export const OPEN_BRACKET = 91
export const BACKSLASH = 92
export const CLOSE_BRACKET = 93
export const BACKQUOTE = 96
export const OPEN_BRACE = 123
export const BAR = 124
export const CLOSE_BRACE = 125
/** What `peek` answers at the end of the input. */
export const END = -1

/** A table that is 1 at each of the characters. */
export function characters(members: string): Uint8Array {
  const table = new Uint8Array(128)
  for (let i = 0; i < members.length; i++) table[members.charCodeAt(i)] = 1
  return table
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_'
const DIGITS = '0123456789'
const nameStarts = characters(LETTERS)
export const nameCharacters = characters(LETTERS + DIGITS)
const specials = characters('@*#?-$!')

export function isNameStart(code: number): boolean {
  return code >= 0 && code < 128 && nameStarts[code] === 1
}

export function isNameCharacter(code: number): boolean {
  return code >= 0 && code < 128 && nameCharacters[code] === 1
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}

/** The special parameters (POSIX XCU 2.5.2) but for `0`. */
export function isSpecialParameter(code: number): boolean {
  return code >= 0 && code < 128 && specials[code] === 1
}

export function isName(text: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(text)
}
