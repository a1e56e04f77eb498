// `--format`: the part of Go's text/template that people use with docker: fields, json, range, if, index, join, upper ...

export class TemplateError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'TemplateError'
  }
}

type Value = unknown

type Node =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'output'; readonly pipeline: Pipeline }
  | {
      readonly kind: 'if' | 'range' | 'with'
      readonly pipeline: Pipeline
      readonly body: Node[]
      readonly otherwise: Node[]
    }

/** Commands joined by `|`: the result of each is the last argument of the next. */
type Pipeline = readonly (readonly string[])[]

/** Throws TemplateError for a template that cannot be read. */
export function compileTemplate(source: string): (data: Value) => string {
  const text = source.replace(/\\t/g, '\t').replace(/\\n/g, '\n')
  const tokens = tokenize(text)
  const { nodes, next } = parse(tokens, 0, [])
  if (next < tokens.length) throw new TemplateError('template parsing error: unexpected {{end}}')
  return data => render(nodes, data, data)
}

interface Token {
  readonly isAction: boolean
  readonly text: string
}

function tokenize(source: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  while (at < source.length) {
    const open = source.indexOf('{{', at)
    if (open === -1) {
      tokens.push({ isAction: false, text: source.slice(at) })
      break
    }
    const close = source.indexOf('}}', open)
    if (close === -1) throw new TemplateError('template parsing error: template: :1: unclosed action')
    let before = source.slice(at, open)
    let action = source.slice(open + 2, close)
    if (action.startsWith('- ')) {
      before = before.trimEnd()
      action = action.slice(2)
    }
    at = close + 2
    if (action.endsWith(' -')) {
      action = action.slice(0, -2)
      while (/\s/.test(source[at] ?? '')) at++
    }
    if (before !== '') tokens.push({ isAction: false, text: before })
    tokens.push({ isAction: true, text: action.trim() })
  }
  return tokens
}

function parse(tokens: readonly Token[], from: number, stops: readonly string[]): { nodes: Node[]; next: number } {
  const nodes: Node[] = []
  let next = from
  while (next < tokens.length) {
    const token = tokens[next]!
    const [, word = ''] = /^(\w+)/.exec(token.text) ?? []
    if (!token.isAction) nodes.push({ kind: 'text', text: token.text })
    else if (stops.includes(word)) return { nodes, next }
    else if (word === 'if' || word === 'range' || word === 'with') {
      const block = parseBlock(tokens, next, word)
      nodes.push(block.node)
      next = block.next
    } else if (word === 'end' || word === 'else')
      throw new TemplateError(`template parsing error: unexpected {{${word}}}`)
    else if (!token.text.startsWith('/*')) nodes.push({ kind: 'output', pipeline: parsePipeline(token.text) })
    next++
  }
  if (stops.length > 0) throw new TemplateError('template parsing error: template: :1: unexpected EOF')
  return { nodes, next }
}

function parseBlock(
  tokens: readonly Token[],
  from: number,
  kind: 'if' | 'range' | 'with',
): { node: Node; next: number } {
  const pipeline = parsePipeline(tokens[from]!.text.slice(kind.length).trim())
  const body = parse(tokens, from + 1, ['end', 'else'])
  let otherwise: Node[] = []
  let next = body.next
  if (tokens[next]!.text === 'else') {
    const rest = parse(tokens, next + 1, ['end'])
    otherwise = rest.nodes
    next = rest.next
  }
  return { node: { kind, pipeline, body: body.nodes, otherwise }, next }
}

function parsePipeline(text: string): Pipeline {
  const words = text.match(/"(?:[^"\\]|\\.)*"|`[^`]*`|\((?:[^()]|\([^()]*\))*\)|\||[^\s|()]+/g) ?? []
  if (words.length === 0) throw new TemplateError('template parsing error: missing value for command')
  const commands: string[][] = [[]]
  for (const word of words) {
    if (word === '|') commands.push([])
    else commands.at(-1)!.push(word)
  }
  return commands
}

function render(nodes: readonly Node[], dot: Value, root: Value): string {
  return nodes.map(node => renderNode(node, dot, root)).join('')
}

function renderNode(node: Node, dot: Value, root: Value): string {
  if (node.kind === 'text') return node.text
  const value = evaluate(node.pipeline, dot, root)
  if (node.kind === 'output') return show(value)
  if (node.kind === 'if') return render(isTrue(value) ? node.body : node.otherwise, dot, root)
  if (node.kind === 'with') return isTrue(value) ? render(node.body, value, root) : render(node.otherwise, dot, root)
  const items = Array.isArray(value)
    ? value
    : isRecord(value)
      ? Object.keys(value)
          .sort()
          .map(key => value[key])
      : []
  if (items.length === 0) return render(node.otherwise, dot, root)
  return items.map(item => render(node.body, item, root)).join('')
}

function evaluate(pipeline: Pipeline, dot: Value, root: Value): Value {
  let piped: Value[] = []
  for (const command of pipeline) piped = [call(command, piped, dot, root)]
  return piped[0]
}

