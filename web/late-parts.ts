// What the first prompt does not need: every command, bash, and the command line. A file of its own; see late.ts.

export { applets } from '../applets/index.ts'
export { cowboxProgram } from '../cli/program.ts'
export { bash } from '../shell/bash.ts'
