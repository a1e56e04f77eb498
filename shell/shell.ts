// The state of a shell: what a fork copies (POSIX XCU 2.13). What it does with it is in run/, expand/ and builtins/.

import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { SIGKILL } from '../kernel/signal.ts'
import type { Terminal } from '../kernel/terminal.ts'
import { ProcessEnd } from '../kernel/wait-status.ts'
import type { Integer, Variables as Names } from '../lib/arithmetic.ts'
import { encode } from '../lib/bytes.ts'
import type { Builtin } from './builtins/builtin.ts'
import type { Compiler, Run } from './compiler.ts'
import type { LineCounter } from './coverage.ts'
import type { Dialect } from './dialect.ts'
import { ExpansionError } from './expansion-error.ts'
import type { Completion as LineCompletion } from './interactive/completion-listing.ts'
import type { History } from './interactive/history.ts'
import type { Completion, Later } from './run/completion.ts'
import type { BashState } from './state/bash-state.ts'
import { CommandHash, searchPath } from './state/command-hash.ts'
import { Jobs } from './state/job.ts'
import { Options } from './state/options.ts'
import { Traps } from './state/traps.ts'
import { type Scope, type VariableExtension, Variables } from './state/variables.ts'
import type { FunctionDefinition, List } from './syntax.ts'

/** What the executor lends to every shell: no state. */
export interface Language {
  readonly dialect: Dialect
  /** What another dialect than ash's does otherwise. */
  readonly extension?: Extension
  readonly compiler: Compiler
  readonly builtins: ReadonlyMap<string, Builtin>
  /** Told of the lines of files that are run. */
  readonly counter?: LineCounter
  /** Runs a file that no executable format knows as a script, in a process that has just been forked for it (ENOEXEC). */
  readonly runScript: (
    proc: Process,
    script: { path: string; argv: readonly string[]; env: ReadonlyMap<string, string> },
  ) => Promise<number>
}

/** What a dialect does its own way where ash's is in the shared files. */
export interface Extension {
  /** The variables and options of a shell that begins. */
  begin(shell: Shell): void
  /** An option of the command line that is a word: whether it is one, or the status the shell ends with. */
  takeOption(shell: Shell, word: string, words: string[]): boolean | number
  /** What an interactive shell, or one that BASH_ENV is set for, reads first. */
  startupFiles(shell: Shell, how: { isLogin: boolean; isInteractive: boolean }): readonly string[]
  /** A state of its own for a new shell. */
  makeState(shell: Shell): BashState
  /** Variables whose values are made when they are asked for; undefined: it has been assigned to, or is unset. */
  readonly computed: ReadonlyMap<string, (shell: Shell) => string | undefined>
  names(shell: Shell): Names
  /** The value of an arithmetic expression: a subscript, or what is assigned to an integer. */
  evaluate(shell: Shell, text: string): Integer
  /** A variable that is an array's element, `a[1]`, which a reference may name. */
  readonly element: {
    get(shell: Shell, name: string): string | undefined
    set(shell: Shell, name: string, value: string): void
  }
  /** What the environment of commands has beside variables. */
  exports(shell: Shell): readonly (readonly [name: string, value: string])[]
  /** set -x: shows a command; `prompt` is PS4 expanded. */
  trace(
    shell: Shell,
    prompt: string,
    assignments: readonly (readonly [name: string, value: string])[],
    argv: readonly string[],
  ): void
  /** A line of a script or of stdin, with its newline, as it is read: what is parsed; undefined: nothing of it. */
  takeLine(shell: Shell, line: string, isContinued: boolean): string | undefined
  /** PS1, PS2 or a text of their kind, expanded; PS1 for one that is unset. */
  prompt(shell: Shell, text: string | undefined, numbers: PromptNumbers): Later<string>
  /** Before PS1 is shown (PROMPT_COMMAND), and between a command's line and its run (PS0). */
  beforePrompt(shell: Shell): Later<void>
  beforeCommand(shell: Shell, numbers: PromptNumbers): Later<void>
  /** What Tab offers; `usual` is what it offers else. */
  complete(shell: Shell, line: string, cursor: number, usual: () => LineCompletion): Later<LineCompletion>
  /** The history of an interactive shell that begins. */
  history(shell: Shell): History
  /** It ends. */
  saveHistory(shell: Shell): void
  /** What stands before a message. */
  place(shell: Shell): string
  /** ash's complaint in the dialect's words. */
  words(message: string): string
  /** A syntax error, with the line that it is in. */
  describeSyntax(shell: Shell, message: string, source: string): string
  /** What an error that ended a command or a shell makes of `$?`. */
  statusOf(error: ExpansionError): number
  /** The paths that a pattern expands to; undefined: it stands for itself. */
  glob(shell: Shell, pattern: string): readonly string[] | undefined
}

