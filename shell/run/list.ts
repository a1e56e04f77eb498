// Lists, AND-OR lists and negation (POSIX XCU 2.9.3): one command after another, on one stack as long as nothing sleeps.

import type { Compiler, Run } from '../compiler.ts'
import type { Shell } from '../shell.ts'
import type { AndOr, List } from '../syntax.ts'
import type { Completion, Finished } from './completion.ts'
import { runPending } from './trap.ts'

export function compileList(
  compiler: Compiler,
  list: List,
  how: { last: boolean; background: (index: number) => Run },
): Run {
  const end = list.items.length - 1
  const runs = list.items.map((item, index) =>
    item.background ? how.background(index) : compiler.statement(item.command, how.last && index === end),
  )
  if (runs.length === 0) return shell => (shell.status = 0)
  const [only] = runs
  return runs.length === 1 && only ? shell => runOnly(shell, only) : shell => runFrom(shell, runs, 0)
}

/** Most bodies are one command. */
function runOnly(shell: Shell, run: Run): Completion {
  const done = run(shell)
  if (done instanceof Promise) return goOnLater(shell, [run], 1, done)
  return shell.hasArrived ? runPending(shell, done) : done
}

function runFrom(shell: Shell, runs: readonly Run[], from: number): Completion {
  let status = 0
  for (let at = from; at < runs.length; at++) {
    let done = runs[at]!(shell)
    if (shell.hasArrived && !(done instanceof Promise)) done = runPending(shell, done)
    if (typeof done !== 'number') {
      if (!(done instanceof Promise)) return done
      return goOnLater(shell, runs, at + 1, done)
    }
    status = done
  }
  return status
}

/** Apart from the loop above: a closure there would cost every turn its context. */
async function goOnLater(
  shell: Shell,
  runs: readonly Run[],
  next: number,
  pending: Promise<Finished>,
): Promise<Finished> {
  const done = await pending
  const seen = shell.hasArrived ? await runPending(shell, done) : done
  return typeof seen !== 'number' || next === runs.length ? seen : runFrom(shell, runs, next)
}

export function compileAndOr(compiler: Compiler, node: AndOr, last: boolean): Run {
  const end = node.rest.length - 1
  const first = compiler.statement(node.first)
  const rest = node.rest.map(({ operator, command }, index) => ({
    needsSuccess: operator === '&&',
    run: compiler.statement(command, last && index === end),
  }))
  return shell => {
    const done = runTested(shell, first)
    if (done instanceof Promise) return andOrLater(shell, rest, 0, done)
    return andOrFrom(shell, rest, 0, done)
  }
}

type Rest = readonly { readonly needsSuccess: boolean; readonly run: Run }[]

/** Every command but the last is tested: its failure ends nothing (`set -e`). */
function andOrFrom(shell: Shell, rest: Rest, from: number, first: Finished): Completion {
  let done = first
  for (let at = from; at < rest.length; at++) {
    if (typeof done !== 'number') return done
    const { needsSuccess, run } = rest[at]!
    if ((done === 0) !== needsSuccess) continue
    const next = at < rest.length - 1 ? runTested(shell, run) : run(shell)
    if (next instanceof Promise) return andOrLater(shell, rest, at + 1, next)
    done = next
  }
  return done
}

async function andOrLater(shell: Shell, rest: Rest, from: number, pending: Promise<Finished>): Promise<Finished> {
  return andOrFrom(shell, rest, from, await pending)
}

/** The status of what is tested is the opposite. */
export function negate(shell: Shell, run: Run): Completion {
  const done = runTested(shell, run)
  return done instanceof Promise ? done.then(later => opposite(shell, later)) : opposite(shell, done)
}

function opposite(shell: Shell, done: Finished): Finished {
  return typeof done === 'number' ? (shell.status = done === 0 ? 1 : 0) : done
}

/** Runs a condition: `set -e` does not heed its failures. */
export function runTested(shell: Shell, run: Run): Completion {
  const before = shell.isTested
  shell.isTested = true
  const done = run(shell)
  if (!(done instanceof Promise)) {
    shell.isTested = before
    return done
  }
  return testedLater(shell, before, done)
}

async function testedLater(shell: Shell, before: boolean, pending: Promise<Finished>): Promise<Finished> {
  const status = await pending
  shell.isTested = before
  return status
}
