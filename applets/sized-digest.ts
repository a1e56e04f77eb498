// A digest that begins with lib's, and goes on with the host's own where there is one and the data is much: that one takes
// longer to load than a small file takes to digest.

import type { DigestAlgorithm, Host } from '../kernel/host.ts'
import { concat } from '../lib/bytes.ts'
import type { IncrementalDigest } from '../lib/digest.ts'

/** So much is kept until it is known how much there is. */
const MUCH = 128 * 1024

export function sizedDigest(host: Host, algorithm: DigestAlgorithm, small: () => IncrementalDigest): IncrementalDigest {
  return host.digest ? new SizedDigest(() => host.digest!(algorithm), small) : small()
}

class SizedDigest implements IncrementalDigest {
  readonly #large: () => IncrementalDigest
  readonly #small: () => IncrementalDigest
  readonly #held: Uint8Array[] = []
  #size = 0
  #chosen: IncrementalDigest | undefined

  constructor(large: () => IncrementalDigest, small: () => IncrementalDigest) {
    this.#large = large
    this.#small = small
  }

  update(bytes: Uint8Array): void {
    if (this.#chosen) return this.#chosen.update(bytes)
    this.#held.push(new Uint8Array(bytes))
    this.#size += bytes.length
    if (this.#size >= MUCH) this.#choose(this.#large)
  }

  finish(): Uint8Array {
    return (this.#chosen ?? this.#choose(this.#small)).finish()
  }

  #choose(create: () => IncrementalDigest): IncrementalDigest {
    this.#chosen = create()
    this.#chosen.update(concat(this.#held.splice(0)))
    return this.#chosen
  }
}
