// What only bash's shells have to remember: plain data, copied by a fork.

import type { Statement } from '../syntax.ts'

/** A function call, or a sourced file, that is running. */
export interface CallFrame {
  /** `source` for a sourced file, `main` for the script. */
  readonly name: string
  /** Where it was called from. */
  readonly line: number
  /** The file it was defined in, or is. */
  readonly source: string
  readonly positional: readonly string[]
}

/** An array among the operands of `declare`, evaluated. */
export interface ArrayOperand {
  readonly name: string
  readonly append: boolean
  readonly elements: readonly EvaluatedElement[]
}

export interface EvaluatedElement {
  /** Without its quotes: a number's expression, or a key. */
  readonly index: string | undefined
  readonly value: string
  readonly append: boolean
}

/** How the words of a command are completed: `complete`. */
export interface CompletionSpecification {
  readonly actions: readonly string[]
  readonly options: ReadonlySet<string>
  readonly glob: string | undefined
  readonly words: string | undefined
  readonly fn: string | undefined
  readonly command: string | undefined
  readonly filter: string | undefined
  readonly prefix: string
  readonly suffix: string
}

export class BashState {
  /** `shopt`: shared with copies, replaced rather than changed. */
  shopt: ReadonlySet<string>
  /** Innermost last. */
  frames: readonly CallFrame[] = []
  /** PIPESTATUS of a pipeline; undefined: that of one command, `$?`. */
  pipeStatus: readonly number[] | undefined
  /** BASH_REMATCH */
  matched: readonly string[] = []
  /** The stack below the current directory: `pushd`. */
  directories: readonly string[] = []
  /** What SECONDS counts from, in milliseconds. */
  begun: number
  /** The arrays of the builtin about to run. */
  operands: readonly ArrayOperand[] = []
  /** Builtins that `enable -n` has taken away. */
  disabled: ReadonlySet<string> = new Set()
  /** BASH_SUBSHELL */
  subshells = 0
  /** BASH_COMMAND: printed when it is asked for. */
  command: string | Statement = ''
  /** How many actions of traps are running, whose commands are none of BASH_COMMAND's. */
  actions = 0
  /** An action of DEBUG, RETURN or ERR is running, and sets off none itself. */
  isInTrap = false
  /** Functions that `declare -ft` has marked. */
  traced: ReadonlySet<string> = new Set()
  /** Functions that `readonly -f` has marked. */
  readonlyFunctions: ReadonlySet<string> = new Set()
  /** Functions that `export -f` has marked. */
  exported: ReadonlySet<string> = new Set()

  /** Startup files that the command line does without. */
  skips: ReadonlySet<string> = new Set()
  /** --rcfile */
  rcFile: string | undefined
  /** Of the history: how many lines this session has added, and how many of its file's have been read. */
  historyAdded = 0
  historyRead = 0
  /** The command that is being read is in the history. */
  isLineKept = false
  /** By the command's name; replaced rather than changed. */
  completions: ReadonlyMap<string, CompletionSpecification> = new Map()
  /** The one that Tab has found, whose function runs now: `compopt` changes it. */
  completing: CompletionSpecification | undefined
  /** How deep in substitutions: set -x shows it. */
  level = 0

  constructor(begun: number, shopt: ReadonlySet<string>) {
    this.begun = begun
    this.shopt = shopt
  }

  copy(): BashState {
    return Object.assign(new BashState(this.begun, this.shopt), this, { operands: [], subshells: this.subshells + 1 })
  }
}
