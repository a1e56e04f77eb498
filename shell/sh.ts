// The program: `sh` and `ash`.

import type { Program } from '../kernel/program.ts'
import { builtins } from './builtins/index.ts'
import type { LineCounter } from './coverage.ts'
import { compiler } from './run/compile.ts'
import { runProgram, runScript } from './run/program.ts'
import type { Language } from './shell.ts'

export const sh: Program = shellProgram()

export const ash: Program = { name: 'ash', main: sh.main }

/** The shell as a program; with a counter, one that tells which lines of files it runs. */
export function shellProgram(counter?: LineCounter): Program {
  const language: Language = {
    dialect: 'ash',
    compiler,
    builtins,
    ...(counter ? { counter } : {}),
    runScript: (proc, script) => runScript(language, proc, script),
  }
  return { name: 'sh', main: proc => runProgram(proc, language, 'sh') }
}
