// Simple commands as bash runs them: with arrays to assign, the DEBUG trap before, and PIPESTATUS after.

import type { Compiler, Run } from '../compiler.ts'
import { ExpansionError } from '../expansion-error.ts'
import { print } from '../printer.ts'
import { andThen, type Completion, type Finished, type Later } from '../run/completion.ts'
import { fillQuickWords } from '../run/quick-words.ts'
import { assignOnly, type Command, compileCommand, external, finish as finishCommand, invoke } from '../run/simple.ts'
import { failed } from '../run/trap.ts'
import type { Shell } from '../shell.ts'
import type { ArrayOperand } from '../state/bash-state.ts'
import type { Assignment, Simple } from '../syntax.ts'
import { assignmentText, compileOperand, compileSpecial, isSpecial } from './assignment.ts'
import { debugged } from './debug-trap.ts'
import { quoteAlways } from './quoting.ts'
import { traceText } from './trace.ts'

export function compileBashSimple(compiler: Compiler, node: Simple, isLast: boolean): Run {
  const run = compileBare(compiler, node, isLast)
  return shell => {
    if (shell.bash?.actions === 0) shell.bash.command = node
    if (shell.traps.action('DEBUG') === undefined) return settle(shell, run(shell))
    const before = debugged(shell, node.line, print(node))
    return andThen(before, () => settle(shell, run(shell)))
  }
}

/** One command has run: PIPESTATUS is its status. */
function settle(shell: Shell, done: Completion): Completion {
  if (done instanceof Promise) return settleLater(shell, done)
  if (shell.bash) shell.bash.pipeStatus = undefined
  return done
}

async function settleLater(shell: Shell, pending: Promise<Finished>): Promise<Finished> {
  const done = await pending
  if (shell.bash) shell.bash.pipeStatus = undefined
  return done
}

/** As ash's simple commands, with `$_`, and without the builtins that `enable -n` has taken away. */
function compilePlain(compiler: Compiler, node: Simple, isLast: boolean): Run {
  const command = compileCommand(compiler, node, isLast)
  if (command.words.length === 0 && !command.redirect) {
    return shell => {
      const done = assignOnly(shell, command)
      shell.variables.set('_', '')
      return done
    }
  }
  return shell => runPlain(shell, command)
}

function runPlain(shell: Shell, command: Command): Completion {
  shell.line = command.line
  shell.substitutionStatus = 0
  const answer = command.comparison?.(shell)
  if (answer !== undefined) return finishCommand(shell, answer ? 0 : 1)
  const filled = command.quick && fillQuickWords(shell, command.quick)
  if (filled) return start(shell, command, filled)
  const argv: string[] = []
  const waiting = expandFrom(shell, command, argv, 0)
  return waiting ? waiting.then(() => start(shell, command, argv)) : start(shell, command, argv)
}

function expandFrom(shell: Shell, command: Command, argv: string[], from: number): void | Promise<void> {
  const { words } = command
  for (let at = from; at < words.length; at++) {
    const waiting = words[at]!(shell, argv)
    if (waiting) return waiting.then(() => expandFrom(shell, command, argv, at + 1))
  }
}

function start(shell: Shell, command: Command, argv: readonly string[]): Completion {
  const name = argv[0]
  if (name === undefined) return invoke(shell, command, argv)
  shell.variables.set('_', argv[argv.length - 1]!)
  const isDisabled = shell.bash?.disabled.has(name) === true && !shell.functions.has(name)
  return isDisabled ? external(shell, command, argv) : invoke(shell, command, argv)
}

function compileBare(compiler: Compiler, node: Simple, isLast: boolean): Run {
  const { arrays, assignments, words } = node
  if (arrays) return compileWithArrays(compiler, node, isLast)
  if (!assignments.some(isSpecial)) return compilePlain(compiler, node, isLast)
  // bash: an array before a command is not for it.
  const plain = { ...node, assignments: assignments.flatMap(asText) }
  return words.length > 0 ? compilePlain(compiler, plain, isLast) : compileAssignments(compiler, node)
}

/** bash: an array for the command is its text, in parentheses; an element is dropped. */
function asText(assignment: Assignment): Assignment[] {
  if (!isSpecial(assignment)) return [assignment]
  const { elements, index, ...rest } = assignment
  if (!elements || index) return []
  const whole = assignmentText(assignment)
  const text = whole.slice(whole.indexOf('=') + 1)
  return [{ ...rest, value: { ...rest.value, parts: [{ kind: 'literal', text, quoted: true }] } }]
}

/** In their order; what is plain goes through the plain command, which shows it (set -x). */
function compileAssignments(compiler: Compiler, node: Simple): Run {
  const steps = node.assignments.map(assignment => {
    if (isSpecial(assignment)) return compileSpecial(compiler, assignment)
    const run = compilePlain(compiler, { ...node, assignments: [assignment], redirections: [] }, false)
    return (shell: Shell): Later<void> => andThen(run(shell), () => undefined)
  })
  const redirect =
    node.redirections.length > 0 ? compilePlain(compiler, { ...node, assignments: [] }, false) : undefined
  return shell => {
    shell.line = node.line
    shell.substitutionStatus = 0
    shell.variables.set('_', '')
    const end = (): Completion => finish(shell, shell.substitutionStatus)
    const assigned = (): Completion => andThen(runSteps(shell, steps, 0), end)
    if (!redirect) return assigned()
    return andThen(redirect(shell), done => (done === 0 ? assigned() : done))
  }
}

function finish(shell: Shell, status: number): Completion {
  shell.status = status
  return status === 0 || shell.isTested ? status : failed(shell, status)
}

function runSteps(shell: Shell, steps: readonly ((shell: Shell) => Later<void>)[], from: number): void | Promise<void> {
  for (let at = from; at < steps.length; at++) {
    const waiting = steps[at]!(shell)
    if (waiting) return waiting.then(() => runSteps(shell, steps, at + 1))
  }
}

/** `declare -a a=(...)`: the builtin finds its arrays in the shell's state. */
function compileWithArrays(compiler: Compiler, node: Simple, isLast: boolean): Run {
  const { arrays = [], words } = node
  const [name] = words[0]?.parts ?? []
  if (name?.kind !== 'literal' || !DECLARATIONS.has(name.text)) {
    return () => {
      throw new ExpansionError("syntax error near unexpected token `('", 2)
    }
  }
  const operands = arrays.map(array => compileOperand(compiler, array))
  const { arrays: _, ...rest } = node
  const run = compilePlain(compiler, rest, isLast)
  return async shell => {
    shell.line = node.line
    const evaluated = []
    for (const operand of operands) evaluated.push(await operand(shell))
    if (shell.bash) shell.bash.operands = evaluated
    if (shell.options.xtrace) for (const operand of evaluated) await traceText(shell, operandText(operand))
    const done = await run(shell)
    shell.variables.set('_', evaluated.at(-1)?.name ?? '')
    return done
  }
}

/** set -x: evaluated, and quoted whether it needs it or not. */
function operandText({ name, append, elements }: ArrayOperand): string {
  const texts = elements.map(({ index, value }) => {
    return (index === undefined ? '' : `[${quoteAlways(index)}]=`) + quoteAlways(value)
  })
  return `${name}${append ? '+' : ''}=(${texts.join(' ')})`
}

const DECLARATIONS: ReadonlySet<string> = new Set([
  'declare',
  'typeset',
  'local',
  'export',
  'readonly',
  'command',
  'builtin',
])
