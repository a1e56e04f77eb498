// What an expression of find is asked about, and the shape of its answers.

import type { Process } from '../../kernel/process.ts'
import type { Stat } from '../../kernel/vfs/stat.ts'

/** One file, as the walk comes to it. */
export interface Visit {
  readonly path: string
  readonly stat: Stat
  readonly depth: number
}

/** A promise only where a program was run. */
export type Answer = boolean | Promise<boolean>

export type Predicate = (visit: Visit) => Answer

/** What a walk is told by its expression. */
export interface Search {
  readonly proc: Process
  readonly warn: (message: string) => void
  /** Set by -prune for the directory that is visited: its files are left out. */
  isPruned: boolean
  /** Set by -quit. */
  isOver: boolean
  /** Set when a program of `-exec ... +` failed. */
  hasFailed: boolean
  /** What is still to be run at the end. */
  readonly rest: (() => Promise<void>)[]
}

export function both(first: Predicate, second: Predicate): Predicate {
  return visit => {
    const answer = first(visit)
    if (answer instanceof Promise) return answer.then(isTrue => (isTrue ? second(visit) : false))
    return answer ? second(visit) : false
  }
}

export function either(first: Predicate, second: Predicate): Predicate {
  return visit => {
    const answer = first(visit)
    if (answer instanceof Promise) return answer.then(isTrue => (isTrue ? true : second(visit)))
    return answer ? true : second(visit)
  }
}

export function not(predicate: Predicate): Predicate {
  return visit => {
    const answer = predicate(visit)
    return answer instanceof Promise ? answer.then(isTrue => !isTrue) : !answer
  }
}
