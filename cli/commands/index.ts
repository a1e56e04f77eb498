// Every command of the command line. A file here that is not in this list is not a command.

import type { Command } from '../context.ts'
import attach from './attach.ts'
import build from './build.ts'
import builderPrune from './builder-prune.ts'
import commit from './commit.ts'
import cp from './cp.ts'
import create from './create.ts'
import diff from './diff.ts'
import exec from './exec.ts'
import exportCommand from './export.ts'
import history from './history.ts'
import imagePrune from './image-prune.ts'
import images from './images.ts'
import importCommand from './import.ts'
import info from './info.ts'
import inspect from './inspect.ts'
import kill from './kill.ts'
import layers from './layers.ts'
import load from './load.ts'
import login from './login.ts'
import logout from './logout.ts'
import logs from './logs.ts'
import pause from './pause.ts'
import port from './port.ts'
import prune from './prune.ts'
import ps from './ps.ts'
import pull from './pull.ts'
import push from './push.ts'
import rename from './rename.ts'
import restart from './restart.ts'
import rm from './rm.ts'
import rmi from './rmi.ts'
import run from './run.ts'
import save from './save.ts'
import sh from './sh.ts'
import start from './start.ts'
import stats from './stats.ts'
import stop from './stop.ts'
import systemCheck from './system-check.ts'
import systemDf from './system-df.ts'
import systemPrune from './system-prune.ts'
import tag from './tag.ts'
import test from './test.ts'
import top from './top.ts'
import unpause from './unpause.ts'
import version from './version.ts'
import volumeCreate from './volume-create.ts'
import volumeInspect from './volume-inspect.ts'
import volumeLs from './volume-ls.ts'
import volumePrune from './volume-prune.ts'
import volumeRm from './volume-rm.ts'
import wait from './wait.ts'

export const commands: readonly Command[] = [
  attach,
  build,
  commit,
  cp,
  create,
  diff,
  exec,
  exportCommand,
  history,
  images,
  importCommand,
  info,
  inspect,
  kill,
  load,
  login,
  logout,
  pull,
  push,
  logs,
  pause,
  port,
  prune,
  ps,
  rename,
  restart,
  rm,
  rmi,
  run,
  save,
  sh,
  start,
  stats,
  stop,
  builderPrune,
  imagePrune,
  layers,
  systemCheck,
  systemDf,
  systemPrune,
  tag,
  test,
  top,
  unpause,
  version,
  volumeCreate,
  volumeInspect,
  volumeLs,
  volumePrune,
  volumeRm,
  wait,
]
