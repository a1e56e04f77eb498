// if and case (POSIX XCU 2.9.4).

import { compilePattern, hasMagic, unescapePattern } from '../../lib/pattern.ts'
import type { Compiler, Run } from '../compiler.ts'
import { constantPattern } from '../expand/constant-pattern.ts'
import type { Shell } from '../shell.ts'
import type { Case, If, Word } from '../syntax.ts'
import type { Completion, Finished, Later } from './completion.ts'
import { runTested } from './list.ts'

interface Branch {
  readonly condition: Run
  readonly body: Run
}

export function compileIf(compiler: Compiler, node: If, isLast: boolean): Run {
  const branches = node.branches.map(branch => ({
    condition: compiler.list(branch.condition),
    body: compiler.list(branch.body, isLast),
  }))
  const otherwise = node.otherwise && compiler.list(node.otherwise, isLast)
  return shell => choose(shell, branches, 0, otherwise)
}

function choose(shell: Shell, branches: readonly Branch[], from: number, otherwise: Run | undefined): Completion {
  for (let at = from; at < branches.length; at++) {
    const { condition, body } = branches[at]!
    const done = runTested(shell, condition)
    if (done instanceof Promise) return chooseLater(shell, done, branches, at, otherwise)
    if (typeof done !== 'number') return done
    if (done === 0) return body(shell)
  }
  return otherwise ? otherwise(shell) : (shell.status = 0)
}

/** Promises are waited for apart from the loops: a closure there would cost every turn its context. */
async function chooseLater(
  shell: Shell,
  pending: Promise<Finished>,
  branches: readonly Branch[],
  at: number,
  otherwise: Run | undefined,
): Promise<Finished> {
  const tested = await pending
  if (typeof tested !== 'number') return tested
  return tested === 0 ? branches[at]!.body(shell) : choose(shell, branches, at + 1, otherwise)
}

interface Clause {
  readonly patterns: readonly Matcher[]
  readonly body: Run
  readonly isEmpty: boolean
  readonly terminator: ';;' | ';&' | ';;&'
}

type Matcher = (shell: Shell, subject: string) => Later<boolean>

export function compileCase(compiler: Compiler, node: Case, isLast: boolean): Run {
  const subject = compiler.text(node.subject)
  const clauses = node.clauses.map(({ patterns, body, terminator }) => ({
    patterns: patterns.map(pattern => compileMatcher(compiler, pattern)),
    body: compiler.list(body, isLast && terminator === ';;'),
    isEmpty: body.items.length === 0,
    terminator,
  }))
  const announce = compiler.announce(node)
  const run = (shell: Shell): Completion => {
    const text = subject(shell)
    return text instanceof Promise ? matchText(shell, clauses, text) : match(shell, clauses, 0, text)
  }
  return shell => {
    shell.line = node.line
    shell.substitutionStatus = 0
    const waiting = announce?.(shell)
    return waiting ? waiting.then(() => run(shell)) : run(shell)
  }
}

function compileMatcher(compiler: Compiler, word: Word): Matcher {
  // bash's options change what a pattern matches while the script runs.
  const constant = compiler.dialect === 'ash' ? constantPattern(word) : undefined
  if (constant !== undefined) return constantMatcher(constant)
  const pattern = compiler.pattern(word)
  const { patternOptions } = compiler
  return (shell, subject) => {
    const text = pattern(shell)
    if (text instanceof Promise)
      return text.then(later => compilePattern(later, patternOptions(shell)).matches(subject))
    return compilePattern(text, patternOptions(shell)).matches(subject)
  }
}

function constantMatcher(text: string): Matcher {
  if (text === '*') return () => true
  if (!hasMagic(text)) {
    const plain = unescapePattern(text)
    return (_, subject) => subject === plain
  }
  const pattern = compilePattern(text)
  return (_, subject) => pattern.matches(subject)
}

async function matchText(shell: Shell, clauses: readonly Clause[], pending: Promise<string>): Promise<Finished> {
  return match(shell, clauses, 0, await pending)
}

function match(shell: Shell, clauses: readonly Clause[], from: number, subject: string): Completion {
  for (let at = from; at < clauses.length; at++) {
    const found = matchesAny(shell, clauses[at]!.patterns, subject)
    if (found instanceof Promise) return matchLater(shell, clauses, at, subject, found)
    if (found) return runClause(shell, clauses, at, subject)
  }
  return (shell.status = 0)
}

async function matchLater(
  shell: Shell,
  clauses: readonly Clause[],
  at: number,
  subject: string,
  pending: Promise<boolean>,
): Promise<Finished> {
  const isMatch = await pending
  return isMatch ? runClause(shell, clauses, at, subject) : match(shell, clauses, at + 1, subject)
}

function matchesAny(shell: Shell, patterns: readonly Matcher[], subject: string): Later<boolean> {
  for (let at = 0; at < patterns.length; at++) {
    const found = patterns[at]!(shell, subject)
    if (found instanceof Promise) return matchesAnyLater(shell, patterns.slice(at + 1), subject, found)
    if (found) return true
  }
  return false
}

async function matchesAnyLater(
  shell: Shell,
  rest: readonly Matcher[],
  subject: string,
  pending: Promise<boolean>,
): Promise<boolean> {
  return (await pending) || matchesAny(shell, rest, subject)
}

function runClause(shell: Shell, clauses: readonly Clause[], at: number, subject: string): Completion {
  const { body, isEmpty, terminator } = clauses[at]!
  if (isEmpty) shell.status = 0
  const done = body(shell)
  if (terminator === ';;') return done
  return done instanceof Promise
    ? done.then(finished => fallThrough(shell, clauses, at, subject, finished))
    : fallThrough(shell, clauses, at, subject, done)
}

function fallThrough(
  shell: Shell,
  clauses: readonly Clause[],
  at: number,
  subject: string,
  finished: Finished,
): Completion {
  if (typeof finished !== 'number') return finished
  if (clauses[at]!.terminator === ';;&') return match(shell, clauses, at + 1, subject)
  return at + 1 < clauses.length ? runClause(shell, clauses, at + 1, subject) : finished
}
