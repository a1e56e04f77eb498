// bash's builtins: ash's, and its own. None is special in the way of POSIX: functions come first, and errors end no shell.

import type { Builtin } from '../../builtins/builtin.ts'
import { builtins as shared } from '../../builtins/index.ts'
import bind from './bind.ts'
import builtinOnly from './builtin.ts'
import caller from './caller.ts'
import command from './command.ts'
import compgen from './compgen.ts'
import { complete, compopt } from './complete.ts'
import declare from './declare.ts'
import { dirs, popd, pushd } from './directories.ts'
import disown from './disown.ts'
import enable from './enable.ts'
import exportNames from './export.ts'
import help from './help.ts'
import history from './history.ts'
import jobs from './jobs.ts'
import local from './local.ts'
import { logout, suspend } from './login.ts'
import mapfile from './mapfile.ts'
import printf from './printf.ts'
import read from './read.ts'
import readonly from './readonly.ts'
import set from './set.ts'
import shopt from './shopt.ts'
import source from './source.ts'
import { strict } from './strict.ts'
import { bracket, test } from './test.ts'
import trap from './trap.ts'
import typeOf from './type.ts'
import umask from './umask.ts'
import unset from './unset.ts'
import wait from './wait.ts'

const own: readonly Builtin[] = [
  bracket,
  bind,
  builtinOnly,
  caller,
  command,
  compgen,
  complete,
  compopt,
  declare,
  dirs,
  disown,
  enable,
  exportNames,
  help,
  history,
  jobs,
  local,
  logout,
  mapfile,
  popd,
  printf,
  pushd,
  read,
  readonly,
  set,
  shopt,
  source,
  suspend,
  test,
  trap,
  typeOf,
  umask,
  unset,
  wait,
  ...strict,
]

/** `[[` is a word of the language, and `chdir` is ash's. */
const NOT_BASH: ReadonlySet<string> = new Set(['[[', 'chdir'])

export const bashBuiltins: ReadonlyMap<string, Builtin> = new Map([
  ...[...shared]
    .filter(([name]) => !NOT_BASH.has(name))
    .map(([name, each]) => [name, { ...each, isSpecial: false }] as const),
  ...own.flatMap(each => [each.name, ...each.aliases].map(name => [name, each] as const)),
])
