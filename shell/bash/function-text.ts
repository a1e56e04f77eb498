// A function as `declare -f` and `type` show it: a command a line, four blanks a level.

import { printWord } from '../printer/word.ts'
import { print } from '../printer.ts'
import type {
  Case,
  Command,
  Compound,
  FunctionDefinition,
  If,
  List,
  Pipeline,
  Redirection,
  Statement,
  Word,
} from '../syntax.ts'

export function functionText(definition: FunctionDefinition): string {
  return `${headAndBody(definition, '')}\n`
}

function headAndBody({ name, body }: FunctionDefinition, indent: string): string {
  if (body.kind !== 'group')
    return `${name} () \n${indent}{ \n${indent}    ${statement(body, `${indent}    `)}\n${indent}}`
  return `${name} () \n${indent}{ \n${lines(body.body, `${indent}    `)}\n${indent}}${redirections(body.redirections)}`
}

/** Each command on a line of its own; all but the last end in a semicolon. */
function lines(list: List, indent: string): string {
  const last = list.items.length - 1
  let text = indent
  for (const [index, { command, background }] of list.items.entries()) {
    // What follows an & stays on its line.
    const end = background ? (index < last ? ' & ' : ' &') : index < last ? `;\n${indent}` : ''
    text += statement(command, indent) + end
  }
  return text
}

/** Before a reserved word, the last one ends in a semicolon too. */
function ended(list: List, indent: string): string {
  return `${lines(list, indent)}${list.items.at(-1)?.background ? '' : ';'}`
}

function statement(node: Statement, indent: string): string {
  switch (node.kind) {
    case 'and-or':
      return [
        statement(node.first, indent),
        ...node.rest.map(({ operator, command }) => `${operator} ${statement(command, indent)}`),
      ].join(' ')
    case 'pipeline':
      return pipeline(node, indent)
    case 'function':
      return `function ${headAndBody(node, indent)}`
    case 'simple':
      return print(node)
    default:
      return compound(node, indent)
  }
}

function pipeline({ commands, negated, timed }: Pipeline, indent: string): string {
  const text = commands.map((command: Command) => statement(command, indent)).join(' | ')
  return `${timed ? `${timed} ` : ''}${negated ? '! ' : ''}${text}`
}

function compound(node: Compound, indent: string): string {
  return bare(node, indent) + redirections(node.redirections)
}

function bare(node: Compound, indent: string): string {
  const inner = `${indent}    `
  switch (node.kind) {
    case 'group':
      return `{ \n${lines(node.body, inner)}\n${indent}}`
    case 'subshell':
      return `( ${lines(node.body, indent).trimStart()} )`
    case 'if':
      return ifText(node, indent)
    case 'loop':
      return `${node.until ? 'until' : 'while'} ${inline(node.condition, indent)}; do\n${ended(node.body, inner)}\n${indent}done`
    case 'for':
    case 'select': {
      const words = node.words ? ` in ${node.words.map(wordText).join(' ')}` : ' in "$@"'
      return `${node.kind} ${node.variable}${words};\n${indent}do\n${ended(node.body, inner)}\n${indent}done`
    }
    case 'arithmetic-for': {
      const parts = [node.initial, node.condition, node.update].map(arithmeticText).join('; ')
      return `for ((${parts}))\n${indent}do\n${ended(node.body, inner)}\n${indent}done`
    }
    case 'case':
      return caseText(node, indent)
    case 'coproc':
      return `coproc ${node.name} ${statement(node.body, indent)}`
    case 'arithmetic-command':
    case 'conditional':
      return print({ ...node, redirections: [] })
  }
}

function inline(list: List, indent: string): string {
  return lines(list, indent).trimStart()
}

function ifText({ branches, otherwise }: If, indent: string): string {
  const inner = `${indent}    `
  const [first, ...others] = branches
  if (!first) return ''
  const then = `if ${inline(first.condition, indent)}; then\n${ended(first.body, inner)}\n${indent}`
  const [next, ...rest] = others
  // bash shows an elif as what it means.
  if (next) {
    const nested = ifText(
      { kind: 'if', branches: [next, ...rest], ...(otherwise && { otherwise }), redirections: [], line: 0, offset: 0 },
      inner,
    )
    return `${then}else\n${inner}${nested};\n${indent}fi`
  }
  return otherwise ? `${then}else\n${ended(otherwise, inner)}\n${indent}fi` : `${then}fi`
}

function caseText({ subject, clauses }: Case, indent: string): string {
  const inner = `${indent}    `
  const all = clauses.map(({ patterns, body, terminator }) => {
    const text = body.items.length === 0 ? '' : `${lines(body, `${inner}    `)}\n`
    return `${inner}${patterns.map(wordText).join(' | ')})\n${text}${inner}${terminator}\n`
  })
  return `case ${wordText(subject)} in \n${all.join('')}${indent}esac`
}

function redirections(all: readonly Redirection[]): string {
  if (all.length === 0) return ''
  const printed = print({ kind: 'simple', assignments: [], words: [], redirections: all, line: 0, offset: 0 })
  return ` ${printed}`
}

function wordText(word: Word): string {
  return printWord(word, list => print(list))
}

function arithmeticText(word: Word): string {
  return printWord(word, list => print(list), 'arithmetic')
}