function call([head = '', ...rest]: readonly string[], piped: readonly Value[], dot: Value, root: Value): Value {
  const args = [...rest.map(word => operand(word, dot, root)), ...piped]
  const found = FUNCTIONS.get(head)
  if (found) return found(args)
  if (/^[a-z]\w*$/i.test(head) && head !== 'true' && head !== 'false' && head !== 'nil') {
    throw new TemplateError(`template parsing error: template: :1: function "${head}" not defined`)
  }
  return operand(head, dot, root)
}

function operand(word: string, dot: Value, root: Value): Value {
  if (word.startsWith('(')) return evaluate(parsePipeline(word.slice(1, -1)), dot, root)
  if (word.startsWith('"')) return JSON.parse(word)
  if (word.startsWith('`')) return word.slice(1, -1)
  if (/^-?\d+(\.\d+)?$/.test(word)) return Number(word)
  if (word === 'true' || word === 'false') return word === 'true'
  if (word === 'nil') return null
  if (word === '.') return dot
  if (word === '$') return root
  if (word.startsWith('$.')) return field(root, word.slice(2))
  if (word.startsWith('.')) return field(dot, word.slice(1))
  throw new TemplateError(`template parsing error: template: :1: unexpected "${word}"`)
}

function field(value: Value, path: string): Value {
  let current = value
  for (const name of path.split('.')) {
    if (current === null || current === undefined) return undefined
    if (!isRecord(current) || !Object.hasOwn(current, name)) {
      if (isRecord(current) && Object.getPrototypeOf(current) === null) return undefined
      throw new TemplateError(`template: :1:2: executing "" at <.${path}>: map has no entry for key "${name}"`)
    }
    current = current[name]
  }
  return current
}

const FUNCTIONS: ReadonlyMap<string, (args: readonly Value[]) => Value> = new Map<
  string,
  (args: readonly Value[]) => Value
>([
  ['json', ([value]) => JSON.stringify(value ?? null)],
  [
    'len',
    ([value]) => (typeof value === 'string' || Array.isArray(value) ? value.length : Object.keys(value ?? {}).length),
  ],
  ['upper', ([value]) => show(value).toUpperCase()],
  ['lower', ([value]) => show(value).toLowerCase()],
  ['title', ([value]) => show(value).replace(/\b\w/g, letter => letter.toUpperCase())],
  ['join', ([values, by]) => (Array.isArray(values) ? values.map(show).join(show(by)) : '')],
  ['split', ([value, by]) => show(value).split(show(by))],
  ['println', args => `${args.map(show).join(' ')}\n`],
  ['print', args => args.map(show).join(' ')],
  ['printf', ([format, ...args]) => printf(show(format), args)],
  ['index', ([value, ...keys]) => keys.reduce<Value>(pick, value)],
  ['not', ([value]) => !isTrue(value)],
  ['and', args => args.find(value => !isTrue(value)) ?? args.at(-1)],
  ['or', args => args.find(isTrue) ?? args.at(-1)],
  ['eq', ([first, ...others]) => others.some(other => other === first)],
  ['ne', ([a, b]) => a !== b],
  ['lt', ([a, b]) => Number(a) < Number(b)],
  ['le', ([a, b]) => Number(a) <= Number(b)],
  ['gt', ([a, b]) => Number(a) > Number(b)],
  ['ge', ([a, b]) => Number(a) >= Number(b)],
  ['truncate', ([value, size]) => show(value).slice(0, Number(size))],
  ['pad', ([value, before, after]) => ' '.repeat(Number(before)) + show(value) + ' '.repeat(Number(after))],
])

function pick(value: Value, key: Value): Value {
  if (Array.isArray(value)) return value[Number(key)]
  return isRecord(value) ? value[show(key)] : undefined
}

function printf(format: string, args: readonly Value[]): string {
  let next = 0
  return format.replace(/%(%|-?\d*[svdqt])/g, (whole, verb: string) => {
    if (verb === '%') return '%'
    const value = args[next++]
    const text = verb.endsWith('q') ? JSON.stringify(show(value)) : show(value)
    const width = Number(/-?\d+/.exec(whole)?.[0] ?? 0)
    return width < 0 ? text.padEnd(-width) : text.padStart(width)
  })
}

/** As Go's %v: maps in the order of their keys. */
function show(value: Value): string {
  if (value === null) return '<nil>'
  if (value === undefined) return '<no value>'
  if (Array.isArray(value)) return `[${value.map(show).join(' ')}]`
  if (isRecord(value)) {
    return `map[${Object.keys(value)
      .sort()
      .map(key => `${key}:${show(value[key])}`)
      .join(' ')}]`
  }
  return String(value)
}

function isTrue(value: Value): boolean {
  if (Array.isArray(value)) return value.length > 0
  if (isRecord(value)) return Object.keys(value).length > 0
  return Boolean(value)
}

function isRecord(value: Value): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