/** The numbers that the next line will have, in the history and among this shell's commands. */
export interface PromptNumbers {
  readonly history: number
  readonly command: number
}

export interface Positional {
  readonly name: string
  readonly parameters: readonly string[]
}

export interface ShellFunction {
  readonly definition: FunctionDefinition
  /** Made at its first call. */
  body: Run | undefined
}

/** Where getopts is: the next word, the place in the word before it, and the parameters that it reads. */
export interface Getopts {
  readonly optindChanges: number
  readonly index: number
  readonly letter: number
  readonly words: readonly string[] | undefined
}

export interface Mark {
  readonly commandName: string | undefined
  readonly depth: number
  readonly isTested: boolean
  readonly loops: number
  readonly positional: readonly string[]
  readonly returns: number
  readonly scopes: number
}

/** JavaScript's longest string is a little more. */
const LONGEST = 500_000_000

export class Shell {
  readonly proc: Process
  readonly language: Language
  readonly variables: Variables
  readonly names: Names
  readonly options: Options
  readonly traps: Traps
  readonly hash: CommandHash
  readonly jobs: Jobs
  /** What only bash has. */
  readonly bash: BashState | undefined
  /** Copied when a subshell changes them. */
  functions: Map<string, ShellFunction>
  aliases: Map<string, string>
  /** `$0`. */
  name: string
  positional: readonly string[]
  /** `$$`: the process of the outermost shell, also in subshells. */
  pid: number
  /** `$!`. */
  lastBackground: number | undefined
  /** `$?`. */
  status = 0
  /** The status of the last command substitution of a command that has no name. */
  substitutionStatus = 0
  /** $LINENO, and the line in messages. */
  line = 0
  /** What messages name beside `$0`: the builtin or the sourced file that runs; undefined in `sh -c`. */
  commandName: string | undefined
  /** What it was before the builtin that runs: `command` is no name in messages. */
  outerName: string | undefined
  /** The lines typed so far, at an interactive shell. */
  history: History | undefined
  isInteractive = false
  /** The terminal that this shell hands to its foreground jobs, and the group that it was taken from. */
  held: { readonly terminal: Terminal; readonly group: number } | undefined
  /** Before how many more commands `exit` with stopped jobs is meant: it has been told of them. */
  exitWarning = 0
  isSubshell = false
  /** The current directory as `cd` gave it, symlinks and all (`pwd -L`). */
  directory = ''
  /** How deep functions, sourced files, eval and substitutions are nested. */
  depth = 0
  /** A failure is being tested, and so is no reason to exit (`set -e`). */
  isTested = false
  /** Loops around this command, in this function or file. */
  loops = 0
  /** One a function call, `height` of them: what its `local`s have hidden. An array that is emptied again loses its room. */
  readonly scopes: (Scope | undefined)[] = []
  height = 0
  /** How deep in functions and sourced files, where `return` goes. */
  returns = 0
  /** A trapped signal, or ^C at an interactive shell, waits to be seen to between two commands. */
  hasArrived = false
  isInterrupted = false
  /** The place of getopts within a cluster: `-abc`. */
  getopts: Getopts = NO_GETOPTS
  /** How often getopts itself has changed OPTIND. */
  optindAssigned = 0
  /** While a trap's action runs: what `exit` and `return` without a status mean. */
  trapStatus: number | undefined
  /** Descriptors that <(...) opened, closed when the command is over. */
  readonly substitutionFds: number[] = []
  #pathChanges = 0
  /** With a subshell, or the shell this is one of: copied before a change. */
  #sharesFunctions = false
  #seed = 0

