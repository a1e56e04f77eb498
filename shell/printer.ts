import { reservedWords } from './parser/lexer.ts'
import { printDocumentBody } from './printer/here-document.ts'
import { printWord, singleQuote } from './printer/word.ts'
import type {
  Assignment,
  Case,
  CaseClause,
  Command,
  ConditionalExpression,
  HereDocument,
  If,
  List,
  Redirection,
  Simple,
  Statement,
  Word,
} from './syntax.ts'

/** Shell text, in one form, that the parser reads as the same tree. It is one line, but for newlines in words and for here-documents, which follow it. */
export function print(node: List | Statement): string {
  const printer = new Printer()
  const text = node.kind === 'list' ? printer.list(node) : printer.statement(node)
  return text + printer.documents(true)
}

/** One Printer a text: it keeps the here-documents, whose bodies come in the order in which they are printed. */
class Printer {
  readonly #documents: HereDocument[] = []

  /** The bodies that are due, after a newline; nothing if none is. One that the end of the script ended ends it again. */
  documents(isScript: boolean): string {
    let text = this.#documents.length === 0 ? '' : '\n'
    for (const document of this.#documents) {
      const body = printDocumentBody(document, nested)
      const isWhole = body === '' || body.endsWith('\n')
      if (!isWhole && isScript) return text + body
      text += `${body}${isWhole ? '' : '\n'}${document.delimiter}\n`
    }
    return text
  }

  list(list: List): string {
    const last = list.items.length - 1
    return list.items
      .map(({ command, background }, index) => {
        const end = background ? ' &' : index === last ? '' : ';'
        return this.statement(command) + end + (index === last ? '' : ' ')
      })
      .join('')
  }

  /** A list with what ends it, before a reserved word. */
  #ended(list: List): string {
    return this.list(list) + (list.items.at(-1)?.background ? ' ' : '; ')
  }

  statement(statement: Statement): string {
    switch (statement.kind) {
      case 'and-or': {
        const first = this.statement(statement.first)
        const rest = statement.rest.map(({ operator, command }) => ` ${operator} ${this.statement(command)}`)
        return first + rest.join('')
      }
      case 'pipeline': {
        const commands = []
        for (const command of statement.commands) commands.push(this.#command(command))
        return `${statement.timed ? `${statement.timed} ` : ''}${statement.negated ? '! ' : ''}${commands.join(' | ')}`
      }
      default:
        return this.#command(statement)
    }
  }

  #command(command: Command): string {
    switch (command.kind) {
      case 'simple':
        return this.#simple(command)
      case 'function':
        return `${functionName(command.name)}() ${this.#command(command.body)}`
      default:
        return [this.#compound(command), ...this.#redirections(command.redirections)].join(' ')
    }
  }

  #compound(command: Exclude<Command, { kind: 'simple' | 'function' }>): string {
    switch (command.kind) {
      case 'group':
        return `{ ${this.#ended(command.body)}}`
      case 'subshell':
        return this.#subshell(command.body)
      case 'if':
        return this.#if(command)
      case 'loop':
        return `${command.until ? 'until' : 'while'} ${this.#ended(command.condition)}${this.#body(command.body)}`
      case 'for':
      case 'select':
        return `${command.kind} ${command.variable}${printIn(command.words)}; ${this.#body(command.body)}`
      case 'case':
        return this.#case(command)
      case 'arithmetic-command':
        return `((${printArithmetic(command.expression)}))`
      case 'arithmetic-for': {
        const parts = [command.initial, command.condition, command.update].map(printArithmetic)
        return `for ((${parts.join('; ')})); ${this.#body(command.body)}`
      }
      case 'coproc':
        return `coproc ${command.name} ${this.#command(command.body)}`
      case 'conditional':
        return `[[ ${printCondition(command.expression)} ]]`
    }
  }

  /** `( (a) )`: bash would take `((` for arithmetic. */
  #subshell(body: List): string {
    const text = this.list(body)
    return `(${text.startsWith('(') ? ' ' : ''}${text})`
  }

  #body(body: List): string {
    return `do ${this.#ended(body)}done`
  }

  #if(command: If): string {
    const branches = []
    for (const { condition, body } of command.branches) {
      branches.push(`if ${this.#ended(condition)}then ${this.#ended(body)}`)
    }
    const otherwise = command.otherwise ? `else ${this.#ended(command.otherwise)}` : ''
    return `${branches.join('el')}${otherwise}fi`
  }

  #case(command: Case): string {
    const clauses = []
    for (const clause of command.clauses) clauses.push(this.#clause(clause))
    return `case ${word(command.subject)} in ${clauses.join('')}esac`
  }

  #clause(clause: CaseClause): string {
    const patterns = clause.patterns.map(pattern => word(pattern)).join(' | ')
    const open = patterns === 'esac' || patterns.startsWith('esac ') ? '(' : ''
    const body = clause.body.items.length === 0 ? '' : `${this.list(clause.body)} `
    return `${open}${patterns}) ${body}${clause.terminator} `
  }

  /** Redirections come last, unless they are what keeps the first word from being a reserved one. */
  #simple(command: Simple): string {
    const assignments = command.assignments.map(printAssignment)
    const words = command.words.map(each => word(each))
    const arrays = command.arrays?.map(printAssignment) ?? []
    const redirections = this.#redirections(command.redirections)
    const hides = assignments.length === 0 && redirections.length > 0 && reservedWords.bash.has(words[0] ?? '')
    const parts = hides
      ? [...redirections, ...words, ...arrays]
      : [...assignments, ...words, ...arrays, ...redirections]
    return parts.join(' ')
  }

  #redirections(redirections: readonly Redirection[]): string[] {
    return redirections.map(redirection => {
      const { fdVariable } = redirection
      const fd = fdVariable === undefined ? String(redirection.fd ?? '') : `{${fdVariable}}`
      switch (redirection.kind) {
        case 'here-document': {
          this.#documents.push(redirection)
          const delimiter = redirection.expands ? redirection.delimiter : singleQuote(redirection.delimiter)
          return `${fd}${redirection.stripsTabs ? '<<-' : '<<'} ${delimiter}`
        }
        case 'here-string':
          return `${fd}<<< ${word(redirection.target)}`
        default:
          return `${fd}${redirection.operator}${redirectionTarget(redirection.target)}`
      }
    })
  }
}

