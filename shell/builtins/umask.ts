import { flag } from '../../lib/options.ts'
import { ExpansionError } from '../expansion-error.ts'
import { builtin } from './builtin.ts'
import { print } from './print.ts'

export default builtin({
  name: 'umask',
  pure: true,
  about: 'Show or set which permissions new files lack',
  operands: '[MODE]',
  options: { symbolic: flag('-S', 'Show it as permissions that are left') },
  main({ shell, options, operands: [mode] }) {
    const { proc } = shell
    if (mode === undefined) {
      return print(shell, `${options.symbolic ? symbolic(proc.umask) : proc.umask.toString(8).padStart(4, '0')}\n`)
    }
    const umask = /^[0-7]+$/.test(mode) ? Number.parseInt(mode, 8) : parseSymbolic(mode, proc.umask)
    if (umask === undefined || umask > 0o777) throw new ExpansionError(`illegal mode: ${mode}`)
    proc.umask = umask
    return 0
  },
})

function symbolic(umask: number): string {
  const letters = (shift: number) => ['r', 'w', 'x'].filter((_, index) => !((umask >> shift) & (4 >> index))).join('')
  return `u=${letters(6)},g=${letters(3)},o=${letters(0)}`
}

const SHIFTS: Readonly<Record<string, number>> = { u: 6, g: 3, o: 0 }

/** As chmod has it, on the permissions that the mask leaves. */
function parseSymbolic(mode: string, umask: number): number | undefined {
  let allowed = 0o777 & ~umask
  for (const clause of mode.split(',')) {
    const match = /^([ugoa]*)((?:[-+=][rwxugo]*)+)$/.exec(clause)
    if (!match) return undefined
    const who = match[1] === '' || match[1]?.includes('a') ? ['u', 'g', 'o'] : [...new Set(match[1])]
    for (const [, operator, permissions = ''] of match[2]?.matchAll(/([-+=])([rwxugo]*)/g) ?? []) {
      const bits = bitsOf(permissions, allowed)
      for (const each of who) {
        const shift = SHIFTS[each] ?? 0
        const before = (allowed >> shift) & 7
        const after = operator === '=' ? bits : operator === '+' ? before | bits : before & ~bits
        allowed = (allowed & ~(7 << shift)) | (after << shift)
      }
    }
  }
  return 0o777 & ~allowed
}

function bitsOf(permissions: string, allowed: number): number {
  let bits = 0
  for (const letter of permissions) {
    const shift = SHIFTS[letter]
    if (shift !== undefined) bits |= (allowed >> shift) & 7
    else bits |= letter === 'r' ? 4 : letter === 'w' ? 2 : 1
  }
  return bits
}