  /** `variables`: the parent's own, which a subshell in the same process goes on with. */
  constructor(proc: Process, language: Language, parent?: Shell, variables?: Variables) {
    this.proc = proc
    this.language = language
    this.variables = variables ?? this.#makeVariables()
    this.names = language.extension?.names(this) ?? new ShellNames(this)
    this.traps = new Traps(proc, signal => this.#arrived(signal), parent?.traps)
    this.options = parent ? parent.options.copy() : new Options()
    this.hash = parent ? parent.hash.copy() : new CommandHash()
    this.jobs = new Jobs(parent?.jobs)
    this.functions = parent?.functions ?? new Map()
    this.aliases = parent?.aliases ?? new Map()
    this.name = parent?.name ?? 'sh'
    this.positional = parent?.positional ?? []
    this.pid = parent?.pid ?? proc.pid
    this.bash = parent?.bash ? parent.bash.copy() : language.extension?.makeState(this)
    if (parent) this.#copy(parent)
    if (parent?.bash && this.options.has('errtrace')) this.traps.take(parent.traps, 'ERR')
    if (parent?.bash && this.options.has('functrace')) this.traps.take(parent.traps, 'DEBUG')
    if (parent && !variables) parent.variables.copyTo(this.variables)
  }

  /** A subshell's state, in a process that was forked for it. */
  fork(proc: Process): Shell {
    return new Shell(proc, this.language, this)
  }

  /** A subshell's state in the same process: this shell waits until it is over, and undoes what it did by `joinInside`. */
  forkInside(): Shell {
    this.variables.beginTrial()
    return new Shell(this.proc, this.language, this, this.variables)
  }

  joinInside(): void {
    this.variables.endTrial()
  }

  execute(list: List): Completion {
    return this.language.compiler.list(list)(this)
  }

  /** An assignment by the script: `set -a` exports it. */
  assign(name: string, value: string): void {
    this.variables.set(name, value)
    if (this.options.allexport) this.variables.mark(name, { isExported: true })
  }

  /** A safe integer, as `assign` of its text. */
  assignNumber(name: string, value: number): void {
    this.variables.setNumber(name, value)
    if (this.options.allexport) this.variables.mark(name, { isExported: true })
  }

  define(definition: FunctionDefinition): void {
    if (this.#sharesFunctions) this.functions = new Map(this.functions)
    this.#sharesFunctions = false
    this.functions.set(definition.name, { definition, body: undefined })
  }

  undefine(name: string): void {
    if (this.#sharesFunctions) this.functions = new Map(this.functions)
    this.#sharesFunctions = false
    this.functions.delete(name)
  }

  /** What a command is given. */
  environment(): Map<string, string> {
    const environment = this.variables.environment()
    const { extension } = this.language
    if (extension) for (const [name, value] of extension.exports(this)) environment.set(name, value)
    return environment
  }

  /** The file that a command's name means (POSIX XCU 2.9.1.4); undefined: none such. */
  lookupCommand(name: string, elsewhere?: string): string | undefined {
    if (name.includes('/')) return name
    if (elsewhere !== undefined) return searchPath(this.proc, name, elsewhere)
    const path = this.variables.get('PATH')
    if (this.#pathChanges !== this.variables.pathChanges) {
      this.hash.clear()
      this.#pathChanges = this.variables.pathChanges
    }
    return path === undefined ? undefined : this.hash.lookup(this.proc, name, path)
  }

  /** A text of so many characters is about to be made: more than the memory there is ends the process (OOM). */
  requireRoom(length: number): void {
    if (length < 65536) return
    if (length + this.proc.kernel.memory <= this.proc.kernel.limits.memory && length < LONGEST) return
    this.proc.charge(length)
    throw new ProcessEnd({ killed: SIGKILL })
  }

  /** One level deeper; the answer is whether the JavaScript stack should be left first. Throws beyond the limit. */
  descend(): boolean {
    if (++this.depth > this.proc.kernel.limits.depth) {
      throw new ExpansionError('maximum nesting exceeded')
    }
    return this.depth % STACK_LEVELS === 0
  }

  /** The place that ash puts before a message: `sh: `, `script: line 3: `, `sh: cd: line 1: `. */
  get place(): string {
    const { commandName, name } = this
    const { extension } = this.language
    if (extension) return extension.place(this)
    if (commandName === undefined) return `${name}: `
    const by = commandName === name ? '' : `${commandName}: `
    return this.isInteractive && this.returns === 0 ? `${name}: ${by}` : `${name}: ${by}line ${this.line}: `
  }

  /** As `read` does: the builtin's name, and no line. */
  complainWithName(message: string): void {
    if (this.language.extension) return this.complain(message)
    this.#say(`${this.name}: ${this.commandName ?? ''}: ${message}\n`)
  }

  /** What an error on its way up leaves undone, for those who stop it. */
  mark(): Mark {
    const { commandName, depth, isTested, loops, positional, returns } = this
    return { commandName, depth, isTested, loops, positional, returns, scopes: this.height }
  }

  rewind({ scopes, ...mark }: Mark): void {
    this.leaveScopes(scopes)
    Object.assign(this, mark)
  }

  /** The variables of the function that runs; undefined outside of functions. */
  openScope(): Scope | undefined {
    return this.height === 0 ? undefined : (this.scopes[this.height - 1] ??= [])
  }

  enterScope(): void {
    this.scopes[this.height++] = undefined
  }

  leaveScopes(height: number): void {
    while (this.height > height) {
      const scope = this.scopes[--this.height]
      if (!scope) continue
      this.scopes[this.height] = undefined
      this.variables.leave(scope)
    }
  }

  isRunnable(path: string): boolean {
    return this.proc.isExecutable(path)
  }

  /** A message on stderr, after what was printed before it. */
  complain(message: string): void {
    this.#say(`${this.place}${this.language.extension?.words(message) ?? message}\n`)
  }

  /** A message that is in the dialect's own words. */
  complainOf(message: string): void {
    this.#say(`${this.place}${message}\n`)
  }

  /** As the utilities that busybox builds in do: with the program's name, which may not be `$0`, and without a line. */
  complainBriefly(message: string): void {
    if (this.language.extension) return this.complain(message)
    const program = /[^/]*$/.exec(this.proc.argv[0] ?? '')?.[0].replace(/^-/, '')
    this.#say(`${program || this.name}: ${message}\n`)
  }

  say(text: string): void {
    this.#say(text)
  }

  /** On a descriptor of the script's choice. */
  sayTo(fd: number, text: string): void {
    sendAnyway(() => this.proc.stdout.flush())
    sendAnyway(() => this.proc.write(fd, encode(text)))
  }

  report(error: ExpansionError): void {
    if (!error.isReported) this.complain(error.message)
    error.isReported = true
  }

  /** RANDOM is busybox's in range, not in sequence. */
  random(): number {
    if (this.#seed === 0) {
      const [a = 1, b = 0, c = 0, d = 0] = this.proc.kernel.host.random(4)
      this.#seed = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0 || 1
    }
    this.#seed ^= this.#seed << 13
    this.#seed ^= this.#seed >>> 17
    this.#seed ^= this.#seed << 5
    return (this.#seed >>> 0) & 32767
  }

  #say(text: string): void {
    const { stdout, stderr } = this.proc
    // Both may be the same file, so what was printed before goes first.
    sendAnyway(() => stdout.flush())
    sendAnyway(() => stderr.write(text))
    sendAnyway(() => stderr.flush())
  }

  #arrived(signal: number): void {
    this.traps.pending.push(signal)
    this.hasArrived = true
  }

  #compute(name: string): string | undefined {
    switch (name) {
      case 'LINENO':
        return String(this.line)
      case 'RANDOM':
        return String(this.random())
      case 'EPOCHSECONDS':
        return String(Math.floor(this.proc.kernel.clock.now() / 1000))
      case 'EPOCHREALTIME':
        return epoch(this.proc.kernel.clock.now())
    }
    return this.language.extension?.computed.get(name)?.(this)
  }

  #makeVariables(): Variables {
    const { extension } = this.language
    return new Variables({
      compute: name => this.#compute(name),
      charge: bytes => this.proc.charge(bytes),
      ...(extension && { more: this.#makeMore(extension) }),
    })
  }

  #makeMore({ computed, evaluate, element }: Extension): VariableExtension {
    return {
      isComputed: name => computed.has(name),
      evaluate: text => evaluate(this, text),
      getElement: name => element.get(this, name),
      setElement: (name, value) => element.set(this, name, value),
      warn: message => this.complain(message),
    }
  }

  #copy(parent: Shell): void {
    this.lastBackground = parent.lastBackground
    this.status = parent.status
    this.line = parent.line
    this.commandName = parent.commandName
    this.directory = parent.directory
    this.depth = parent.depth
    this.isTested = parent.isTested
    this.returns = parent.returns
    this.loops = parent.loops
    this.getopts = parent.getopts
    this.optindAssigned = parent.optindAssigned
    this.variables.optindChanges = parent.variables.optindChanges
    this.isSubshell = true
    this.history = parent.history?.copy()
    this.#sharesFunctions = true
    parent.#sharesFunctions = true
    this.height = parent.height
    this.#pathChanges = this.variables.pathChanges
    this.#seed = parent.#seed
  }
}

