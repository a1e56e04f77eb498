import { SysError } from '../kernel/errno.ts'
import type { Process } from '../kernel/process.ts'
import { flag, list, number, optional, UsageError } from '../lib/options.ts'
import { RegexError } from '../lib/regex/index.ts'
import { applet, Failure, type Invocation, type NamedInput } from './applet.ts'
import { type Matcher, makeMatcher } from './grep-matcher.ts'
import { Search } from './grep-search.ts'
import { openInput, untilRefused } from './operands.ts'
import { statOf } from './refused.ts'

const options = {
  withNames: flag('-H', 'The name of the file before each line'),
  withoutNames: flag('-h', 'No names of files'),
  numbers: flag('-n', 'The number of the line before it'),
  listMatching: flag('-l --files-with-matches', 'Only the names of files that match'),
  listOthers: flag('-L --files-without-match', 'Only the names of files that do not match'),
  count: flag('-c --count', 'Only how many lines match'),
  onlyMatching: flag('-o', 'Only what matches of each line'),
  quiet: flag('-q --quiet --silent', 'Print nothing; the status tells'),
  invert: flag('-v --invert-match', 'Lines that do not match'),
  silent: flag('-s', 'Say nothing of files that cannot be read'),
  recursive: flag('-r', 'Look through directories'),
  dereference: flag('-R', 'As -r, and follow symlinks'),
  ignoreCase: flag('-i -y --ignore-case', 'Letters of either case are equal'),
  words: flag('-w', 'Match whole words'),
  lines: flag('-x', 'Match whole lines'),
  fixed: flag('-F', 'PATTERN is plain text'),
  extended: flag('-E', 'PATTERN is an extended regular expression'),
  basic: flag('-G', 'PATTERN is a basic regular expression (the default)'),
  zero: flag('-z', 'Lines end in NUL'),
  most: number('-m', 'N', 'Stop after N lines of a file', undefined, { isSigned: true }),
  after: number('-A', 'N', 'N more lines after each'),
  before: number('-B', 'N', 'N more lines before each'),
  context: number('-C', 'N', 'As -A N -B N'),
  patterns: list('-e', 'PATTERN', 'What to look for'),
  patternFiles: list('-f', 'FILE', 'Read patterns from FILE, one a line'),
  text: flag('-a -I', 'Accepted: every file is text'),
  color: optional('--color --colour', 'WHEN', 'Mark what matches: always, never, or auto on a terminal'),
}

export type GrepOptions = Invocation<typeof options>['options']

/** grep, POSIX XCU; -H -h -L -o -r -R -w -z -m -A -B -C as in busybox. Status 0: found, 1: not found, 2: trouble. */
export default applet({
  name: 'grep',
  aliases: ['egrep', 'fgrep'],
  about: 'Print the lines of FILEs, or stdin, that match a PATTERN',
  operands: 'PATTERN|-e PATTERN... [FILE]...',
  usageStatus: 2,
  options,
  async main(invocation) {
    const { proc, options, operands } = invocation
    const hasPatterns = options.patterns.length + options.patternFiles.length > 0
    const [pattern, ...rest] = operands
    if (!hasPatterns && pattern === undefined) throw new UsageError('')
    const given = hasPatterns ? options.patterns : [pattern!]
    const patterns = [...given.flatMap(text => text.split('\n')), ...(await readPatterns(proc, options.patternFiles))]
    const matcher = compile(proc, patterns, options)
    const isRecursive = options.recursive || options.dereference
    const files = hasPatterns ? operands : rest
    const names = files.length > 0 ? files : ['-']
    const hasFolder = isRecursive && files.some(name => statOf(proc, name)?.kind === 'directory')
    const showsNames = options.withNames || (!options.withoutNames && (files.length > 1 || hasFolder))
    const grep = new Grep(invocation, matcher, showsNames)
    for (const name of names) await grep.search(name)
    return grep.status
  },
})

async function readPatterns(proc: Process, files: readonly string[]): Promise<string[]> {
  const patterns: string[] = []
  for (const name of files) {
    try {
      const input = await openInput(proc, name)
      for await (const line of input.lines()) patterns.push(line)
      if (input.fd !== 0) proc.close(input.fd)
    } catch (error) {
      if (!(error instanceof SysError)) throw error
      throw new Failure(`${name}: ${error.message}`)
    }
  }
  return patterns
}

function compile(proc: Process, patterns: readonly string[], options: GrepOptions): Matcher {
  const name = (proc.argv[0] ?? '').replace(/.*\//, '')
  const isFixed = options.fixed || name === 'fgrep'
  const isExtended = options.extended || name === 'egrep'
  const { ignoreCase, words, lines } = options
  const syntax = isFixed ? 'fixed' : isExtended ? 'extended' : 'basic'
  try {
    return makeMatcher(patterns, { syntax, ignoreCase, words, lines })
  } catch (error) {
    if (!(error instanceof RegexError)) throw error
    throw new Failure(`bad regex '${patterns[0]}'`)
  }
}

class Grep {
  readonly #invocation: Invocation<typeof options>
  readonly #search: Search
  readonly #listsOthers: boolean
  #hasFound = false
  #hasFailed = false

  constructor(invocation: Invocation<typeof options>, matcher: Matcher, showsNames: boolean) {
    const { proc, options } = invocation
    this.#invocation = invocation
    this.#listsOthers = options.listOthers
    const { color } = options
    const isColored = color === true || color === 'auto' ? proc.terminal(1) !== undefined : color === 'always'
    this.#search = new Search(proc, matcher, { ...options, showsNames, isColored })
  }

  get status(): number {
    if (this.#hasFound && (!this.#hasFailed || this.#invocation.options.quiet)) return 0
    return this.#hasFailed ? 2 : 1
  }

  async search(name: string): Promise<void> {
    const { proc, options } = this.#invocation
    if (this.#hasFound && options.quiet) return
    try {
      const isRecursive = options.recursive || options.dereference
      if (name !== '-' && isRecursive && proc.stat(name).kind === 'directory') return await this.#walk(name)
      const input = await openInput(proc, name)
      await this.#searchInput(input)
      if (input.fd !== 0) proc.close(input.fd)
    } catch (error) {
      if (!(error instanceof SysError)) throw error
      this.#hasFailed = true
      if (!options.silent) this.#invocation.warn(`${name}: ${error.message}`)
    }
  }

  async #walk(directory: string): Promise<void> {
    const { proc, options } = this.#invocation
    for (const { name, kind } of proc.readDirectory(directory)) {
      const path = directory.endsWith('/') ? directory + name : `${directory}/${name}`
      // busybox: -r follows symlinks on the command line only.
      if (kind === 'symlink' && !options.dereference) continue
      if (kind === 'fifo' || kind === 'character' || kind === 'block' || kind === 'socket') continue
      await this.search(path)
    }
  }

  async #searchInput(input: NamedInput): Promise<void> {
    const name = input.name === '-' ? '(standard input)' : input.name
    const end = this.#invocation.options.zero ? 0 : 10
    const found = await this.#search.run(name, untilRefused(input.views(end)))
    if (found !== this.#listsOthers) this.#hasFound = true
  }
}
