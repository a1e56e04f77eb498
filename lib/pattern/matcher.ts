// What a compiled pattern can be asked.

/** Lengths and places are in UTF-16 units of the text; undefined: there is no match. */
export interface PatternMatcher {
  /** The whole text. */
  matches(text: string): boolean
  longestPrefix(text: string): number | undefined
  shortestPrefix(text: string): number | undefined
  longestSuffix(text: string): number | undefined
  shortestSuffix(text: string): number | undefined
  /** The longest of the leftmost matches at or after `from`. */
  search(text: string, from: number): readonly [start: number, end: number] | undefined
}
