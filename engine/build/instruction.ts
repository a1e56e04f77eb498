// Instructions with their arguments understood. Variables are still in them: they are replaced when the stage runs.

import { parseSignal } from '../../kernel/signal.ts'
import {
  DockerfileError,
  findHereDocuments,
  type HereDocument,
  INSTRUCTIONS,
  parseInstruction,
  type RawInstruction,
} from './dockerfile.ts'
import { parseDuration, parseFlags, parseJsonForm, parsePairs, refuse, splitWords } from './words.ts'

export interface Placed {
  readonly line: number
  readonly endLine: number
  /** The instruction as history shows it. */
  readonly text: string
  /** Its name as it was written, and the comments right above: for the lint. */
  readonly written: string
  readonly comments: readonly string[]
}

/** Words to execute, or a line for the shell. */
export type CommandForm =
  | { readonly form: 'exec'; readonly words: readonly string[] }
  | { readonly form: 'shell'; readonly line: string }

export interface CopyArguments {
  readonly sources: readonly string[]
  readonly hereDocuments: readonly HereDocument[]
  readonly destination: string
  readonly from: string | undefined
  readonly chown: string | undefined
  readonly chmod: string | undefined
  readonly link: boolean
  readonly parents: boolean
  readonly exclude: readonly string[]
  readonly checksum: string | undefined
  /** ADD: undefined is "when it is an archive". */
  readonly unpack: boolean | undefined
}

export interface HealthcheckArguments {
  /** Docker's Test: ["NONE"], ["CMD", ...], ["CMD-SHELL", line]. */
  readonly test: readonly string[]
  /** Nanoseconds; 0: not given. */
  readonly interval: number
  readonly timeout: number
  readonly startPeriod: number
  readonly startInterval: number
  readonly retries: number
}

export type Instruction = Placed &
  (
    | {
        readonly kind: 'FROM'
        readonly image: string
        /** As it was written, and the word AS before it. */
        readonly name: string | undefined
        readonly as: string | undefined
        readonly platform: string | undefined
      }
    | { readonly kind: 'ARG'; readonly names: readonly (readonly [name: string, initial: string | undefined])[] }
    | {
        readonly kind: 'ENV' | 'LABEL'
        readonly pairs: readonly (readonly [string, string])[]
        readonly isLegacy: boolean
      }
    | {
        readonly kind: 'RUN'
        readonly command: CommandForm
        readonly hereDocuments: readonly HereDocument[]
        readonly mounts: readonly string[]
      }
    | ({ readonly kind: 'COPY' | 'ADD' } & CopyArguments)
    | { readonly kind: 'CMD' | 'ENTRYPOINT'; readonly command: CommandForm }
    | { readonly kind: 'EXPOSE' | 'VOLUME'; readonly words: readonly string[] }
    | { readonly kind: 'USER' | 'WORKDIR' | 'STOPSIGNAL' | 'MAINTAINER'; readonly argument: string }
    | { readonly kind: 'SHELL'; readonly words: readonly string[] }
    | { readonly kind: 'HEALTHCHECK'; readonly check: HealthcheckArguments }
    | { readonly kind: 'ONBUILD'; readonly trigger: string }
  )

/** Throws DockerfileError in BuildKit's words. */
export function understand(raw: RawInstruction, escape: string): Instruction {
  const reader = READERS.get(raw.name)
  if (!reader) throw refuse(raw, `unknown instruction: ${raw.written}${didYouMean(raw.name)}`)
  if (!FLAGGED.has(raw.name)) parseFlags(raw, {})
  return reader(raw, escape)
}

/** Those that have flags; for every other instruction any is unknown. */
const FLAGGED: ReadonlySet<string> = new Set(['ADD', 'COPY', 'FROM', 'HEALTHCHECK', 'RUN'])

type Reader = (raw: RawInstruction, escape: string) => Instruction

const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['FROM', readFrom],
  ['ARG', readArg],
  ['ENV', (raw, escape) => ({ ...placed(raw), kind: 'ENV', ...parsePairs(raw, escape) })],
  ['LABEL', (raw, escape) => ({ ...placed(raw), kind: 'LABEL', ...parsePairs(raw, escape) })],
  ['RUN', readRun],
  ['COPY', readCopy],
  ['ADD', readAdd],
  ['CMD', raw => ({ ...placed(raw), kind: 'CMD', command: readCommand(raw) })],
  ['ENTRYPOINT', raw => ({ ...placed(raw), kind: 'ENTRYPOINT', command: readCommand(raw) })],
  ['EXPOSE', raw => ({ ...placed(raw), kind: 'EXPOSE', words: someWords(raw, splitWords(raw.rest)) })],
  [
    'VOLUME',
    raw => ({ ...placed(raw), kind: 'VOLUME', words: someWords(raw, parseJsonForm(raw) ?? splitWords(raw.rest)) }),
  ],
  ['USER', raw => ({ ...placed(raw), kind: 'USER', argument: oneArgument(raw) })],
  ['WORKDIR', raw => ({ ...placed(raw), kind: 'WORKDIR', argument: oneArgument(raw) })],
  ['STOPSIGNAL', raw => ({ ...placed(raw), kind: 'STOPSIGNAL', argument: oneArgument(raw) })],
  ['MAINTAINER', raw => ({ ...placed(raw), kind: 'MAINTAINER', argument: oneArgument(raw) })],
  ['SHELL', readShell],
  ['HEALTHCHECK', readHealthcheck],
  ['ONBUILD', readOnbuild],
])

