// Build checks that follow a stage's variables, working directory and shell.

import type { RunConfig } from '../../image/config.ts'
import type { Platform } from '../../image/manifest.ts'
import { formatPlatform, parsePlatform, servesPlatform } from '../../image/platform.ts'
import { declaredValues } from './arguments.ts'
import { clean, type IgnoreFile } from './ignore.ts'
import type { Instruction } from './instruction.ts'
import { changeMetadata, expandWord } from './metadata.ts'
import { nearest } from './nearest.ts'
import type { BuildPlan, Stage } from './plan.ts'
import { environment, scopeOf } from './stage.ts'

export type Report = (rule: string, at: { readonly line: number; readonly endLine: number }, message: string) => void

export interface LintContext {
  readonly buildArgs: ReadonlyMap<string, string> | undefined
  /** The context's .dockerignore. */
  readonly ignore: IgnoreFile
  /** An image that FROM names; undefined: it is not here, and what it sets is not known. */
  readonly image: (name: string) => Promise<{ readonly config: RunConfig; readonly platform: Platform } | undefined>
}

interface LintState {
  config: RunConfig
  readonly args: Map<string, string | undefined>
  /** Whether all variables are known. */
  readonly isKnown: boolean
  hasWorkdir: boolean
}

export async function lintStage(plan: BuildPlan, stage: Stage, how: LintContext, report: Report): Promise<void> {
  const state = await startOf(plan, stage, how)
  await lintPlatform(plan, stage, how, report)
  lintRepeated(stage.instructions, report)
  for (const instruction of stage.instructions) lintInstruction(plan, state, instruction, how, report)
}

/** The state at the end of the stage that this one goes on from, or of its image. */
async function startOf(plan: BuildPlan, stage: Stage, how: LintContext): Promise<LintState> {
  const name = plan.imageName(stage.from)
  const earlier = plan.find(name, stage.index)
  if (earlier) {
    const state = await startOf(plan, earlier, how)
    for (const instruction of earlier.instructions) lintInstruction(plan, state, instruction, how, () => {})
    return { ...state, args: new Map(state.args) }
  }
  const image = name === 'scratch' ? SCRATCH : await how.image(name)
  return { config: image?.config ?? {}, args: new Map(), isKnown: image !== undefined, hasWorkdir: false }
}

