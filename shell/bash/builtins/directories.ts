// pushd, popd and dirs: the directories to come back to. The first of them is always the current one.

import { builtin } from '../../builtins/builtin.ts'
import cd from '../../builtins/cd.ts'
import { print } from '../../builtins/print.ts'
import { ExpansionError } from '../../expansion-error.ts'
import { andThen, type Completion } from '../../run/completion.ts'
import type { Shell } from '../../shell.ts'

export const dirs = builtin({
  name: 'dirs',
  pure: true,
  raw: true,
  about: 'List the directories to come back to',
  operands: '[-clpv] [+N|-N]',
  main({ shell, operands }) {
    const bash = shell.bash!
    const words = operands.filter(word => /^-[clpv]+$/.test(word)).join('')
    const index = operands.find(word => /^[-+]\d+$/.test(word))
    const bad = operands.find(word => !/^-[clpv]+$|^[-+]\d+$/.test(word))
    if (bad !== undefined) {
      shell.complain(`${bad}: invalid ${bad.startsWith('-') ? 'option' : 'number'}`)
      shell.say('dirs: usage: dirs [-clpv] [+N] [-N]\n')
      return bad.startsWith('-') ? 2 : 1
    }
    if (words.includes('c')) {
      bash.directories = []
      return 0
    }
    const shown = stackOf(shell).map(path => (words.includes('l') ? path : withTilde(shell, path)))
    if (index !== undefined) {
      const place = placeOf(index, shown.length)
      if (place === undefined) throw outOfRange(index.slice(1))
      return print(shell, words.includes('v') ? `${String(place).padStart(2)}  ${shown[place]}\n` : `${shown[place]}\n`)
    }
    if (words.includes('v'))
      return print(shell, shown.map((path, at) => `${String(at).padStart(2)}  ${path}\n`).join(''))
    return print(shell, words.includes('p') ? `${shown.join('\n')}\n` : `${shown.join(' ')}\n`)
  },
})

export const pushd = builtin({
  name: 'pushd',
  pure: true,
  raw: true,
  about: 'Go to a directory, and remember this one',
  operands: '[-n] [+N|-N|DIRECTORY]',
  main({ shell, operands }): Completion {
    const stays = operands[0] === '-n'
    const words = operands.filter((word, at) => word !== '--' && !(at === 0 && word === '-n'))
    const [operand, ...more] = words
    const stack = stackOf(shell)
    if (operand !== undefined && /^-[^-\d]/.test(operand)) {
      shell.complain(`${operand}: invalid option`)
      shell.say('pushd: usage: pushd [-n] [+N | -N | dir]\n')
      return 2
    }
    if (more.length > 0) throw new ExpansionError('too many arguments', 1)
    if (operand === undefined) {
      const [here = '', next, ...rest] = stack
      if (next === undefined) throw new ExpansionError('no other directory', 1)
      return move(shell, [next, here, ...rest], stays)
    }
    if (/^[-+]\d+$/.test(operand)) {
      const place = placeOf(operand, stack.length)
      if (place === undefined) throw outOfRange(operand)
      return move(shell, [...stack.slice(place), ...stack.slice(0, place)], stays)
    }
    return move(shell, [operand, ...stack], stays)
  },
})

export const popd = builtin({
  name: 'popd',
  pure: true,
  raw: true,
  about: 'Go back to the directory before',
  operands: '[-n] [+N|-N]',
  main({ shell, operands }): Completion {
    const bash = shell.bash!
    const stays = operands[0] === '-n'
    const words = operands.filter((word, at) => word !== '--' && !(at === 0 && word === '-n'))
    const [operand = '+0'] = words
    if (words.length > 1) throw new ExpansionError('too many arguments', 1)
    if (!/^[-+]\d+$/.test(operand)) {
      shell.complain(`${operand}: invalid ${operand.startsWith('-') ? 'option' : 'argument'}`)
      shell.say('popd: usage: popd [-n] [+N | -N]\n')
      return 2
    }
    const stack = stackOf(shell)
    if (stack.length === 1) throw new ExpansionError('directory stack empty', 1)
    const place = placeOf(operand, stack.length)
    if (place === undefined) throw outOfRange(operand)
    if (place > 0 || stays) {
      const gone = Math.max(place, 1)
      bash.directories = stack.filter((_, at) => at !== gone).slice(1)
      return dirs.run(shell, ['dirs'])
    }
    return move(shell, stack.slice(1), false)
  },
})

function stackOf(shell: Shell): string[] {
  return [shell.directory, ...(shell.bash?.directories ?? [])]
}

/** `+N` counts from the left, `-N` from the right. */
function placeOf(index: string, size: number): number | undefined {
  const count = Number(index.slice(1))
  const place = index.startsWith('+') ? count : size - 1 - count
  return place >= 0 && place < size ? place : undefined
}

function outOfRange(index: string): ExpansionError {
  return new ExpansionError(`${index}: directory stack index out of range`, 1)
}

/** The first of the stack becomes the current directory, and the list is shown. */
function move(shell: Shell, [first = '', ...rest]: readonly string[], stays: boolean): Completion {
  const bash = shell.bash!
  if (stays) {
    bash.directories = [first, ...rest.slice(1)]
    return dirs.run(shell, ['dirs'])
  }
  return andThen(cd.run(shell, ['cd', '--', first]), done => {
    if (done !== 0) return done
    bash.directories = rest
    return dirs.run(shell, ['dirs'])
  })
}

function withTilde(shell: Shell, path: string): string {
  const home = shell.variables.get('HOME')
  if (!home || home === '/') return path
  return path === home || path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path
}