function placed(raw: RawInstruction): Placed {
  const text = [raw.name, ...raw.flags, raw.rest].filter(part => part !== '').join(' ')
  const { line, endLine, written, comments } = raw
  return { line, endLine, text, written, comments }
}

function readFrom(raw: RawInstruction): Instruction {
  const flags = parseFlags(raw, { platform: 'text' })
  const words = splitWords(raw.rest)
  const isNamed = words.length === 3 && words[1]?.toUpperCase() === 'AS'
  if (words.length !== 1 && !isNamed) throw refuse(raw, 'FROM requires either one or three arguments')
  const name = words[2]
  if (name !== undefined && !/^[a-z][a-z0-9-_.]*$/i.test(name)) {
    throw refuse(raw, `invalid name for build stage: "${name}", name can't start with a number or contain symbols`)
  }
  return {
    ...placed(raw),
    kind: 'FROM',
    image: words[0] ?? '',
    name,
    as: words[1],
    platform: flags.get('platform')?.[0],
  }
}

function readArg(raw: RawInstruction, escape: string): Instruction {
  const words = splitWords(raw.rest, escape)
  if (words.length === 0) throw refuse(raw, 'ARG requires at least one argument')
  const names = words.map((word): [string, string | undefined] => {
    const at = word.indexOf('=')
    if (at === 0) throw refuse(raw, 'ARG names can not be blank')
    return at === -1 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)]
  })
  return { ...placed(raw), kind: 'ARG', names }
}

function readCommand(raw: RawInstruction): CommandForm {
  const words = parseJsonForm(raw)
  return words ? { form: 'exec', words } : { form: 'shell', line: raw.rest }
}

function readRun(raw: RawInstruction): Instruction {
  const flags = parseFlags(raw, { mount: 'list', network: 'text', security: 'text', device: 'list' })
  const [network] = flags.get('network') ?? []
  if (network !== undefined && !['none', 'default', 'host'].includes(network)) {
    throw refuse(raw, `invalid network mode: ${network}`)
  }
  if (network === 'host') throw unsupported(raw, 'RUN --network=host: this box has no network of a host to share')
  if (flags.get('security')?.[0] === 'insecure')
    throw unsupported(raw, 'RUN --security=insecure: everything runs in the sandbox')
  if (flags.has('device')) throw unsupported(raw, 'RUN --device: this box has no devices to hand in')
  return {
    ...placed(raw),
    kind: 'RUN',
    command: readCommand(raw),
    hereDocuments: raw.hereDocuments,
    mounts: flags.get('mount') ?? [],
  }
}

function readCopy(raw: RawInstruction, escape: string): Instruction {
  const flags = parseFlags(raw, {
    from: 'text',
    chown: 'text',
    chmod: 'text',
    link: 'boolean',
    parents: 'boolean',
    exclude: 'list',
  })
  return { ...placed(raw), kind: 'COPY', ...copyArguments(raw, flags, escape) }
}