const SCRATCH = {
  config: { Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'] },
}

async function lintPlatform(plan: BuildPlan, stage: Stage, how: LintContext, report: Report): Promise<void> {
  const name = plan.imageName(stage.from)
  const image = plan.find(name, stage.index) || name === 'scratch' ? undefined : await how.image(name)
  const expected = parsePlatform(plan.platformOf(stage.from) ?? plan.automatic.get('TARGETPLATFORM') ?? '')
  if (!image || !expected || servesPlatform(image.platform, expected)) return
  const [have, want] = [formatPlatform(image.platform), formatPlatform(expected)]
  const message = `Base image ${name} was pulled with platform "${have}", expected "${want}" for current build`
  report('InvalidBaseImagePlatform', stage.from, message)
}

/** Of CMD, ENTRYPOINT and HEALTHCHECK only the last counts: the others are told. */
function lintRepeated(instructions: readonly Instruction[], report: Report): void {
  for (const kind of ['CMD', 'ENTRYPOINT', 'HEALTHCHECK']) {
    for (const at of instructions.filter(instruction => instruction.kind === kind).slice(0, -1)) {
      report(
        'MultipleInstructionsDisallowed',
        at,
        `Multiple ${kind} instructions should not be used in the same stage because only the last one will be used`,
      )
    }
  }
}

function lintInstruction(
  plan: BuildPlan,
  state: LintState,
  instruction: Instruction,
  how: LintContext,
  report: Report,
): void {
  const missing = new Set<string>()
  const known = scopeOf(state)
  const scope = {
    get(name: string) {
      const value = known.get(name)
      if (value === undefined && !state.args.has(name)) missing.add(name)
      return value
    },
  }
  const variables = { scope, escape: plan.escape }
  lintShape(state, instruction, report)
  switch (instruction.kind) {
    case 'ARG': {
      lintSecrets('ARG', instruction, instruction.names, report)
      const values = declaredValues(instruction, plan, how.buildArgs, variables)
      for (const [name, value] of values) state.args.set(name, value)
      break
    }
    case 'COPY':
    case 'ADD':
      for (const word of [...instruction.sources, instruction.destination]) expandWord(instruction, word, variables)
      lintIgnored(instruction, word => expandWord(instruction, word, variables), how.ignore, report)
      break
    case 'WORKDIR':
      lintWorkdir(state, instruction, expandWord(instruction, instruction.argument, variables), report)
      break
    default: {
      const changed = changeMetadata(instruction, { ...variables, config: state.config, hasOwnCmd: true })
      state.config = changed?.config ?? state.config
    }
  }
  if (state.isKnown) tellMissing(missing, state, instruction, report)
}

function tellMissing(missing: ReadonlySet<string>, state: LintState, at: Instruction, report: Report): void {
  const names = [...environment(state.config).keys(), ...state.args.keys()]
  for (const name of missing) {
    const near = nearest(name, names)
    report('UndefinedVar', at, `Usage of undefined variable '$${name}'${near ? ` (did you mean $${near}?)` : ''}`)
  }
}

function lintShape(state: LintState, at: Instruction, report: Report): void {
  switch (at.kind) {
    case 'MAINTAINER':
      report('MaintainerDeprecated', at, 'Maintainer instruction is deprecated in favor of using label')
      break
    case 'CMD':
    case 'ENTRYPOINT':
      // Who sets a SHELL means shell form.
      if (at.command.form === 'shell' && (state.config.Shell ?? []).length === 0) {
        const message = `JSON arguments recommended for ${at.kind} to prevent unintended behavior related to OS signals`
        report('JSONArgsRecommended', at, message)
      }
      break
    case 'EXPOSE':
      for (const word of at.words) lintPort(at, word, report)
      break
    case 'ENV':
    case 'LABEL':
      if (at.kind === 'ENV') lintSecrets('ENV', at, at.pairs, report)
      if (at.isLegacy) {
        const message = `"${at.kind} key=value" should be used instead of legacy "${at.kind} key value" format`
        report('LegacyKeyValueFormat', at, message)
      }
  }
}

function lintPort(at: Instruction, word: string, report: Report): void {
  const [, before, , protocol = ''] = /^(?:(.*):)?([^:/]*)(?:\/(.*))?$/.exec(word) ?? []
  if (protocol !== protocol.toLowerCase() && !protocol.includes('$')) {
    report('ExposeProtoCasing', at, `Defined protocol '${word}' in EXPOSE instruction should be lowercase`)
  }
  if (before === undefined || word.includes('$')) return
  report(
    'ExposeInvalidFormat',
    at,
    `EXPOSE instruction should not define an IP address or host-port mapping, found '${word}'`,
  )
}

/** Only the first of a Dockerfile: once it is absolute, all after it are. The base image's own may change. */
function lintWorkdir(state: LintState, at: Instruction, path: string, report: Report): void {
  if (!state.hasWorkdir && !path.startsWith('/')) {
    const message = `Relative workdir ${JSON.stringify(path)} can have unexpected results if the base image changes`
    report('WorkdirRelativePath', at, message)
  }
  state.hasWorkdir = true
}

const SECRET = /(?:_|^)(?:apikey|auth|credential|credentials|key|password|pword|passwd|secret|token)(?:_|$)/i
const NO_SECRET = /(?:_|^)(?:public|file|version)(?:_|$)/i

function lintSecrets(
  kind: 'ARG' | 'ENV',
  at: Instruction,
  names: readonly (readonly [name: string, value: string | undefined])[],
  report: Report,
): void {
  for (const [name] of names) {
    if (!SECRET.test(name) || NO_SECRET.test(name)) continue
    report(
      'SecretsUsedInArgOrEnv',
      at,
      `Do not use ARG or ENV instructions for sensitive data (${kind} ${JSON.stringify(name)})`,
    )
  }
}

/** With `!` patterns nobody can tell without looking at every file. */
function lintIgnored(
  at: Instruction & { readonly kind: 'COPY' | 'ADD' },
  expand: (word: string) => string,
  ignore: IgnoreFile,
  report: Report,
): void {
  if (at.from !== undefined || ignore.isEmpty || ignore.hasExceptions) return
  for (const source of at.sources.map(expand)) {
    const path = clean(source)
    if (/^https?:\/\//.test(source) || !(path === '' ? ignore.ignoresAll : ignore.isIgnored(path))) continue
    const verb = at.kind === 'ADD' ? 'Add' : 'Copy'
    const shown = path === '' ? '.' : path
    report(
      'CopyIgnoredFile',
      at,
      `Attempting to ${verb} file ${JSON.stringify(shown)} that is excluded by .dockerignore`,
    )
  }
}
