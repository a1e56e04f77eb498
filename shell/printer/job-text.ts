import type { Case, Command, If, List, Parameter, Pipeline, Redirection, Statement, Word, WordPart } from '../syntax.ts'

/**
 * A command as `jobs` shows it. It follows ash, which drops assignments, braces, `&` and a compound command's
 * redirections, and shortens what is long: a substitution is `$(...)`, a function's body `{ ... }`, a document `<<...`.
 * differs: ash shows a character quoted by a backslash bare, here it is in quotes, which quoted neighbours share;
 * ash shows only the first of a clause's patterns.
 */
export function jobText(statement: Statement): string {
  switch (statement.kind) {
    case 'and-or': {
      const rest = statement.rest.map(({ operator, command }) => ` ${operator} ${jobText(command)}`)
      return jobText(statement.first) + rest.join('')
    }
    case 'pipeline':
      return pipeline(statement)
    default:
      return command(statement)
  }
}

/** A text for each process that ash makes for it: one, or one a stage. */
export function stageTexts(statement: Statement): string[] {
  const isPlain = statement.kind === 'pipeline' && !statement.negated
  return isPlain ? statement.commands.map(command) : [jobText(statement)]
}

function pipeline(node: Pipeline): string {
  return (node.negated ? '!' : '') + node.commands.map(command).join(' | ')
}

function command(node: Command): string {
  switch (node.kind) {
    case 'simple':
      return [...node.words.map(word), ...node.redirections.map(redirection)].join(' ')
    case 'function':
      return `${node.name}() { ... }`
    default:
      return compound(node)
  }
}

function compound(node: Exclude<Command, { kind: 'simple' | 'function' }>): string {
  switch (node.kind) {
    case 'group':
      return list(node.body)
    case 'subshell':
      return `(${list(node.body)})`
    case 'if':
      return conditional(node)
    case 'loop':
      return `${node.until ? 'until' : 'while'} ${list(node.condition)}; ${body(node.body)}`
    case 'for':
    case 'select':
      return `${node.kind} ${node.variable} in ${node.words?.map(word).join(' ') ?? ALL}; ${body(node.body)}`
    case 'case':
      return choice(node)
    case 'arithmetic-command':
      return `((${word(node.expression)}))`
    case 'arithmetic-for':
      return `for ((...)); ${body(node.body)}`
    case 'coproc':
      return `coproc ${node.name} ${jobText(node.body)}`
    case 'conditional':
      return '[[ ... ]]'
  }
}

const ALL = `"\${@}"`

function list(node: List): string {
  return node.items.map(item => jobText(item.command)).join('; ')
}

function body(node: List): string {
  return `do ${list(node)}; done`
}

/** ash has no `elif` in its tree: it shows one `if` in the other's `else`. */
function conditional(node: If): string {
  const branches = node.branches.map(branch => `if ${list(branch.condition)}; then ${list(branch.body)}; `)
  const otherwise = node.otherwise ? `else ${list(node.otherwise)}; ` : ''
  return `${branches.join('else ')}${otherwise}${Array(branches.length).fill('fi').join('; ')}`
}

function choice(node: Case): string {
  const clauses = node.clauses.map(clause => {
    return `${clause.patterns.map(word).join('|')}) ${list(clause.body)}${clause.terminator} `
  })
  return `case ${word(node.subject)} in ${clauses.join('')}esac`
}

function redirection(node: Redirection): string {
  const input = node.kind === 'here-document' || node.kind === 'here-string' || node.operator.startsWith('<')
  const fd = node.kind === 'file' && node.operator.startsWith('&') ? '' : String(node.fd ?? (input ? 0 : 1))
  switch (node.kind) {
    case 'here-document':
      return `${node.fd ?? ''}<<...`
    case 'here-string':
      return `${node.fd ?? ''}<<<${word(node.target)}`
    default:
      return `${fd}${node.operator}${word(node.target)}`
  }
}

/** Quoted neighbours share one pair of quotes. */
function word(node: Word): string {
  let text = ''
  let open = false
  for (const part of node.parts) {
    const quoted = part.kind !== 'process-substitution' && part.quoted
    if (quoted !== open) text += '"'
    open = quoted
    text += part.kind === 'literal' && quoted ? part.text.replace(/["$]/g, '\\$&') : partText(part)
  }
  return open ? `${text}"` : text
}

/** What is quoted within quotes needs none of its own. */
function bare(node: Word): string {
  return node.parts.map(partText).join('')
}

function partText(part: WordPart): string {
  switch (part.kind) {
    case 'literal':
      return part.text
    case 'parameter':
      return parameter(part)
    case 'command-substitution':
      return '$(...)'
    case 'process-substitution':
      return `${part.operator}(...)`
    case 'arithmetic':
      return `$((${bare(part.expression)}))`
  }
}

function parameter({ name, operation, quoted }: Parameter): string {
  const inner = quoted ? bare : word
  switch (operation?.kind) {
    case undefined:
      return `\${${name}}`
    case 'bad':
      return `\${${operation.text}}`
    case 'length':
      return `\${#${name}}`
    case 'default':
      return `\${${name}${operation.colon ? ':' : ''}${operation.operator}${inner(operation.word)}}`
    case 'trim':
      return `\${${name}${operation.operator}${word(operation.pattern)}}`
    case 'substring':
      return `\${${name}:${bare(operation.start)}${operation.length ? `:${bare(operation.length)}` : ''}}`
    case 'replace':
      return `\${${name}${operation.operator}${word(operation.pattern)}/${word(operation.text)}}`
    case 'case':
      return `\${${name}${operation.operator}${operation.pattern ? word(operation.pattern) : ''}}`
    case 'indirect':
    case 'keys':
      return `\${!${name}}`
    case 'names':
      return `\${!${name}${operation.operator}}`
    case 'transform':
      return `\${${name}@${operation.operator}}`
  }
}
