import { allSignals, parseSignal, signalName } from '../../../kernel/signal.ts'
import { builtin } from '../../builtins/builtin.ts'
import { print } from '../../builtins/print.ts'
import type { Completion } from '../../run/completion.ts'
import type { Shell } from '../../shell.ts'
import { type Condition, ON_EXIT } from '../../state/traps.ts'
import { quoteAlways } from '../quoting.ts'
import { readLetters } from './declaring.ts'

const USAGE = 'trap: usage: trap [-lp] [[arg] signal_spec ...]'

export default builtin({
  name: 'trap',
  raw: true,
  about: 'Set what is done when signals arrive, at EXIT, ERR, DEBUG and RETURN, or list it',
  operands: '[-lp] [[ACTION|-] CONDITION...]',
  main({ shell, operands: words }): Completion {
    // A lone dash is an action.
    const letters =
      words[0] === '-' ? { on: new Set<string>(), operands: words } : readLetters(words, 'lp', USAGE, shell)
    if (typeof letters === 'number') return letters
    const { on, operands } = letters
    if (on.has('l')) return print(shell, signalTable())
    if (operands.length === 0 || on.has('p')) return print(shell, listTraps(shell, operands))
    const [first = '', ...others] = operands
    const isReset = operands.length === 1 || /^\d+$/.test(first)
    if (operands.length === 1 && parseCondition(first) === undefined && first !== '-') {
      shell.say(`${USAGE}\n`)
      return 2
    }
    return setTraps(shell, isReset || first === '-' ? undefined : first, isReset ? operands : others)
  },
})

function setTraps(shell: Shell, action: string | undefined, names: readonly string[]): number {
  let status = 0
  for (const name of names) {
    const condition = parseCondition(name)
    if (condition === undefined) {
      shell.complain(`trap: ${name}: invalid signal specification`)
      status = 1
      continue
    }
    shell.traps.set(condition, action)
  }
  return status
}

function parseCondition(name: string): Condition | undefined {
  const upper = name.toUpperCase().replace(/^SIG(?=EXIT|ERR|DEBUG|RETURN)/, '')
  if (upper === 'EXIT') return ON_EXIT
  if (upper === 'ERR' || upper === 'DEBUG' || upper === 'RETURN') return upper
  return parseSignal(name)
}

function listTraps(shell: Shell, names: readonly string[]): string {
  const wanted = names.map(parseCondition)
  return shell.traps
    .list()
    .filter(([condition]) => names.length === 0 || wanted.includes(condition))
    .map(([condition, action]) => `trap -- ${quoteAlways(action)} ${nameOf(condition)}\n`)
    .join('')
}

function nameOf(condition: Condition): string {
  if (typeof condition === 'string') return condition
  return condition === ON_EXIT ? 'EXIT' : `SIG${signalName(condition) ?? condition}`
}

function signalTable(): string {
  const cells = allSignals().map(signal => `${String(signal).padStart(2)}) SIG${signalName(signal)}`)
  const rows: string[] = []
  for (let at = 0; at < cells.length; at += 5) rows.push(cells.slice(at, at + 5).join('\t'))
  return `${rows.join('\n')}\n`
}
