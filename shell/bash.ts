// The program: `bash`.

import type { Program } from '../kernel/program.ts'
import { bashBuiltins } from './bash/builtins/index.ts'
import { bashCompiler, extension } from './bash/language.ts'
import type { LineCounter } from './coverage.ts'
import { runProgram, runScript } from './run/program.ts'
import type { Language } from './shell.ts'

export const bash: Program = bashProgram()

/** As shellProgram: with a counter, one that tells which lines of files it runs. */
export function bashProgram(counter?: LineCounter): Program {
  const language: Language = {
    dialect: 'bash',
    compiler: bashCompiler,
    builtins: bashBuiltins,
    extension,
    ...(counter ? { counter } : {}),
    runScript: (proc, script) => runScript(language, proc, script),
  }
  return { name: 'bash', main: proc => runProgram(proc, language, 'bash') }
}
