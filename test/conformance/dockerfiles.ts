// Dockerfiles that nobody here wrote, through our parser: `node test/bundle-run.mjs test/conformance/dockerfiles.ts FOLDER [--needs]`.
//
// FOLDER holds checkouts, each in a folder of its own. Of BuildKit's: its parser's test files are compared with the results
// beside them, the negative ones must be refused, and so must the error cases of its instruction tests. Of every other
// Dockerfile: it must parse, with all its instructions understood. `--needs` lists what each build needs that a box lacks.
// The last line is the score; the status is 1 when something failed.

import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import {
  type Dockerfile,
  parseDockerfile,
  parseInstruction,
  type RawInstruction,
} from '../../engine/build/dockerfile.ts'
import { type Instruction, understand } from '../../engine/build/instruction.ts'
import { parseJsonForm, parsePairs, splitWords } from '../../engine/build/words.ts'
import { EngineError } from '../../engine/errors.ts'

const [folder, option] = process.argv.slice(2)
if (folder === undefined) {
  console.error('usage: dockerfiles.ts FOLDER [--needs]')
  process.exit(2)
}

/** What the same tests say of instructions without arguments. */
const BARE: readonly (readonly [string, string, string])[] = [
  ...['MAINTAINER', 'WORKDIR', 'USER', 'STOPSIGNAL'].map(name => [name, '', 'requires exactly one argument'] as const),
  ...['ENV', 'LABEL', 'ONBUILD', 'HEALTHCHECK', 'EXPOSE', 'VOLUME'].map(
    name => [name, '', 'requires at least one argument'] as const,
  ),
  ...['ADD', 'COPY'].map(
    name =>
      [
        name,
        ' arg1',
        'requires at least two arguments, but only one was provided. Destination could not be determined',
      ] as const,
  ),
]

/** Words of commands that have to be somewhere else than in a box: executables of Linux, and a network. */
const LACKING: readonly (readonly [string, RegExp])[] = [
  ['packages', /\b(apt-get|apt|apk|yum|dnf|microdnf|zypper|pacman|tdnf)\b/],
  [
    'network',
    /\b(curl|wget|git clone|gpg --(batch )?.*--?recv-keys|pip3? install|npm (i|ci|install)|go (get|install|mod)|gem install|composer|cargo)\b/,
  ],
  [
    'compiler',
    /\b(make|gcc|g\+\+|cmake|\.\/configure|go build|rustc|docker-php-ext|meson|ninja|javac|mvn|gradle|bazel)\b/,
  ],
  ['gpg', /\bgpg(conf)?\b/],
  ['interpreter', /\b(python3?|perl|ruby|node|java|php|pwsh|powershell)\b/],
]

let passed = 0
const failures: string[] = []

function check(what: string, problem: string | undefined): void {
  if (problem === undefined) passed++
  else failures.push(`${what}: ${problem}`)
}

const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()
const needs = new Map<string, string[]>()
for (const name of files) {
  const path = join(folder, name)
  if (/(^|\/)testfiles\/[^/]+\/Dockerfile$/.test(name)) check(name, compared(path))
  else if (/(^|\/)testfiles-negative\/[^/]+\/Dockerfile$/.test(name)) check(name, refused(readFileSync(path, 'utf8')))
  else if (/(^|\/)instructions\/parse(_heredoc)?_test\.go$/.test(name)) checkGo(name, readFileSync(path, 'utf8'))
  else if (isDockerfile(name)) {
    const text = readFileSync(path, 'utf8')
    const found = attempt(text)
    const lacks = typeof found === 'string' ? /this box has no (\w+)/.exec(found)?.[1] : undefined
    check(name, typeof found === 'string' && lacks === undefined ? found : undefined)
    if (lacks !== undefined) needs.set(name, [lacks])
    else if (typeof found !== 'string') needs.set(name, needsOf(found))
  }
}
if (option === '--needs') for (const [name, all] of needs) console.log(`${name}: ${all.join(', ') || 'nothing'}`)
const tally = new Map<string, number>()
for (const all of needs.values())
  for (const need of all.map(text => text.replace(/ .*/, ''))) tally.set(need, (tally.get(need) ?? 0) + 1)
for (const [need, count] of [...tally].sort(([, a], [, b]) => b - a))
  console.log(`needs ${need}: ${count} of ${needs.size}`)
console.log(
  `needs nothing that a box lacks: ${[...needs.values()].filter(all => all.length === 0).length} of ${needs.size}`,
)
for (const failure of failures) console.log(`FAIL ${failure}`)
console.log(`${passed} passed, ${failures.length} failed`)
process.exitCode = failures.length > 0 ? 1 : 0

/** Not templates, of which Dockerfiles are made, nor scripts about them. */
function isDockerfile(name: string): boolean {
  const last = basename(name)
  if (/\.(go|md|sh|template|awk|jq|py|json|ya?ml|txt|dockerignore|ps1|erb|j2)$|-template|dockerignore/i.test(last))
    return false
  return (
    /^dockerfile([.-]|$)|\.dockerfile$/i.test(last) &&
    statSync(join(folder!, name)).isFile() &&
    isWritten(readFileSync(join(folder!, name), 'utf8'))
  )
}

