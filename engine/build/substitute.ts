// Variables in a Dockerfile's words (Dockerfile reference, "Environment replacement"), and the quotes around them.

export interface Scope {
  get(name: string): string | undefined
}

/** A word that cannot be substituted. `message` in BuildKit's words, without the word itself. */
export class SubstitutionError extends Error {
  constructor(word: string, message: string) {
    super(`failed to process "${word}": ${message}`)
    this.name = 'SubstitutionError'
  }
}

/** The word with variables replaced and quotes removed: one word, whatever blanks come in. */
export function substitute(word: string, scope: Scope, escape = '\\'): string {
  return new Substitution(word, scope, escape).whole()
}

/** As substitute, then split at blanks that were not quoted (EXPOSE). */
export function substituteWords(word: string, scope: Scope, escape = '\\'): string[] {
  return new Substitution(word, scope, escape).words()
}

class Substitution {
  readonly #word: string
  readonly #scope: Scope
  readonly #escape: string
  #at = 0

  constructor(word: string, scope: Scope, escape: string) {
    this.#word = word
    this.#scope = scope
    this.#escape = escape
  }

  whole(): string {
    return this.#run('')
  }

  words(): string[] {
    return this.whole()
      .split(/\s+/)
      .filter(word => word !== '')
  }

  /** Up to `stop` (outside quotes), or to the end when it is ''. */
  #run(stop: string): string {
    let result = ''
    while (this.#at < this.#word.length) {
      const character = this.#word[this.#at]!
      if (stop !== '' && character === stop) return result
      result += this.#piece(character)
    }
    if (stop === '') return result
    throw this.#refuse(stop === '/' ? "syntax error: missing '/' in ${}" : "syntax error: missing '}'")
  }

  #piece(character: string): string {
    if (character === "'") return this.#single()
    if (character === '"') return this.#double()
    if (character === '$') return this.#dollar()
    this.#at++
    if (character !== this.#escape) return character
    return this.#word[this.#at++] ?? ''
  }

  #single(): string {
    const end = this.#word.indexOf("'", this.#at + 1)
    if (end === -1) throw this.#refuse('unexpected end of statement while looking for matching single-quote')
    const text = this.#word.slice(this.#at + 1, end)
    this.#at = end + 1
    return text
  }

  #double(): string {
    this.#at++
    let result = ''
    for (;;) {
      const character = this.#word[this.#at]
      if (character === undefined) {
        throw this.#refuse('unexpected end of statement while looking for matching double-quote')
      }
      if (character === '"') {
        this.#at++
        return result
      }
      if (character === '$') result += this.#dollar()
      else if (character === this.#escape) result += this.#escaped()
      else {
        result += character
        this.#at++
      }
    }
  }

  /** In double quotes the escape character quotes only `"`, `$` and itself. */
  #escaped(): string {
    const next = this.#word[this.#at + 1] ?? ''
    this.#at += 2
    return next === '"' || next === '$' || next === this.#escape ? next : this.#escape + next
  }

  #dollar(): string {
    this.#at++
    if (this.#word[this.#at] === '{') return this.#braces()
    const name = this.#name()
    return name === '' ? '$' : (this.#scope.get(name) ?? '')
  }

  #name(): string {
    const match = /^(?:[\p{L}_][\p{L}\p{Nd}_]*|[0-9]+|[@*#?$!-])/u.exec(this.#word.slice(this.#at))
    this.#at += match?.[0].length ?? 0
    return match?.[0] ?? ''
  }

  #braces(): string {
    this.#at++
    if (this.#at >= this.#word.length) throw this.#refuse("syntax error: missing '}'")
    const name = this.#name()
    if (name === '') throw this.#refuse('syntax error: bad substitution')
    const value = this.#scope.get(name)
    const operator = this.#operator()
    if (operator === '}') return value ?? ''
    if (operator === '/' || operator === '//') return this.#replace(value ?? '', operator === '//')
    const word = this.#run('}')
    this.#at++
    if (operator.startsWith('#') || operator.startsWith('%')) return trim(value ?? '', operator, word)
    const isSet = value !== undefined && !(operator.startsWith(':') && value === '')
    switch (operator.at(-1)) {
      case '-':
        return isSet ? value : word
      case '+':
        return isSet ? word : ''
      default:
        if (isSet) return value
        throw this.#refuse(
          `${name}: ${word !== '' ? word : `is not allowed to be ${value === undefined ? 'unset' : 'empty'}`}`,
        )
    }
  }

  #operator(): string {
    const rest = this.#word.slice(this.#at)
    if (rest === '') throw this.#refuse("syntax error: missing '}'")
    const match = /^(?:\}|:[-+?]|[-+?]|##?|%%?|\/\/?)/.exec(rest)
    if (!match)
      throw this.#refuse(`unsupported modifier (${rest.slice(0, rest.startsWith(':') ? 2 : 1)}) in substitution`)
    this.#at += match[0].length
    return match[0]
  }

  #replace(value: string, isGlobal: boolean): string {
    const pattern = this.#run('/')
    this.#at++
    const text = this.#run('}')
    this.#at++
    const regex = new RegExp(globSource(pattern, true), isGlobal ? 'gs' : 's')
    return value.replace(regex, () => text)
  }

  #refuse(message: string): SubstitutionError {
    return new SubstitutionError(this.#word, message)
  }
}

function trim(value: string, operator: string, pattern: string): string {
  const isGreedy = operator.length === 2
  const source = globSource(pattern, isGreedy)
  if (operator.startsWith('#')) return value.replace(new RegExp(`^(?:${source})`, 's'), '')
  if (isGreedy) return value.replace(new RegExp(`(?:${source})$`, 's'), '')
  // The shortest suffix: the last place where the pattern reaches the end.
  for (let at = value.length; at >= 0; at--) {
    if (new RegExp(`^(?:${source})$`, 's').test(value.slice(at))) return value.slice(0, at)
  }
  return value
}

/** Patterns know only `*`, `?` and the backslash. */
function globSource(pattern: string, isGreedy: boolean): string {
  return pattern.replace(/\\([\s\S])|([\s\S])/g, (_, escaped: string | undefined, plain: string) => {
    if (escaped === undefined && plain === '*') return isGreedy ? '.*' : '.*?'
    if (escaped === undefined && plain === '?') return '.'
    return (escaped ?? plain).replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
  })
}
