// What a process runs: applets, the shell, the command line, a WASI module: all are programs.

import type { Process } from './process.ts'

export interface Program {
  readonly name: string
  /** The exit status, 0 to 255. */
  main(proc: Process): number | Promise<number>
}

/** How a file becomes a program. Formats are asked in order; the first that answers wins. */
export interface ExecutableFormat {
  readonly name: string
  /**
   * `head` is the file's first bytes (at least 256 if it has them).
   * undefined: not this format. May throw SysError (ENOEXEC, ENOENT: a missing interpreter).
   */
  load(file: Executable): LoadedProgram | undefined
}

export interface Executable {
  readonly path: string
  readonly argv: readonly string[]
  readonly head: Uint8Array
  /** The whole contents, for formats that need them. */
  contents(): Uint8Array
  /** Finds another file by the same rules: what `#!` needs. */
  interpreter(path: string, argv: readonly string[]): LoadedProgram
}

export interface LoadedProgram {
  readonly program: Program
  readonly argv: readonly string[]
}
