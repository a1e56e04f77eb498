// ((...)), for ((;;)), select.

import type { Compiler, FieldsOf, IntegerOf, Run } from '../compiler.ts'
import { compileExpression } from '../expand/arithmetic.ts'
import { ExpansionError } from '../expansion-error.ts'
import { printWord } from '../printer/word.ts'
import { print } from '../printer.ts'
import { andThen, type Completion, type Later } from '../run/completion.ts'
import { announced, compileNumericLoop } from '../run/loop.ts'
import { failed } from '../run/trap.ts'
import type { Shell } from '../shell.ts'
import type { ArithmeticCommand, ArithmeticFor, BashCompound, Select, Word } from '../syntax.ts'
import { compileConditional } from './conditional.ts'
import { compileCoproc } from './coproc.ts'
import { debugged } from './debug-trap.ts'
import { runSelect } from './select.ts'
import { traceText } from './trace.ts'

export function compileBashCompound(compiler: Compiler, node: BashCompound): Run {
  switch (node.kind) {
    case 'conditional':
      return compileConditional(compiler, node)
    case 'arithmetic-command':
      return compileArithmeticCommand(compiler, node)
    case 'arithmetic-for':
      return compileArithmeticFor(compiler, node)
    case 'coproc':
      return compileCoproc(compiler, node)
    case 'select':
      return compileSelect(compiler, node)
  }
}

/** Its status says whether the value is another than 0; an expression that is none is its failure, and no more. */
function compileArithmeticCommand(compiler: Compiler, node: ArithmeticCommand): Run {
  const { expression, line } = node
  const value = traceable(compiler, expression)
  const run = (shell: Shell): Completion => {
    shell.line = line
    try {
      const found = value(shell)
      if (found instanceof Promise) {
        return found.then(
          later => finish(shell, later === 0 ? 1 : 0),
          error => refuse(shell, error),
        )
      }
      return finish(shell, found === 0 ? 1 : 0)
    } catch (error) {
      return refuse(shell, error)
    }
  }
  return shell => {
    if (shell.bash?.actions === 0) shell.bash.command = node
    return shell.traps.action('DEBUG') === undefined
      ? run(shell)
      : andThen(debugged(shell, line, print({ ...node, redirections: [] })), () => run(shell))
  }
}

function finish(shell: Shell, status: number): Completion {
  shell.status = status
  if (shell.bash) shell.bash.pipeStatus = undefined
  return status === 0 || shell.isTested ? status : failed(shell, status)
}

function refuse(shell: Shell, error: unknown): Completion {
  if (!(error instanceof ExpansionError) || error.endsShell) throw error
  shell.complain(`((: ${error.message}`)
  return finish(shell, 1)
}

function compileArithmeticFor(compiler: Compiler, node: ArithmeticFor): Run {
  const initial = part(compiler, node, node.initial)
  const condition = part(compiler, node, node.condition)
  const update = part(compiler, node, node.update)
  const body = compiler.list(node.body)
  const loop = compileNumericLoop({ condition, update, body })
  return shell => {
    shell.line = node.line
    try {
      const run = (): Completion => loop(shell)
      const first = initial ? initial(shell) : 0
      const done = first instanceof Promise ? first.then(run) : run()
      return done instanceof Promise ? done.catch(error => refuse(shell, error)) : done
    } catch (error) {
      return refuse(shell, error)
    }
  }
}

/** Each of its expressions is a command to trap DEBUG. */
function part(compiler: Compiler, { line }: ArithmeticFor, word: Word): IntegerOf | undefined {
  if (word.parts.length === 0) return undefined
  const value = traceable(compiler, word)
  const text = `((${printWord(word, print, 'arithmetic')}))`
  return shell =>
    shell.traps.action('DEBUG') === undefined ? value(shell) : andThen(debugged(shell, line, text), () => value(shell))
}

/** set -x shows what there is to be evaluated, expanded. */
function traceable(compiler: Compiler, word: Word): IntegerOf {
  const value = compileExpression(compiler, word)
  const text = compiler.text(word, { tilde: 'none' })
  return shell => {
    if (!shell.options.xtrace) return value(shell)
    return andThen(text(shell), shown => andThen(traceText(shell, `(( ${shown} ))`), () => value(shell)))
  }
}

function compileSelect(compiler: Compiler, node: Select): Run {
  const words = node.words?.map(word => compiler.fields(word))
  const body = compiler.list(node.body)
  return announced(compiler.announce(node), shell => {
    shell.line = node.line
    if (!words) return runSelect(shell, node.variable, shell.positional, body)
    const values: string[] = []
    return andThen(collect(shell, words, values), () => runSelect(shell, node.variable, values, body))
  })
}

function collect(shell: Shell, words: readonly FieldsOf[], values: string[]): Later<void> {
  for (let at = 0; at < words.length; at++) {
    const waiting = words[at]!(shell, values)
    if (waiting) return waiting.then(() => collect(shell, words.slice(at + 1), values))
  }
}
