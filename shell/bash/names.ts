// The variables as bash's arithmetic sees them: `a[i+1]` is one, too.

import type { Variables as Names } from '../../lib/arithmetic.ts'
import { ExpansionError } from '../expansion-error.ts'
import type { Shell } from '../shell.ts'
import { assignElement, elementOf, splitElement } from './arrays.ts'

export class BashNames implements Names {
  readonly #shell: Shell

  constructor(shell: Shell) {
    this.#shell = shell
  }

  get(name: string): string | undefined {
    const element = splitElement(name)
    const value = element ? elementOf(this.#shell, element.name, element.subscript) : this.#shell.variables.get(name)
    if (value === undefined && this.#shell.options.nounset) throw unbound(name)
    return value
  }

  set(name: string, value: string): void {
    const element = splitElement(name)
    if (element) assignElement(this.#shell, element.name, element.subscript, value)
    else this.#shell.assign(name, value)
  }

  getNumber(name: string): number | undefined {
    return this.#shell.variables.getNumber(name)
  }

  setNumber(name: string, value: number): void {
    if (name.charCodeAt(name.length - 1) === CLOSE_BRACKET) this.set(name, String(value))
    else this.#shell.assignNumber(name, value)
  }
}

const CLOSE_BRACKET = 93

function unbound(name: string): ExpansionError {
  const error = new ExpansionError(`${name}: parameter not set`, 1)
  error.endsShell = true
  return error
}