const NO_GETOPTS: Getopts = { optindChanges: -1, index: 1, letter: 0, words: undefined }

/** The variables as arithmetic sees them. */
class ShellNames implements Names {
  readonly #shell: Shell

  constructor(shell: Shell) {
    this.#shell = shell
  }

  /** differs: ash takes an unset variable in arithmetic for 0 even with `set -u` (POSIX XCU 2.15 set). */
  get(name: string): string | undefined {
    const value = this.#shell.variables.get(name)
    if (value === undefined && this.#shell.options.nounset) throw new ExpansionError(`${name}: parameter not set`)
    return value
  }

  set(name: string, value: string): void {
    this.#shell.assign(name, value)
  }

  getNumber(name: string): number | undefined {
    return this.#shell.variables.getNumber(name)
  }

  setNumber(name: string, value: number): void {
    this.#shell.assignNumber(name, value)
  }
}

/** How many levels of nesting run on one JavaScript stack. */
const STACK_LEVELS = 64

/** Microseconds, as EPOCHREALTIME has them. */
function epoch(ms: number): string {
  const micros = Math.round(ms * 1000)
  return `${Math.floor(micros / 1e6)}.${String(micros % 1e6).padStart(6, '0')}`
}

/** A message that cannot be written is lost; the end of the process is met again at the next gate. */
function sendAnyway(send: () => void | Promise<void>): void {
  const ignore = (error: unknown): void => {
    if (!(error instanceof SysError || error instanceof ProcessEnd)) throw error
  }
  try {
    const sent = send()
    if (sent) sent.catch(ignore)
  } catch (error) {
    ignore(error)
  }
}
