// What bash's `declare` can give a variable beside export and readonly.

import type { BashArray } from './arrays.ts'

export class Traits {
  array: BashArray | undefined
  /** -i: what is assigned is arithmetic. */
  isInteger = false
  /** -u, -l: what is assigned changes its case. */
  letterCase: 'upper' | 'lower' | undefined
  /** -n: it stands for another variable, which `target` names once it has been assigned. */
  isReference = false
  target: string | undefined
  /** Its value is made when it is asked for, as those of computed variables are. */
  isMade = false
  /** -t: means nothing, and is shown. */
  isTraced = false

  cased(value: string): string {
    if (this.letterCase === undefined) return value
    return this.letterCase === 'upper' ? value.toUpperCase() : value.toLowerCase()
  }

  copy(): Traits {
    const copy = new Traits()
    copy.array = this.array?.copy()
    copy.isInteger = this.isInteger
    copy.letterCase = this.letterCase
    copy.isReference = this.isReference
    copy.target = this.target
    copy.isTraced = this.isTraced
    copy.isMade = this.isMade
    return copy
  }
}
