// A compiled program, and how it runs: BEGIN, the rules for each record, END (POSIX XCU awk, "Overall Program Structure").

import type { Maybe } from '../../kernel/process.ts'
import { truthOf } from './code.ts'
import { ExpressionCompiler } from './expressions.ts'
import { type Completion, Functions } from './functions.ts'
import type { Runtime } from './runtime.ts'
import { EXIT, Leave, NEXT, NEXT_FILE, NORMAL, RETURN, StatementCompiler } from './statements.ts'
import type { ProgramText, Rule, Statement } from './syntax.ts'

export class Program {
  readonly #runtime: Runtime
  readonly #begin: readonly (() => Completion)[]
  readonly #rules: readonly (() => Completion)[]
  readonly #end: readonly (() => Completion)[]

  /** Throws Failure for what cannot be. */
  constructor(runtime: Runtime, text: ProgramText) {
    this.#runtime = runtime
    const functions = new Functions(runtime, callee => inFunction.compile(callee.body!))
    const expressions = new ExpressionCompiler(runtime, functions)
    const inFunction = new StatementCompiler(runtime, expressions, true)
    const statements = new StatementCompiler(runtime, expressions, false)
    for (const callee of text.functions.values()) if (callee.body) functions.of(callee)
    const compile = (statement: Statement) => statements.compile(statement)
    this.#begin = text.begin.map(compile)
    this.#rules = text.rules.map(rule => compileRule(rule, expressions, compile))
    this.#end = text.end.map(compile)
  }

  /** The exit status. */
  async run(): Promise<number> {
    const runtime = this.#runtime
    let hasLeft = await this.#runAll(this.#begin)
    if (!hasLeft && (this.#rules.length > 0 || this.#end.length > 0)) hasLeft = await this.#runRecords()
    // After exit in END nothing more is run.
    await this.#runAll(this.#end)
    await runtime.streams.closeAll()
    return runtime.status
  }

  /** Whether `exit` ended it. */
  async #runAll(parts: readonly (() => Completion)[]): Promise<boolean> {
    for (const part of parts) {
      if ((await this.#guard(part)) === EXIT) return true
    }
    return false
  }

  async #runRecords(): Promise<boolean> {
    const runtime = this.#runtime
    const { proc } = runtime
    const rules = this.#rules
    for (;;) {
      const has = runtime.nextRecord()
      if (!(has instanceof Promise ? await has : has)) return false
      for (let i = 0; i < rules.length; i++) {
        let code = NORMAL
        try {
          const done = rules[i]!()
          if (done === NORMAL) continue
          code = done instanceof Promise ? await done : done
        } catch (error) {
          code = this.#codeOf(error)
        }
        if (code === NORMAL || code === RETURN) continue
        if (code === EXIT) return true
        if (code === NEXT_FILE) runtime.input.skip()
        if (code === NEXT || code === NEXT_FILE) break
      }
      const pause = proc.gate()
      if (pause) await pause
    }
  }

  async #guard(part: () => Completion): Promise<number> {
    try {
      return await part()
    } catch (error) {
      return this.#codeOf(error)
    }
  }

  #codeOf(error: unknown): number {
    if (!(error instanceof Leave)) throw error
    this.#runtime.frame = []
    this.#runtime.depth = 0
    return error.code
  }
}

function compileRule(
  rule: Rule,
  expressions: ExpressionCompiler,
  compile: (statement: Statement) => () => Completion,
): () => Completion {
  const statement: Statement = rule.body ?? { kind: 'print', arguments: [], redirection: undefined }
  const body = compile(statement)
  switch (rule.kind) {
    case 'always':
      return body
    case 'pattern':
      return compile({ kind: 'if', test: rule.pattern, yes: statement, no: undefined })
    case 'range':
      return rangeRule(truthOf(expressions.compile(rule.from)), truthOf(expressions.compile(rule.to)), body)
  }
}

/** From a record for which `begins` holds to the next one, perhaps the same, for which `ends` does. */
function rangeRule(begins: () => Maybe<boolean>, ends: () => Maybe<boolean>, body: () => Completion): () => Completion {
  let isInside = false
  const end = (isLast: boolean) => {
    isInside = !isLast
    return body()
  }
  const start = (isFirst: boolean): Completion => {
    if (!isFirst) return NORMAL
    isInside = true
    const isLast = ends()
    return isLast instanceof Promise ? isLast.then(end) : end(isLast)
  }
  return () => {
    const isFirst = isInside || begins()
    return isFirst instanceof Promise ? isFirst.then(start) : start(isFirst)
  }
}
