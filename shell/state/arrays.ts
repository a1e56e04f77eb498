// bash's arrays. A copy, as fork and scopes make them, shares the elements until one of the two changes them.

export type BashArray = IndexedArray | AssociativeArray

/** What an element costs beside its text. */
const OVERHEAD = 32

/** Elements by number, with gaps. Keys are texts, as an associative array's are. */
export class IndexedArray {
  readonly kind = 'indexed'
  /** Declared, and never assigned to. */
  isBare = false
  /** Element i at i, as long as there is no gap. */
  #dense: string[] = []
  #sparse: Map<number, string> | undefined
  #sorted: number[] | undefined
  #isShared = false

  static of(values: readonly string[]): IndexedArray {
    const array = new IndexedArray()
    array.#dense = values.slice()
    return array
  }

  get size(): number {
    return this.#sparse?.size ?? this.#dense.length
  }

  /** One more than the greatest index. */
  get end(): number {
    return this.#sparse ? (this.#indices().at(-1) ?? -1) + 1 : this.#dense.length
  }

  get(key: string): string | undefined {
    return this.at(Number(key))
  }

  at(index: number): string | undefined {
    return this.#sparse ? this.#sparse.get(index) : this.#dense[index]
  }

  has(key: string): boolean {
    return this.get(key) !== undefined
  }

  /** By how many bytes it has grown. */
  set(key: string, value: string): number {
    this.#own()
    this.isBare = false
    const index = Number(key)
    const before = this.at(index)
    if (!this.#sparse && index <= this.#dense.length) this.#dense[index] = value
    else this.#scatter().set(index, value)
    if (before === undefined) this.#sorted = undefined
    return before === undefined ? value.length + OVERHEAD : value.length - before.length
  }

  delete(key: string): number {
    const index = Number(key)
    const before = this.at(index)
    if (before === undefined) return 0
    this.#own()
    if (!this.#sparse && index === this.#dense.length - 1) this.#dense.pop()
    else this.#scatter().delete(index)
    this.#sorted = undefined
    return -before.length - OVERHEAD
  }

  keys(): string[] {
    return this.#sparse ? this.#indices().map(String) : this.#dense.map((_, index) => String(index))
  }

  values(): readonly string[] {
    const { size } = this
    return this.#sparse ? this.#indices().map(index => this.at(index) ?? '') : this.#dense.slice(0, size)
  }

  copy(): IndexedArray {
    const copy = new IndexedArray()
    copy.#dense = this.#dense
    copy.#sparse = this.#sparse
    copy.#sorted = this.#sorted
    copy.isBare = this.isBare
    copy.#isShared = true
    this.#isShared = true
    return copy
  }

  #own(): void {
    if (!this.#isShared) return
    this.#dense = this.#dense.slice()
    this.#sparse = this.#sparse && new Map(this.#sparse)
    this.#isShared = false
  }

  #scatter(): Map<number, string> {
    this.#sparse ??= new Map(this.#dense.entries())
    this.#dense = []
    return this.#sparse
  }

  #indices(): readonly number[] {
    this.#sorted ??= [...(this.#sparse?.keys() ?? [])].sort((a, b) => a - b)
    return this.#sorted
  }
}

/** Elements by text. */
export class AssociativeArray {
  readonly kind = 'associative'
  /** Declared, and never assigned to. */
  isBare = false
  #map = new Map<string, string>()
  #isShared = false

  get size(): number {
    return this.#map.size
  }

  get(key: string): string | undefined {
    return this.#map.get(key)
  }

  has(key: string): boolean {
    return this.#map.has(key)
  }

  set(key: string, value: string): number {
    this.#own()
    this.isBare = false
    const before = this.#map.get(key)
    this.#map.set(key, value)
    return before === undefined ? key.length + value.length + OVERHEAD : value.length - before.length
  }

  delete(key: string): number {
    const before = this.#map.get(key)
    if (before === undefined) return 0
    this.#own()
    this.#map.delete(key)
    return -key.length - before.length - OVERHEAD
  }

  /** In the order in which bash shows them, which is that of its table. */
  keys(): string[] {
    return [...this.#map.keys()].reverse().sort((a, b) => place(a) - place(b))
  }

  values(): readonly string[] {
    return this.keys().map(key => this.#map.get(key) ?? '')
  }

  copy(): AssociativeArray {
    const copy = new AssociativeArray()
    copy.#map = this.#map
    copy.isBare = this.isBare
    copy.#isShared = true
    this.#isShared = true
    return copy
  }

  #own(): void {
    if (this.#isShared) this.#map = new Map(this.#map)
    this.#isShared = false
  }
}

/** The low bits of the FNV-1 hash: seen in the order in which bash lists keys. */
function place(key: string): number {
  let hash = 0x811c9dc5
  for (const byte of new TextEncoder().encode(key)) hash = Math.imul(hash, 0x01000193) ^ byte
  return hash & 1023
}
