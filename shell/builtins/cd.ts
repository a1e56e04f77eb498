import { SysError } from '../../kernel/errno.ts'
import { flag } from '../../lib/options.ts'
import { ExpansionError } from '../expansion-error.ts'
import type { Shell } from '../shell.ts'
import { builtin } from './builtin.ts'
import { print } from './print.ts'

/** POSIX XCU cd: by names (-L, dots are taken off the text) or by directories (-P). */
export default builtin({
  name: 'cd',
  aliases: ['chdir'],
  pure: true,
  about: 'Change the current directory',
  operands: '[DIRECTORY|-]',
  options: { logical: flag('-L', 'Keep symlinks in the name (the default)'), physical: flag('-P', 'Resolve symlinks') },
  main({ shell, argv, operands: [operand] }) {
    const target = operand === '-' ? shell.variables.get('OLDPWD') : (operand ?? shell.variables.get('HOME'))
    if (target === undefined || target === '') return 0
    const found = findTarget(shell, target)
    changeTo(shell, found.path, { isPhysical: isPhysical(argv), shown: target })
    return operand === '-' || found.isElsewhere ? print(shell, `${shell.directory}\n`) : 0
  },
})

/** The last one wins. */
function isPhysical(argv: readonly string[]): boolean {
  let last = 'L'
  for (const word of argv.slice(1)) {
    if (!/^-[LP]+$/.test(word)) break
    last = word.slice(-1)
  }
  return last === 'P'
}

/** CDPATH is searched for a name that does not say where it begins. */
function findTarget(shell: Shell, target: string): { path: string; isElsewhere: boolean } {
  const cdpath = shell.variables.get('CDPATH')
  if (cdpath && !/^\.{0,2}(?:\/|$)/.test(target)) {
    for (const directory of cdpath.split(':')) {
      const path = directory === '' ? target : `${directory}/${target}`
      if (isDirectory(shell, path)) return { path, isElsewhere: directory !== '' }
    }
  }
  return { path: target, isElsewhere: false }
}

function isDirectory(shell: Shell, path: string): boolean {
  try {
    return shell.proc.stat(path).kind === 'directory'
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return false
  }
}

function changeTo(shell: Shell, path: string, how: { isPhysical: boolean; shown: string }): void {
  const before = shell.directory
  try {
    const logical = normalize(shell, path.startsWith('/') ? path : `${before}/${path}`, how.isPhysical)
    shell.proc.chdir(how.isPhysical ? path : logical)
    shell.directory = how.isPhysical ? shell.proc.cwd : logical
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    throw new ExpansionError(`can't cd to ${how.shown}: ${error.message}`)
  }
  shell.assign('OLDPWD', before)
  shell.assign('PWD', shell.directory)
}

/** differs: ash takes dots off the text unseen; POSIX XCU cd, step 8b, wants what stands before `..` to be a directory. */
function normalize(shell: Shell, path: string, isPhysical: boolean): string {
  const names: string[] = []
  for (const name of path.split('/')) {
    if (name === '..') {
      if (!isPhysical && names.length > 0) requireDirectory(shell, `/${names.join('/')}`)
      names.pop()
    } else if (name !== '' && name !== '.') names.push(name)
  }
  return `/${names.join('/')}`
}

function requireDirectory(shell: Shell, path: string): void {
  if (shell.proc.stat(path).kind !== 'directory') throw new SysError('ENOTDIR')
}