/** A reserved word names a function only after `function`; `a!()` would be a pattern, where bash has those. */
function functionName(name: string): string {
  if (reservedWords.bash.has(name)) return `function ${name}`
  return /[?*+@!]$/.test(name) ? `${name} ` : name
}

/** `< <(a)`: without the blank it would be a here-document. */
function redirectionTarget(target: Word): string {
  const text = word(target)
  return /^[<>]/.test(text) ? ` ${text}` : text
}

/** The inside of a substitution, whose here-documents end before its parenthesis. */
function nested(list: List): string {
  const printer = new Printer()
  return printer.list(list) + printer.documents(false)
}

function word(value: Word): string {
  return printWord(value, nested)
}

function printArithmetic(expression: Word): string {
  return printWord(expression, nested, 'arithmetic')
}

function printIn(words: readonly Word[] | undefined): string {
  return words === undefined ? '' : [' in', ...words.map(word)].join(' ')
}

function printAssignment(assignment: Assignment): string {
  const index = assignment.index === undefined ? '' : `[${word(assignment.index)}]`
  const elements = assignment.elements?.map(({ index: at, value, append }) => {
    return `${at === undefined ? '' : `[${word(at)}]${append ? '+=' : '='}`}${word(value)}`
  })
  const value = elements === undefined ? word(assignment.value) : `(${elements.join(' ')})`
  return `${assignment.name}${index}${assignment.append ? '+=' : '='}${value}`
}

/** `inner`: the kinds that need parentheses where it stands, for they would be read otherwise. */
function printCondition(expression: ConditionalExpression, inner: readonly string[] = []): string {
  if (inner.includes(expression.kind)) return `( ${printCondition(expression)} )`
  switch (expression.kind) {
    case 'not':
      return `! ${printCondition(expression.operand, ['and', 'or'])}`
    case 'and':
      return `${printCondition(expression.left, ['or'])} && ${printCondition(expression.right, ['and', 'or'])}`
    case 'or':
      return `${printCondition(expression.left)} || ${printCondition(expression.right, ['or'])}`
    case 'unary':
      return `${expression.operator} ${word(expression.operand)}`
    case 'binary':
      return `${word(expression.left)} ${expression.operator} ${word(expression.right)}`
    case 'word':
      return word(expression.word)
  }
}
