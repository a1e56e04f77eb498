// An associative array. Elements come into being when they are named (POSIX), and stay in the order they came.

import { Cell, detach } from './value.ts'

/** What an element costs beside its characters. */
const OVERHEAD = 120

/** So much is gathered before it is charged. */
const BATCH = 65536

export class AwkArray {
  readonly #cells = new Map<string, Cell>()
  readonly #charge: (bytes: number) => void
  #owed = 0
  #charged = 0

  constructor(charge: (bytes: number) => void) {
    this.#charge = charge
  }

  get size(): number {
    return this.#cells.size
  }

  cell(key: string): Cell {
    return this.#cells.get(key) ?? this.#add(key)
  }

  has(key: string): boolean {
    return this.#cells.has(key)
  }

  delete(key: string): void {
    this.#cells.delete(key)
  }

  clear(): void {
    this.#cells.clear()
    this.#charge(-this.#charged)
    this.#charged = 0
    this.#owed = 0
  }

  keys(): string[] {
    return [...this.#cells.keys()]
  }

  #add(key: string): Cell {
    this.#owed += OVERHEAD + key.length
    if (this.#owed >= BATCH) {
      this.#charge(this.#owed)
      this.#charged += this.#owed
      this.#owed = 0
    }
    const cell = new Cell()
    this.#cells.set(detach(key), cell)
    return cell
  }
}
