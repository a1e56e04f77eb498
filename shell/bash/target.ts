import type { Shell } from '../shell.ts'
import { assignElement, splitElement } from './arrays.ts'

/** A variable or an element, by what a script calls it: `x`, `a[1]`. */
export function assignTarget(shell: Shell, target: string, value: string): void {
  const element = splitElement(target)
  if (element) assignElement(shell, element.name, element.subscript, value)
  else shell.assign(target, value)
}
