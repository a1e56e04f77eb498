// Which word of a line the cursor stands in, how it is quoted there, and what kind of word it is.

export type Quote = 'none' | 'single' | 'double'

export interface CompletedWord {
  /** Where the word begins, and what of it stands before the cursor, as it was typed. */
  readonly start: number
  readonly raw: string
  /** The quotes that are open at the cursor. */
  readonly quote: Quote
  /** Where they were opened. */
  readonly quoteStart: number
  /** The name of a command is expected. */
  readonly isCommand: boolean
  /** What follows a redirection. */
  readonly isRedirection: boolean
  /** The words before it in the same command, unquoted: the command's name and its arguments. */
  readonly before: readonly string[]
}

/** After these, a command's name follows. */
const RESERVED = new Set(['if', 'then', 'else', 'elif', 'do', 'while', 'until', '{', '!', 'time', 'in'])

/** These run the command that their operands name. */
const PREFIXES = new Set([
  'command',
  'exec',
  'builtin',
  'sudo',
  'env',
  'nohup',
  'nice',
  'time',
  'type',
  'which',
  'xargs',
])

interface Frame {
  words: string[]
  start: number
  quote: Quote
  quoteStart: number
  isRedirection: boolean
}

/** A light reading of shell grammar: it never fails, for the line is not yet whole. */
export function findWord(line: string, cursor: number): CompletedWord {
  const stack: Frame[] = []
  let frame = newFrame(0)
  let at = 0
  const endWord = () => {
    if (at > frame.start) {
      const word = unquote(line.slice(frame.start, at))
      if (!frame.isRedirection) frame.words.push(word)
      frame.isRedirection = false
    }
  }
  while (at < cursor) {
    const character = line[at]!
    const isOpening = character === '$' && line[at + 1] === '(' && frame.quote !== 'single'
    if (character === '\\' && frame.quote !== 'single') at += 2
    else if (isOpening && at + 1 < cursor) {
      stack.push(frame)
      at += 2
      frame = newFrame(at)
    } else if (frame.quote !== 'none') {
      if (character === (frame.quote === 'single' ? "'" : '"')) frame.quote = 'none'
      at++
    } else if (character === "'" || character === '"') {
      frame.quote = character === "'" ? 'single' : 'double'
      frame.quoteStart = at
      at++
    } else if (character === ')' && stack.length > 0) {
      frame = stack.pop() ?? frame
      at++
    } else if (/[\s;&|()<>`]/.test(character)) {
      endWord()
      at++
      if (/[;&|()`\n]/.test(character) && !(character === '&' && /[<>]/.test(line[at - 2] ?? ''))) frame.words = []
      if (/[<>]/.test(character)) frame.isRedirection = true
      frame.start = at
    } else at++
  }
  return describe(line, Math.min(at, cursor), frame)
}

/** What a word stands for when its quotes are taken away; expansions stay as they are. */
export function unquote(raw: string): string {
  return raw.replace(/\\([\s\S])|'([^']*)'?|"((?:\\[\s\S]|[^"\\])*)"?/g, (_, escaped, single, double) => {
    if (escaped !== undefined) return escaped === '\n' ? '' : escaped
    return single ?? double.replace(/\\([$`"\\\n])/g, '$1')
  })
}

function newFrame(start: number): Frame {
  return { words: [], start, quote: 'none', quoteStart: start, isRedirection: false }
}

function describe(line: string, cursor: number, frame: Frame): CompletedWord {
  const words = afterPrefixes(frame.words)
  return {
    start: frame.start,
    raw: line.slice(frame.start, cursor),
    quote: frame.quote,
    quoteStart: frame.quoteStart,
    isCommand: words.length === 0 && !frame.isRedirection,
    isRedirection: frame.isRedirection,
    before: words,
  }
}

/** Without assignments, reserved words and commands that run another: what is left begins with the command's name. */
function afterPrefixes(words: readonly string[]): readonly string[] {
  let first = 0
  while (first < words.length) {
    const word = words[first]!
    const isPrefix = /^[A-Za-z_]\w*\+?=/.test(word) || RESERVED.has(word) || PREFIXES.has(word)
    if (!isPrefix && !(first > 0 && word.startsWith('-') && PREFIXES.has(words[first - 1]!))) break
    first++
  }
  return words.slice(first)
}
