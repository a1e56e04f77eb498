// Builtins of ash's that bash is stricter about: what they are not meant for is said.

import breakLoop from '../../builtins/break.ts'
import type { Builtin } from '../../builtins/builtin.ts'
import cd from '../../builtins/cd.ts'
import continueLoop from '../../builtins/continue.ts'
import exit from '../../builtins/exit.ts'
import returnBack from '../../builtins/return.ts'
import shift from '../../builtins/shift.ts'
import type { Completion } from '../../run/completion.ts'
import { EXIT } from '../../run/completion.ts'
import type { Shell } from '../../shell.ts'

/** A number: the builtin fails with that, and does no more. */
type Objection = (shell: Shell, operands: readonly string[]) => Completion | undefined

export const strict: readonly Builtin[] = [
  objecting(breakLoop, outsideOfLoop),
  objecting(continueLoop, outsideOfLoop),
  objecting(returnBack, (shell, operands) => {
    if (shell.returns > 0) return notANumber(shell, operands, 2)
    return complain(shell, "can only `return' from a function or sourced script", 2)
  }),
  objecting(cd, (shell, operands) => {
    const words = operands.filter((word, at) => !(/^-[LPe@]+$|^--$/.test(word) && at < operands.length - 1))
    if (words.length > 1) return complain(shell, 'too many arguments', 1)
    const [target = shell.variables.get('HOME')] = words
    if (target === undefined) return complain(shell, 'HOME not set', 1)
    return target === '-' && !shell.variables.get('OLDPWD') ? complain(shell, 'OLDPWD not set', 1) : undefined
  }),
  objecting(exit, (shell, operands) => {
    if (notANumber(shell, operands, 2) !== undefined) {
      shell.status = 2
      return EXIT
    }
    return operands.length > 1 ? complain(shell, 'too many arguments', 1) : undefined
  }),
  objecting(shift, (shell, operands) => {
    const bad = notANumber(shell, operands, 1)
    if (bad !== undefined) return bad
    const count = Number(operands[0] ?? 1)
    const isBeyond = count > shell.positional.length
    if (count >= 0 && !(isBeyond && shell.bash?.shopt.has('shift_verbose'))) return undefined
    return complain(shell, `${operands[0] ?? 1}: shift count out of range`, 1)
  }),
]

function objecting(builtin: Builtin, object: Objection): Builtin {
  return {
    ...builtin,
    isSpecial: false,
    run(shell, argv) {
      const words = argv[1] === '--' ? argv.slice(2) : argv.slice(1)
      return object(shell, words) ?? builtin.run(shell, [builtin.name, ...words])
    },
  }
}

function outsideOfLoop(shell: Shell): number | undefined {
  return shell.loops > 0 ? undefined : complain(shell, "only meaningful in a `for', `while', or `until' loop", 0)
}

function notANumber(shell: Shell, [operand]: readonly string[], status: number): number | undefined {
  if (operand === undefined || /^\s*[-+]?\d+\s*$/.test(operand)) return undefined
  return complain(shell, `${operand}: numeric argument required`, status)
}

function complain(shell: Shell, message: string, status: number): number {
  shell.complain(message)
  return status
}
