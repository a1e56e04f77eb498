// .dockerignore: which paths of a context are not there for COPY and ADD.

/** Go's filepath.Match with `**`, as a regular expression over a cleaned path. */
export function patternSource(pattern: string): string {
  let source = ''
  for (let i = 0; i < pattern.length; i++) {
    const character = pattern[i]!
    if (character === '*' && pattern[i + 1] === '*') {
      i++
      if (pattern[i + 1] === '/') i++
      source += i >= pattern.length - 1 ? '.*' : '(?:.*/)?'
    } else if (character === '*') source += '[^/]*'
    else if (character === '?') source += '[^/]'
    else if (character === '[') {
      const end = pattern.indexOf(']', i + 2)
      if (end === -1) source += '\\['
      else {
        source += `[${pattern.slice(i + 1, end).replace(/^[!^]/, '^')}]`
        i = end
      }
    } else if (character === '\\') source += escapeRegex(pattern[++i] ?? '\\')
    else source += escapeRegex(character)
  }
  return source
}

interface Rule {
  readonly pattern: string
  readonly regex: RegExp
  readonly isException: boolean
}

export class IgnoreFile {
  readonly #rules: readonly Rule[]

  constructor(text: string) {
    this.#rules = text
      .split('\n')
      .filter(line => !line.startsWith('#'))
      .map(line => line.trim())
      .filter(line => line !== '' && line !== '!')
      .map(readRule)
  }

  get isEmpty(): boolean {
    return this.#rules.length === 0
  }

  /** Whether a pattern leaves nothing of the context. */
  get ignoresAll(): boolean {
    return this.#rules.some(({ pattern }) => ['*', '**', '**/*'].includes(pattern))
  }

  /** `path` is relative to the context, without a leading slash. The last rule that matches it, or a parent, decides. */
  isIgnored(path: string): boolean {
    let ignored = false
    for (const { regex, isException } of this.#rules) if (regex.test(path)) ignored = !isException
    return ignored
  }

  /** Whether something below an ignored directory may come back by a `!` rule, so that it must be looked at. */
  get hasExceptions(): boolean {
    return this.#rules.some(rule => rule.isException)
  }
}

function readRule(line: string): Rule {
  const isException = line.startsWith('!')
  const pattern = clean(isException ? line.slice(1).trim() : line)
  return { pattern, regex: new RegExp(`^${patternSource(pattern)}(?:/.*)?$`, 's'), isException }
}

/** Go's filepath.Clean, without a leading slash. */
export function clean(path: string): string {
  const names: string[] = []
  for (const name of path.split('/')) {
    if (name === '' || name === '.') continue
    if (name === '..') names.pop()
    else names.push(name)
  }
  return names.join('/')
}

function escapeRegex(character: string): string {
  return character.replace(/[.*+?^${}()|[\]\\/]/, '\\$&')
}
