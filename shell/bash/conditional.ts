// [[ expression ]]: words that are not split, patterns, regular expressions, and arithmetic.

import { evaluateTest, TestError } from '../../applets/test.ts'
import { compilePattern } from '../../lib/pattern.ts'
import { compileRegex, type Regex, RegexError } from '../../lib/regex/index.ts'
import type { Compiler, Run, TextOf } from '../compiler.ts'
import { evaluateText } from '../expand/arithmetic.ts'
import { Text } from '../expand/text.ts'
import { withTildes } from '../expand/tilde.ts'
import { ExpansionError } from '../expansion-error.ts'
import { print } from '../printer.ts'
import { andThen, type Completion, type Later } from '../run/completion.ts'
import { failed } from '../run/trap.ts'
import type { Shell } from '../shell.ts'
import { optionOfName } from '../state/options.ts'
import type { Conditional, ConditionalExpression, Word } from '../syntax.ts'
import { arrayOf, elementOf, splitElement, valuesOf } from './arrays.ts'
import { debugged } from './debug-trap.ts'
import { conditionalOptions, isOn } from './patterns.ts'
import { traceText } from './trace.ts'

type Judge = (shell: Shell) => Later<boolean>

export function compileConditional(compiler: Compiler, node: Conditional): Run {
  const { expression, line } = node
  const judge = compileExpression(compiler, expression, false)
  const decide = (shell: Shell): Completion => {
    shell.line = line
    try {
      const answer = judge(shell)
      return answer instanceof Promise
        ? answer.then(
            later => end(shell, later ? 0 : 1),
            error => refuse(shell, error),
          )
        : end(shell, answer ? 0 : 1)
    } catch (error) {
      return refuse(shell, error)
    }
  }
  return shell => {
    if (shell.bash?.actions === 0) shell.bash.command = node
    return shell.traps.action('DEBUG') === undefined
      ? decide(shell)
      : andThen(debugged(shell, line, print({ ...node, redirections: [] })), () => decide(shell))
  }
}

function end(shell: Shell, status: number): Completion {
  shell.status = status
  if (shell.bash) shell.bash.pipeStatus = undefined
  return status === 0 || shell.isTested ? status : failed(shell, status)
}

/** What cannot be judged is said, and is a status of its own. */
function refuse(shell: Shell, error: unknown): Completion {
  if (error instanceof RegexError) return end(shell, 2)
  if (error instanceof TestError) {
    shell.complain(`[[: ${error.message}`)
    return end(shell, 2)
  }
  if (!(error instanceof ExpansionError) || error.endsShell || !/arithmetic|division/.test(error.message)) throw error
  shell.complain(`[[: ${error.message}`)
  return end(shell, 1)
}

/** `isNegated`: a `!` stands right before it, which set -x shows. */
function compileExpression(compiler: Compiler, node: ConditionalExpression, isNegated: boolean): Judge {
  switch (node.kind) {
    case 'not': {
      const operand = compileExpression(compiler, node.operand, !isNegated)
      return shell => andThen(operand(shell), answer => !answer)
    }
    case 'and':
    case 'or': {
      const left = compileExpression(compiler, node.left, false)
      const right = compileExpression(compiler, node.right, false)
      const isOr = node.kind === 'or'
      return shell => andThen(left(shell), answer => (answer === isOr ? answer : right(shell)))
    }
    case 'word': {
      return compileUnary(compiler.text(node.word), '-n', isNegated)
    }
    case 'unary':
      return compileUnary(compiler.text(node.operand), node.operator, isNegated)
    case 'binary':
      return compileBinary(compiler, node, isNegated)
  }
}

/** set -x: each term as it is judged, expanded. */
function shown(shell: Shell, isNegated: boolean, words: readonly string[]): Later<void> {
  if (!shell.options.xtrace) return undefined
  const text = words.map(word => (word === '' ? "''" : word)).join(' ')
  return traceText(shell, `[[ ${isNegated ? '! ' : ''}${text} ]]`)
}

function compileUnary(text: TextOf, operator: string, isNegated: boolean): Judge {
  const test = UNARY.get(operator) ?? ((shell: Shell, value: string) => evaluateTest([operator, value], shell.proc))
  return shell =>
    andThen(text(shell), value => andThen(shown(shell, isNegated, [operator, value]), () => test(shell, value)))
}

type Test = (shell: Shell, value: string) => boolean

/** What the test utility has not, or not so. */
const UNARY: ReadonlyMap<string, Test> = new Map<string, Test>([
  ['-n', (_, value) => value !== ''],
  ['-z', (_, value) => value === ''],
  ['-v', isSet],
  ['-R', (shell, value) => shell.variables.lookup(value)?.traits?.target !== undefined],
  ['-o', (shell, value) => isOptionOn(shell, value)],
  ['-a', (shell, value) => evaluateTest(['-e', value], shell.proc)],
])

