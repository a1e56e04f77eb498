// Where what was deleted or copied is kept: `"`, and a to z, to which A to Z add.

import type { Register } from './operator.ts'

const UNNAMED = '"'

export class Registers {
  readonly #all = new Map<string, Register>()
  #chosen = UNNAMED

  /** For the command that follows. */
  choose(name: string = UNNAMED): void {
    this.#chosen = name
  }

  store(register: Register): void {
    const name = this.#chosen.toLowerCase()
    const before = this.#chosen === name ? undefined : this.#all.get(name)
    const lines = before ? [...before.lines, ...register.lines] : register.lines
    const stored = { lines, isLinewise: register.isLinewise || (before?.isLinewise ?? false) }
    this.#all.set(name, stored)
    this.#all.set(UNNAMED, stored)
  }

  fetch(): Register | undefined {
    return this.#all.get(this.#chosen.toLowerCase())
  }
}
