// The program: `bash`.

import type { Program } from '../kernel/program.ts'
import { bashBuiltins } from './bash/builtins/index.ts'
import { bashCompiler, extension } from './bash/language.ts'
import { runProgram, runScript } from './run/program.ts'
import type { Language } from './shell.ts'

const language: Language = {
  dialect: 'bash',
  compiler: bashCompiler,
  builtins: bashBuiltins,
  extension,
  runScript: (proc, script) => runScript(language, proc, script),
}

export const bash: Program = { name: 'bash', main: proc => runProgram(proc, language, 'bash') }