/** What stands between double braces is for the program that makes a Dockerfile of it. */
function isWritten(text: string): boolean {
  return /^\s*FROM\s/im.test(text) && !/^\s*\{\{/m.test(text)
}

function attempt(text: string): { file: Dockerfile; instructions: Instruction[] } | string {
  try {
    const file = parseDockerfile(text)
    return { file, instructions: file.instructions.map(raw => understand(raw, file.directives.escape)) }
  } catch (error) {
    if (!(error instanceof EngineError)) throw error
    return error.message
  }
}

function refused(text: string): string | undefined {
  return typeof attempt(text) === 'string' ? undefined : 'was not refused'
}

/** BuildKit's own dump of the tree lies beside the file. */
function compared(path: string): string | undefined {
  const expected = readFileSync(join(dirname(path), 'result'), 'utf8').trimEnd()
  try {
    const { instructions, directives } = parseDockerfile(readFileSync(path, 'utf8'))
    const found = instructions.map(raw => dump(raw, directives.escape)).join('\n')
    return found === expected ? undefined : firstDifference(expected, found)
  } catch (error) {
    if (!(error instanceof EngineError)) throw error
    return error.message
  }
}

function firstDifference(expected: string, found: string): string {
  const [theirs, ours] = [expected.split('\n'), found.split('\n')]
  const at = theirs.findIndex((line, index) => line !== ours[index])
  return `expected ${theirs[at] ?? 'nothing more'}, not ${ours[at === -1 ? theirs.length : at] ?? 'nothing'}`
}

/** `(copy ["--from=a"] "x" "/")`: the form of BuildKit's Node.Dump. */
function dump(raw: RawInstruction, escape: string): string {
  const flags = raw.flags.length > 0 ? [`[${raw.flags.map(quote).join(' ')}]`] : []
  const words =
    raw.name === 'ONBUILD' ? [dump(parseInstruction(raw.rest, raw.line), escape)] : wordsOf(raw, escape).map(quote)
  return `(${[raw.name.toLowerCase(), ...flags, ...words].join(' ')})`
}

/** As Go's %q, for what stands in Dockerfiles. */
function quote(text: string): string {
  const named = new Map([...'abtnvfr'].map((letter, index) => [7 + index, `\\${letter}`]))
  const escaped = text.replace(/["\\]/g, '\\$&')
  return `"${Array.from(escaped, character => {
    const code = character.charCodeAt(0)
    return code >= 32 ? character : (named.get(code) ?? `\\x${code.toString(16).padStart(2, '0')}`)
  }).join('')}"`
}

function wordsOf(raw: RawInstruction, escape: string): readonly string[] {
  const line = raw.rest === '' ? [] : [raw.rest]
  const blank = raw.rest.split(/\s+/).filter(word => word !== '')
  switch (raw.name) {
    case 'ENV':
    case 'LABEL': {
      const { pairs, isLegacy } = parsePairs(raw, escape)
      return pairs.flatMap(([name, value]) => [name, value, isLegacy ? '' : '='])
    }
    case 'RUN':
    case 'CMD':
    case 'ENTRYPOINT':
    case 'SHELL':
      return parseJsonForm(raw) ?? line
    case 'ADD':
    case 'COPY':
    case 'VOLUME':
      return parseJsonForm(raw) ?? blank
    case 'ARG':
      return splitWords(raw.rest, escape)
    case 'EXPOSE':
    case 'FROM':
      return blank
    case 'HEALTHCHECK': {
      const [, type = '', after = ''] = /^(\S*)\s*([\s\S]*)$/.exec(raw.rest) ?? []
      if (type === '') return []
      return [type.toUpperCase(), ...(parseJsonForm({ ...raw, rest: after }) ?? (after === '' ? [] : [after]))]
    }
    default:
      return line
  }
}

/** The cases of a Go test that stand in it as `dockerfile:` and `expectedError:`. */
function checkGo(name: string, source: string): void {
  const literal = '(?:"((?:[^"\\\\]|\\\\.)*)"|`([^`]*)`)'
  const cases = source.matchAll(new RegExp(String.raw`dockerfile:\s*${literal},\s*expectedError:\s*${literal}`, 'g'))
  for (const [, quoted, raw, quotedError, rawError] of cases) {
    const text = raw ?? (JSON.parse(`"${quoted}"`) as string)
    const expected = rawError ?? (JSON.parse(`"${quotedError}"`) as string)
    const found = attempt(text)
    const words = typeof found === 'string' ? found : 'it was understood'
    check(`${name} ${JSON.stringify(text)}`, words.includes(expected) ? undefined : `expected ${expected}: ${words}`)
  }
  for (const [command, arguments_, expected] of BARE) {
    const found = attempt(`${command}${arguments_}`)
    const words = typeof found === 'string' ? found : 'it was understood'
    check(`${command}${arguments_}`, words.includes(`${command} ${expected}`) ? undefined : words)
  }
}

/** Of a build: the base images to have, and what its commands call. */
function needsOf({ instructions }: { instructions: Instruction[] }): string[] {
  const found = new Set<string>()
  const stages = new Set(['scratch'])
  for (const instruction of instructions) {
    if (instruction.kind === 'FROM') {
      const image = instruction.image
      if (/windows|nanoserver/i.test(image)) found.add('Windows')
      else if (!stages.has(image.toLowerCase()) && !/^busybox\b/.test(image)) found.add(`image ${image}`)
      if (instruction.name) stages.add(instruction.name.toLowerCase())
    }
    if (instruction.kind === 'ADD' && instruction.sources.some(source => /^https?:/.test(source))) found.add('network')
    if (instruction.kind === 'RUN') {
      const { command, hereDocuments } = instruction
      const text = [
        command.form === 'exec' ? command.words.join(' ') : command.line,
        ...hereDocuments.map(({ body }) => body),
      ].join('\n')
      for (const [need, words] of LACKING) if (words.test(text)) found.add(need)
    }
  }
  return [...found]
}
