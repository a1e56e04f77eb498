// while, until, for (POSIX XCU 2.9.4): every back edge passes the process's gate.

import type { Integer } from '../../lib/arithmetic.ts'
import type { Announce, Compiler, FieldsOf, IntegerOf, Run } from '../compiler.ts'
import { Fields } from '../expand/fields.ts'
import { compileWordsText, type NextWord, plainWords } from '../expand/plain-words.ts'
import { ExpansionError } from '../expansion-error.ts'
import type { Shell } from '../shell.ts'
import { isName } from '../state/variables.ts'
import type { For, Loop } from '../syntax.ts'
import { andThen, type Completion, type Finished, type Later } from './completion.ts'
import { runTested } from './list.ts'
import { runPending } from './trap.ts'

/** One turn of a loop: how the loop ends, or undefined to go on. */
type Turn = () => Later<Finished | undefined>

export function compileLoop(compiler: Compiler, node: Loop): Run {
  const condition = compiler.list(node.condition)
  const body = compiler.list(node.body)
  return shell => {
    const loop = new LoopStatus(shell)
    const afterCondition = (tested: Finished): Later<Finished | undefined> => {
      if (typeof tested !== 'number') return loop.take(tested)
      if ((tested === 0) === node.until) return loop.status
      const done = body(shell)
      return done instanceof Promise ? done.then(later => loop.take(later)) : loop.take(done)
    }
    return runLoop(shell, loop, () => {
      const tested = runTested(shell, condition)
      return tested instanceof Promise ? tested.then(afterCondition) : afterCondition(tested)
    })
  }
}

export function compileFor(compiler: Compiler, node: For): Run {
  const wordsOf = compileWords(compiler, node.words)
  const body = compiler.list(node.body)
  const run = announced(compiler.announce(node), body)
  return shell => {
    shell.line = node.line
    if (!isName(node.variable)) throw new ExpansionError('syntax error: bad for loop variable')
    const words = wordsOf(shell)
    if (words instanceof Promise) return words.then(later => runFor(shell, node.variable, later, run))
    return runFor(shell, node.variable, words, run)
  }
}

/** bash tells of the loop at each of its turns, when the variable has its value. */
export function announced(announce: Announce | undefined, body: Run): Run {
  if (!announce) return body
  return shell => {
    const waiting = announce(shell)
    return waiting ? waiting.then(() => body(shell)) : body(shell)
  }
}

/** Without a list: the positional parameters, as they are when the loop begins. */
function compileWords(compiler: Compiler, words: For['words']): (shell: Shell) => Later<NextWord> {
  if (!words) return shell => eachOf(shell.positional)
  const texts = compileWordsText(compiler, words)
  if (texts) return shell => andThen(texts(shell), found => wordsIn(shell, typeof found === 'string' ? [found] : found))
  const fields = words.map(word => compiler.fields(word))
  return shell => {
    const values: string[] = []
    const waiting = collect(shell, fields, values)
    return waiting ? waiting.then(() => eachOf(values)) : eachOf(values)
  }
}

function wordsIn(shell: Shell, texts: readonly string[]): NextWord {
  const plain = plainWords(shell.variables.ifs, texts)
  if (plain) return plain
  const values: string[] = []
  const fields = new Fields(shell, values)
  fields.value(texts.join(''), false)
  fields.finish()
  return eachOf(values)
}

function eachOf(values: readonly string[]): NextWord {
  let next = 0
  return () => values[next++]
}

/** bash's `for ((;;))`, but for its first expression. */
export function compileNumericLoop(how: {
  condition: IntegerOf | undefined
  update: IntegerOf | undefined
  body: Run
}): Run {
  const { condition, update, body } = how
  return shell => {
    const loop = new LoopStatus(shell)
    const afterBody = (done: Finished): Later<Finished | undefined> => {
      const end = loop.take(done)
      if (end !== undefined || !update) return end
      const value = update(shell)
      return value instanceof Promise ? value.then(() => undefined) : undefined
    }
    const afterCondition = (value: Integer): Later<Finished | undefined> => {
      if (value === 0) return loop.status
      const done = body(shell)
      return done instanceof Promise ? done.then(afterBody) : afterBody(done)
    }
    return runLoop(shell, loop, () => {
      const value = condition ? condition(shell) : 1
      return value instanceof Promise ? value.then(afterCondition) : afterCondition(value)
    })
  }
}

function collect(shell: Shell, words: readonly FieldsOf[], values: string[]): Promise<void> | undefined {
  for (let at = 0; at < words.length; at++) {
    const waiting = words[at]!(shell, values)
    if (waiting) return waiting.then(() => collect(shell, words.slice(at + 1), values))
  }
  return undefined
}

function runFor(shell: Shell, variable: string, next: NextWord, body: Run): Completion {
  const loop = new LoopStatus(shell)
  return runLoop(shell, loop, () => {
    const value = next()
    if (value === undefined) return loop.status
    shell.assign(variable, value)
    const done = body(shell)
    return done instanceof Promise ? done.then(later => loop.take(later)) : loop.take(done)
  })
}

/** What a loop is to answer, and what a turn's end means for it. No private members: making those is slow. */
class LoopStatus {
  status = 0
  readonly shell: Shell

  constructor(shell: Shell) {
    this.shell = shell
  }

  /** Its own level of a break or continue is taken off; the rest is passed up. */
  take(done: Finished): Finished | undefined {
    if (typeof done === 'number') {
      this.status = done
      return undefined
    }
    if (!('loops' in done)) return done
    if (done.loops > 1) return { to: done.to, loops: done.loops - 1 }
    this.shell.status = this.status = 0
    return done.to === 'continue' ? undefined : 0
  }
}

function runLoop(shell: Shell, loop: LoopStatus, turn: Turn): Completion {
  shell.loops++
  let pending: Promise<Finished | undefined> | undefined
  try {
    for (;;) {
      const end = turn()
      if (end instanceof Promise) {
        pending = end
        break
      }
      if (end !== undefined) return left(shell, end)
      pending = shell.proc.gate()?.then(() => undefined)
      if (pending || shell.hasArrived) break
    }
  } catch (error) {
    shell.loops--
    throw error
  }
  return runLater(shell, loop, turn, pending)
}

async function runLater(
  shell: Shell,
  loop: LoopStatus,
  turn: Turn,
  pending: Promise<Finished | undefined> | undefined,
): Promise<Finished> {
  try {
    let end = await pending
    for (;;) {
      if (end !== undefined) break
      if (shell.hasArrived) {
        const done = await runPending(shell, loop.status)
        if (typeof done !== 'number') {
          const taken = loop.take(done)
          if (taken !== undefined) {
            end = taken
            break
          }
        }
      }
      const gate = shell.proc.gate()
      if (gate) await gate
      const next = turn()
      end = next instanceof Promise ? await next : next
    }
    shell.status = typeof end === 'number' ? end : shell.status
    return end
  } finally {
    shell.loops--
  }
}

/** No body has run: 0, and otherwise the last one's status is `$?`. */
function left(shell: Shell, end: Finished): Finished {
  shell.loops--
  if (typeof end === 'number') shell.status = end
  return end
}
