// Which bodies of command substitutions may run in the shell's own process: nothing in them sleeps, or needs a process.

import type { Shell } from '../shell.ts'
import type { FunctionDefinition, List, Redirection, Statement, Word } from '../syntax.ts'

/** What a piece of script may do, found once. */
export interface Summary {
  /** Something in it always needs a process: a pipeline, `&`, a subshell, a name that is not known before it runs. */
  readonly needsProcess: boolean
  /** The names of its commands. */
  readonly names: ReadonlySet<string>
}

export function summarize(body: List): Summary {
  const survey = new Survey()
  survey.list(body)
  return { needsProcess: survey.needsProcess, names: survey.names }
}

/** Every name is a builtin that never sleeps, or a function made of such. */
export function staysInside(shell: Shell, summary: Summary, seen: Set<string> = new Set()): boolean {
  if (summary.needsProcess || shell.traps.hasAny) return false
  for (const name of summary.names) {
    const builtin = shell.language.builtins.get(name)
    const definition = builtin?.isSpecial ? undefined : shell.functions.get(name)
    if (!definition) {
      if (!builtin?.isPure) return false
    } else if (!seen.has(name)) {
      seen.add(name)
      if (!staysInside(shell, summaryOf(definition.definition), seen)) return false
    }
  }
  return true
}

const summaries = new WeakMap<FunctionDefinition, Summary>()

function summaryOf(definition: FunctionDefinition): Summary {
  const known = summaries.get(definition)
  if (known) return known
  const survey = new Survey()
  survey.statement(definition.body)
  const summary = { needsProcess: survey.needsProcess, names: survey.names }
  summaries.set(definition, summary)
  return summary
}

class Survey {
  needsProcess = false
  readonly names = new Set<string>()

  list(list: List): void {
    for (const { command, background } of list.items) {
      this.needsProcess ||= background
      this.statement(command)
    }
  }

  statement(node: Statement): void {
    switch (node.kind) {
      case 'simple':
        for (const { value } of node.assignments) this.#word(value)
        for (const word of node.words) this.#word(word)
        this.#redirections(node.redirections)
        this.#name(node.words[0])
        return
      case 'and-or':
        this.statement(node.first)
        for (const { command } of node.rest) this.statement(command)
        return
      case 'pipeline':
        this.needsProcess ||= node.commands.length > 1
        for (const command of node.commands) this.statement(command)
        return
      case 'group':
        this.#redirections(node.redirections)
        this.list(node.body)
        return
      case 'if':
        this.#redirections(node.redirections)
        for (const { condition, body } of node.branches) {
          this.list(condition)
          this.list(body)
        }
        if (node.otherwise) this.list(node.otherwise)
        return
      case 'case':
        this.#redirections(node.redirections)
        this.#word(node.subject)
        for (const { patterns, body } of node.clauses) {
          for (const pattern of patterns) this.#word(pattern)
          this.list(body)
        }
        return
      case 'loop':
        this.#redirections(node.redirections)
        this.list(node.condition)
        this.list(node.body)
        return
      case 'for':
        this.#redirections(node.redirections)
        for (const word of node.words ?? []) this.#word(word)
        this.list(node.body)
        return
      default:
        this.needsProcess = true
    }
  }

  #name(word: Word | undefined): void {
    if (!word) return
    const [part] = word.parts
    if (word.parts.length === 1 && part?.kind === 'literal') this.names.add(part.text)
    else this.needsProcess = true
  }

  /** Opening a file may wait for the other end of a fifo; copying an fd never does. */
  #redirections(redirections: readonly Redirection[]): void {
    for (const redirection of redirections) {
      if (redirection.kind === 'file') {
        const [part] = redirection.target.parts
        const isNull = part?.kind === 'literal' && part.text === '/dev/null'
        this.needsProcess ||= !isNull
      }
    }
  }

  /** A substitution within sees to itself, but for <(...), whose process is its shell's child. */
  #word(word: Word): void {
    // bash: BASHPID is that of the substitution's process.
    const needs = word.parts.some(
      part => part.kind === 'process-substitution' || (part.kind === 'parameter' && part.name === 'BASHPID'),
    )
    if (needs) this.needsProcess = true
  }
}