/** `a[1]` has that element, `a[@]` any; a name alone has a value. */
export function isSet(shell: Shell, value: string): boolean {
  const element = splitElement(value)
  if (!element) {
    if (/^\d+$/.test(value)) return Number(value) <= shell.positional.length
    return shell.variables.get(value) !== undefined
  }
  const { name, subscript } = element
  if ((subscript === '@' || subscript === '*') && arrayOf(shell, name)?.kind !== 'associative') {
    return valuesOf(shell, name).length > 0
  }
  return elementOf(shell, name, subscript.replace(/^(["'])([\s\S]*)\1$/, '$2')) !== undefined
}

export function isOptionOn(shell: Shell, name: string): boolean {
  const option = optionOfName(name, 'bash')
  return option !== undefined && shell.options.has(option)
}

type Binary = Extract<ConditionalExpression, { kind: 'binary' }>

function compileBinary(compiler: Compiler, { operator, left, right }: Binary, isNegated: boolean): Judge {
  const operands = { left: compiler.text(left), right: compiler.text(right), operator, isNegated }
  switch (operator) {
    case '=':
    case '==':
    case '!=': {
      const pattern = compiler.pattern(right)
      const shownPattern = compileShownPattern(compiler, right)
      const isWanted = operator !== '!='
      return both({ ...operands, right: pattern, shownRight: shownPattern }, (shell, value, text) => {
        return compilePattern(text, conditionalOptions(shell)).matches(value) === isWanted
      })
    }
    case '=~':
      return both({ ...operands, right: compileRegexText(compiler, right) }, matchRegex)
  }
  const compare = COMPARE.get(operator)
  if (compare) {
    return both(operands, (shell, a, b) => compare(evaluateText(shell, a), evaluateText(shell, b)))
  }
  return both(operands, (shell, a, b) => evaluateTest([a, operator, b], shell.proc))
}

function both(
  { left, right, operator, isNegated, shownRight }: Operands,
  judge: (shell: Shell, left: string, right: string) => boolean,
): Judge {
  return shell =>
    andThen(left(shell), a =>
      andThen(right(shell), b =>
        andThen(showBoth(shell, { operator, isNegated, shownRight }, a, b), () => judge(shell, a, b)),
      ),
    )
}

function showBoth(
  shell: Shell,
  { operator, isNegated, shownRight }: Pick<Operands, 'operator' | 'isNegated' | 'shownRight'>,
  left: string,
  right: string,
): Later<void> {
  if (!shell.options.xtrace) return undefined
  const text = shownRight ? shownRight(shell) : right
  return andThen(text, value => shown(shell, isNegated, [left, operator, value]))
}

interface Operands {
  readonly left: TextOf
  readonly right: TextOf
  readonly operator: string
  readonly isNegated: boolean
  /** How set -x shows the right one, where not as it is. */
  readonly shownRight?: TextOf | undefined
}

/** set -x: each character of a pattern that was quoted has a backslash before it. */
class ShownPattern extends Text {
  override value(text: string, quoted: boolean): void {
    super.value(quoted ? text.replace(/[\s\S]/gu, '\\$&') : text, quoted)
  }

  override literal(text: string, quoted: boolean): void {
    this.value(text, quoted)
  }
}

function compileShownPattern(compiler: Compiler, word: Word): TextOf {
  const step = compiler.steps(withTildes(word.parts, 'word'))
  return shell => {
    const out = new ShownPattern(shell)
    const waiting = step(shell, out)
    return waiting ? waiting.then(() => out.text) : out.text
  }
}

type Compare = (left: number | bigint, right: number | bigint) => boolean

const COMPARE: ReadonlyMap<string, Compare> = new Map<string, Compare>([
  // A bigint and a number may be the same value.
  ['-eq', (left, right) => BigInt(left) === BigInt(right)],
  ['-ne', (left, right) => BigInt(left) !== BigInt(right)],
  ['-lt', (left, right) => left < right],
  ['-le', (left, right) => left <= right],
  ['-gt', (left, right) => left > right],
  ['-ge', (left, right) => left >= right],
])

/** What was quoted means itself. */
class RegexText extends Text {
  override value(text: string, quoted: boolean): void {
    super.value(quoted ? text.replace(/[\\^$.[\]|()?*+{}]/g, '\\$&') : text, quoted)
  }

  override literal(text: string, quoted: boolean): void {
    this.value(text, quoted)
  }
}

function compileRegexText(compiler: Compiler, word: Word): TextOf {
  const step = compiler.steps(withTildes(unquotedInBrackets(word).parts, 'word'))
  return shell => {
    const out = new RegexText(shell)
    const waiting = step(shell, out)
    return waiting ? waiting.then(() => out.text) : out.text
  }
}

/** Between brackets a backslash that quotes would be one of the set. */
function unquotedInBrackets(word: Word): Word {
  let isOpen = false
  const parts = word.parts.map(part => {
    if (part.kind !== 'literal') return part
    if (part.quoted) return isOpen && !/[\]\\^-]/.test(part.text) ? { ...part, quoted: false } : part
    for (let at = 0; at < part.text.length; at++) {
      if (part.text[at] === '[') isOpen = true
      else if (part.text[at] === ']') isOpen = false
    }
    return part
  })
  return { ...word, parts }
}

const MOST = 256
const regexes = new Map<string, Regex>()

function matchRegex(shell: Shell, value: string, source: string): boolean {
  const ignoreCase = isOn(shell, 'nocasematch')
  const key = `${ignoreCase ? 'i' : ' '}${source}`
  let regex = regexes.get(key)
  if (!regex) {
    regex = compileRegex(source, { syntax: 'extended', ignoreCase })
    if (regexes.size >= MOST) regexes.clear()
    regexes.set(key, regex)
  }
  const found = regex.exec(value)
  if (shell.bash) {
    const groups = found?.groups.map(group => (group ? value.slice(...group) : '')) ?? []
    shell.bash.matched = found ? [value.slice(found.start, found.end), ...groups] : []
  }
  return found !== undefined
}