function readAdd(raw: RawInstruction, escape: string): Instruction {
  const flags = parseFlags(raw, {
    chown: 'text',
    chmod: 'text',
    link: 'boolean',
    checksum: 'text',
    'keep-git-dir': 'boolean',
    unpack: 'boolean',
    exclude: 'list',
  })
  const words = copyArguments(raw, flags, escape)
  for (const source of words.sources) {
    if (/^(git@|git:\/\/|https?:\/\/[^ ]+\.git(#|$))/.test(source)) {
      throw unsupported(raw, `ADD ${source}: this box has no git`)
    }
  }
  return { ...placed(raw), kind: 'ADD', ...words }
}

function copyArguments(raw: RawInstruction, flags: Map<string, string[]>, escape: string): CopyArguments {
  const words = parseJsonForm(raw) ?? splitWords(raw.rest, escape)
  if (words.length < 2) {
    const given = words.length === 1 ? ', but only one was provided. Destination could not be determined' : ''
    throw refuse(raw, `${raw.name} requires at least two arguments${given}`)
  }
  if (findHereDocuments(words.at(-1) ?? '').length > 0) {
    throw refuse(raw, `${raw.name} cannot accept a heredoc as a destination`)
  }
  const isHereDocument = (word: string) => raw.hereDocuments.length > 0 && /^\d*<<-?["']?[^\s<]/.test(word)
  return {
    sources: words.slice(0, -1).filter(word => !isHereDocument(word)),
    hereDocuments: raw.hereDocuments,
    destination: words.at(-1) ?? '',
    from: flags.get('from')?.[0],
    chown: flags.get('chown')?.[0],
    chmod: flags.get('chmod')?.[0],
    link: flags.get('link')?.[0] === 'true',
    parents: flags.get('parents')?.[0] === 'true',
    exclude: flags.get('exclude') ?? [],
    checksum: flags.get('checksum')?.[0],
    unpack: flags.has('unpack') ? flags.get('unpack')?.[0] === 'true' : undefined,
  }
}

function readShell(raw: RawInstruction): Instruction {
  const words = parseJsonForm(raw)
  if (!words) throw refuse(raw, 'SHELL requires the arguments to be in JSON form')
  if (words.length === 0) throw refuse(raw, 'SHELL requires at least one argument')
  return { ...placed(raw), kind: 'SHELL', words }
}

function readHealthcheck(raw: RawInstruction): Instruction {
  const flags = parseFlags(raw, {
    interval: 'text',
    timeout: 'text',
    'start-period': 'text',
    'start-interval': 'text',
    retries: 'text',
  })
  const duration = (name: 'interval' | 'timeout' | 'start-period' | 'start-interval') =>
    parseDuration(raw, flags.get(name)?.[0] ?? '0')
  const retries = flags.get('retries')?.[0] ?? '0'
  if (!/^\d+$/.test(retries)) throw refuse(raw, `strconv.ParseInt: parsing "${retries}": invalid syntax`)
  const check = {
    test: healthTest(raw),
    interval: duration('interval'),
    timeout: duration('timeout'),
    startPeriod: duration('start-period'),
    startInterval: duration('start-interval'),
    retries: Number(retries),
  }
  return { ...placed(raw), kind: 'HEALTHCHECK', check }
}

function healthTest(raw: RawInstruction): string[] {
  const [, type = '', after = ''] = /^(\S*)\s*([\s\S]*)$/.exec(raw.rest) ?? []
  switch (type.toUpperCase()) {
    case '':
      throw refuse(raw, 'HEALTHCHECK requires at least one argument')
    case 'NONE':
      if (after !== '') throw refuse(raw, 'HEALTHCHECK NONE takes no arguments')
      return ['NONE']
    case 'CMD': {
      if (after === '') throw refuse(raw, 'Missing command after HEALTHCHECK CMD')
      const words = parseJsonForm({ ...raw, rest: after })
      return words ? ['CMD', ...words] : ['CMD-SHELL', after]
    }
    default:
      throw refuse(raw, `Unknown type "${type.toUpperCase()}" in HEALTHCHECK (try CMD)`)
  }
}

function readOnbuild(raw: RawInstruction, escape: string): Instruction {
  const [, name = ''] = /^(\S*)/.exec(raw.rest) ?? []
  const trigger = name.toUpperCase()
  if (trigger === '') throw refuse(raw, 'ONBUILD requires at least one argument')
  if (trigger === 'ONBUILD') throw refuse(raw, "Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed")
  if (trigger === 'FROM' || trigger === 'MAINTAINER')
    throw refuse(raw, `${trigger} isn't allowed as an ONBUILD trigger`)
  understand(parseInstruction(raw.rest, raw.line), escape)
  return { ...placed(raw), kind: 'ONBUILD', trigger: raw.rest }
}

function oneArgument(raw: RawInstruction): string {
  if (raw.rest === '') throw refuse(raw, `${raw.name} requires exactly one argument`)
  return raw.rest
}

function someWords(raw: RawInstruction, words: string[]): string[] {
  if (words.length === 0) throw refuse(raw, `${raw.name} requires at least one argument`)
  if (words.includes('')) throw refuse(raw, `${raw.name} specified can not be an empty string`)
  return words
}

function unsupported(raw: RawInstruction, message: string): DockerfileError {
  return new DockerfileError(`${message} (line ${raw.line})`, raw.line, raw.endLine)
}

/** The nearest instruction, when it is near enough to be a slip of the finger. */
function didYouMean(name: string): string {
  const near = INSTRUCTIONS.map(known => [distance(name, known), known] as const).sort(([a], [b]) => a - b)[0]
  return near && near[0] <= 2 ? ` (did you mean ${near[1]}?)` : ''
}

/** Levenshtein's. */
export function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)))
    }
    row = next
  }
  return row[b.length]!
}

/** Throws EngineError `invalid signal: NAME`. */
export function requireSignal(instruction: Placed, name: string): string {
  if (parseSignal(name)) return name
  throw new DockerfileError(`invalid signal: ${name}`, instruction.line, instruction.endLine)
}
