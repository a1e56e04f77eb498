// Every builtin, by its names.

import alias from './alias.ts'
import bg from './bg.ts'
import breakLoop from './break.ts'
import type { Builtin } from './builtin.ts'
import cd from './cd.ts'
import colon from './colon.ts'
import command from './command.ts'
import continueLoop from './continue.ts'
import echo from './echo.ts'
import evaluate from './eval.ts'
import exec from './exec.ts'
import exit from './exit.ts'
import exportNames from './export.ts'
import fail from './false.ts'
import fc from './fc.ts'
import fg from './fg.ts'
import getopts from './getopts.ts'
import hash from './hash.ts'
import help from './help.ts'
import history from './history.ts'
import jobs from './jobs.ts'
import kill from './kill.ts'
import letExpression from './let.ts'
import local from './local.ts'
import printf from './printf.ts'
import pwd from './pwd.ts'
import read from './read.ts'
import readonly from './readonly.ts'
import returnBack from './return.ts'
import set from './set.ts'
import shift from './shift.ts'
import source from './source.ts'
import test, { bracket, doubleBracket } from './test.ts'
import times from './times.ts'
import trap from './trap.ts'
import succeed from './true.ts'
import typeOf from './type.ts'
import ulimit from './ulimit.ts'
import umask from './umask.ts'
import unalias from './unalias.ts'
import unset from './unset.ts'
import wait from './wait.ts'

const all: readonly Builtin[] = [
  alias,
  bg,
  breakLoop,
  cd,
  colon,
  command,
  continueLoop,
  echo,
  evaluate,
  exec,
  exit,
  exportNames,
  fail,
  fc,
  fg,
  getopts,
  hash,
  help,
  history,
  jobs,
  kill,
  letExpression,
  local,
  printf,
  pwd,
  read,
  readonly,
  returnBack,
  set,
  shift,
  source,
  test,
  times,
  trap,
  succeed,
  typeOf,
  ulimit,
  umask,
  unalias,
  unset,
  wait,
  bracket,
  doubleBracket,
]

export const builtins: ReadonlyMap<string, Builtin> = new Map(
  all.flatMap(each => [each.name, ...each.aliases].map(name => [name, each] as const)),
)
