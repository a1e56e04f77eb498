import { builtin } from '../../builtins/builtin.ts'
import { ExpansionError } from '../../expansion-error.ts'
import { andThen, type Later } from '../../run/completion.ts'
import { promptText } from '../../run/prompt-text.ts'
import type { Shell } from '../../shell.ts'
import { isName } from '../../state/variables.ts'
import { removeElement, splitElement } from '../arrays.ts'
import { type Letters, readLetters } from './declaring.ts'

/** Of one name, the variable, or else the function. */
export default builtin({
  name: 'unset',
  pure: true,
  raw: true,
  about: 'Remove variables, elements of arrays, or functions',
  operands: '[-fnv] NAME...',
  main({ shell, operands: words }) {
    const letters = readLetters(words, 'fnv', 'unset: usage: unset [-f] [-v] [-n] [name ...]', shell)
    if (typeof letters === 'number') return letters
    return unsetFrom(shell, letters, 0, 0)
  },
})

/** What is wrong with one is said, and the others are done. */
function unsetFrom(shell: Shell, { on, operands }: Letters, from: number, before: number): Later<number> {
  let status = before
  const failed = (error: unknown): void => {
    if (!(error instanceof ExpansionError) || error.endsShell) throw error
    shell.report(error)
    status = 1
  }
  for (let at = from; at < operands.length; at++) {
    try {
      const waiting = unset(shell, operands[at]!, on)
      if (waiting) return waiting.catch(failed).then(() => unsetFrom(shell, { on, off: on, operands }, at + 1, status))
    } catch (error) {
      failed(error)
    }
  }
  return status
}

function unset(shell: Shell, name: string, letters: ReadonlySet<string>): Later<void> {
  if (letters.has('f')) return unsetFunction(shell, name)
  if (letters.has('n')) return shell.variables.unset(name)
  const element = splitElement(name)
  if (element) {
    const subscript = element.subscript.replace(/^(["'])([\s\S]*)\1$/, '$2')
    // A key that was quoted may have expansions in it; a number's are expanded as it is evaluated.
    return andThen(promptText(shell, subscript), key => removeElement(shell, element.name, key))
  }
  if (!isName(name)) {
    // Without -v it may be a function's name, of which there need be none.
    if (!letters.has('v')) return unsetFunction(shell, name)
    throw new ExpansionError(`\`${name}': not a valid identifier`, 1)
  }
  const target = shell.variables.resolve(name)
  const found = splitElement(target)
  if (found) return removeElement(shell, found.name, found.subscript)
  const variable = shell.variables.lookup(target)
  if (variable?.isReadOnly) throw new ExpansionError(`${name}: cannot unset: readonly variable`, 1)
  if (!variable && !letters.has('v') && shell.functions.has(name)) return unsetFunction(shell, name)
  shell.variables.unset(target)
}

function unsetFunction(shell: Shell, name: string): void {
  if (shell.bash?.readonlyFunctions.has(name)) {
    throw new ExpansionError(`${name}: cannot unset: readonly function`, 1)
  }
  shell.undefine(name)
}
