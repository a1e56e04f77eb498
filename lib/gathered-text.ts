// Text of bytes that come in chunks: each is decoded as it comes, for a large whole would need new memory twice.

import { concat, decode, isAscii } from './bytes.ts'

export class GatheredText {
  readonly #texts: string[] = []
  /** From the first chunk on that is not ASCII: a character may go on in the next. */
  readonly #rest: Uint8Array[] = []

  add(chunk: Uint8Array): void {
    if (this.#rest.length === 0 && isAscii(chunk)) this.#texts.push(decode(chunk))
    else this.#rest.push(chunk)
  }

  /** In pieces: joined they are what `decode` makes of all chunks in one. */
  get texts(): string[] {
    return this.#rest.length === 0 ? this.#texts : [...this.#texts, decode(concat(this.#rest))]
  }
}
