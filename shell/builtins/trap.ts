import { allSignals, parseSignal, signalName } from '../../kernel/signal.ts'
import { flag } from '../../lib/options.ts'
import type { Completion } from '../run/completion.ts'
import type { Shell } from '../shell.ts'
import { quote } from '../state/quote.ts'
import { type Condition, ON_EXIT } from '../state/traps.ts'
import { builtin } from './builtin.ts'
import { print } from './print.ts'

export default builtin({
  name: 'trap',
  special: true,
  about: 'Set what is done when signals arrive, at EXIT and at ERR, or list it',
  operands: '[[ACTION|-] CONDITION...]',
  options: { list: flag('-l', 'List the signals'), show: flag('-p', 'Show the actions, of all or of some conditions') },
  main({ shell, options, operands }): Completion {
    if (options.list) return print(shell, listSignals())
    if (operands.length === 0 || options.show) return print(shell, listTraps(shell, operands))
    const [first = '', ...others] = operands
    // POSIX: a number in the action's place resets that condition and those after it.
    const isReset = operands.length === 1 || /^\d+$/.test(first)
    const action = isReset || first === '-' ? undefined : first
    return setTraps(shell, action, isReset ? operands : others)
  },
})

function setTraps(shell: Shell, action: string | undefined, names: readonly string[]): number {
  let status = 0
  for (const name of names) {
    const condition = parseCondition(name)
    if (condition === undefined) {
      shell.complain(`${name}: invalid signal specification`)
      status = 1
      continue
    }
    shell.traps.set(condition, action)
  }
  return status
}

function parseCondition(name: string): Condition | undefined {
  if (name.toUpperCase() === 'EXIT') return ON_EXIT
  return name.toUpperCase() === 'ERR' ? 'ERR' : parseSignal(name)
}

function listTraps(shell: Shell, names: readonly string[]): string {
  const wanted = names.map(parseCondition)
  return shell.traps
    .list()
    .filter(([condition]) => names.length === 0 || wanted.includes(condition))
    .map(([condition, action]) => `trap -- ${quote(action)} ${nameOf(condition)}\n`)
    .join('')
}

function nameOf(condition: Condition): string {
  if (typeof condition === 'string') return condition
  return condition === ON_EXIT ? 'EXIT' : (signalName(condition) ?? String(condition))
}

function listSignals(): string {
  return allSignals()
    .map(signal => `${String(signal).padStart(2)}) ${signalName(signal)}\n`)
    .join('')
}
