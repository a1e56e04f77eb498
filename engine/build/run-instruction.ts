// RUN as a step of a stage: what is executed, in which environment, and what its key is.

import { layerTar } from '../../image/diff.ts'
import { EngineError, StartError } from '../errors.ts'
import { PROXIES } from './arguments.ts'
import { sourceTree } from './copy-sources.ts'
import type { StepPlace } from './copy-step.ts'
import { DockerfileError } from './dockerfile.ts'
import type { Instruction } from './instruction.ts'
import { layerStep, type MadeLayer } from './layer-step.ts'
import { expandWord } from './metadata.ts'
import type { Step } from './progress.ts'
import { type MountContext, mountKeys, type PreparedMounts, parseMounts, prepareMounts } from './run-mounts.ts'
import { runStep } from './run-step.ts'
import { type BuildSession, isCacheUsed, latestTime, nanoseconds } from './session.ts'
import { DEFAULT_SHELL, environment, filesKey, hashKey, type StageState } from './stage.ts'

type RunInstruction = Instruction & { readonly kind: 'RUN' }

export async function runInstruction(
  session: BuildSession,
  state: StageState,
  instruction: RunInstruction,
  { stage, label, variables }: StepPlace,
): Promise<void> {
  const { argv, shown, file } = runWords(instruction, state)
  const env = runEnvironment(session, state)
  const how: MountContext = {
    digester: session.engine.digester,
    source: from => sourceTree(session, instruction, from, stage.index),
    secrets: session.how.secrets ?? new Map(),
    caches: session.caches,
    now: nanoseconds(session),
  }
  const mounts = parseMounts(instruction, word => expandWord(instruction, word, variables))
  const { User = '', WorkingDir = '/' } = state.config
  const keys = [...(await mountKeys(instruction, mounts, how)), file?.text ?? '', User, WorkingDir]
  await layerStep(session, state, {
    name: `${label} ${instruction.text}`,
    history: `RUN ${argumentsText(state)}${shown} # buildkit`,
    key: hashKey('RUN', filesKey(state), ...argv, '', ...withoutProxies(state, env), '', ...keys),
    usesCache: isCacheUsed(session, stage),
    async make(step) {
      const prepared = await prepareMounts(instruction, mounts, how, file)
      try {
        return await execute(session, state, instruction, { step, argv, env, prepared })
      } finally {
        prepared.release()
      }
    },
  })
}

interface Execution {
  readonly step: Step
  readonly argv: readonly string[]
  readonly env: readonly string[]
  readonly prepared: PreparedMounts
}

async function execute(
  session: BuildSession,
  state: StageState,
  at: RunInstruction,
  { step, argv, env, prepared }: Execution,
): Promise<MadeLayer> {
  const { engine, report, cancellation } = session
  const fail = (reason: string) => {
    const message = `process "${argv.join(' ')}" did not complete successfully: ${reason}`
    return new DockerfileError(message, at.line, at.endLine)
  }
  const tree = await state.tree.open()
  const before = tree.layers
  try {
    const { status, baseLayers } = await runStep({
      host: engine.host,
      formats: engine.formats,
      tree,
      config: state.config,
      argv,
      env: [...env, ...prepared.env],
      mounts: prepared.mounts,
      openSource: (_type, source) => prepared.open(source),
      listen: (bytes, stream) => report.output(step, bytes, stream),
      signal: cancellation,
    })
    if (status !== 0) throw fail(`exit code: ${status}`)
    const tar = layerTar(tree.at(baseLayers), tree, latestTime(session))
    if (baseLayers === before) {
      tree.freeze({ always: true })
      return { tar, isApplied: true }
    }
    // Where things were mounted is no part of the image, and must not be there for the next step.
    state.tree.reset(tree.at(before))
    return { tar, isApplied: false }
  } catch (error) {
    if (error instanceof StartError) throw fail(error.advice ? `${error.message}\n${error.advice}` : error.message)
    if (error instanceof EngineError && error.code === 'invalid-option') throw fail(error.message)
    throw error
  }
}

/** ENV, then the ARGs in scope, then proxies that were given. */
function runEnvironment({ how }: BuildSession, state: StageState): string[] {
  const env = environment(state.config)
  const add = (name: string, value: string | undefined) => {
    if (value !== undefined && !env.has(name)) env.set(name, value)
  }
  for (const [name, value] of state.args) add(name, value)
  for (const name of PROXIES) add(name, how.buildArgs?.get(name))
  return [...env].map(([name, value]) => `${name}=${value}`)
}

/** How one reaches the network changes nothing, unless the Dockerfile declares that it does. */
function withoutProxies(state: StageState, env: readonly string[]): string[] {
  return env.filter(pair => {
    const name = pair.slice(0, pair.indexOf('='))
    return !PROXIES.includes(name) || state.args.has(name) || environment(state.config).has(name)
  })
}

/** `|2 A=1 B=2 `: the ARGs that the command saw, as docker's history shows them. */
function argumentsText(state: StageState): string {
  const env = environment(state.config)
  const seen = [...state.args].filter(([name, value]) => value !== undefined && !env.has(name))
  return seen.length === 0 ? '' : `|${seen.length} ${seen.map(([name, value]) => `${name}=${value}`).join(' ')} `
}

/** A script that is executed as a file, where BuildKit puts it. */
interface ScriptFile {
  readonly path: string
  readonly text: string
}

/** What is executed: shell form and here-documents go to the shell; a body that begins with #! is run as a file. */
function runWords(
  { command, hereDocuments }: RunInstruction,
  state: StageState,
): { argv: string[]; shown: string; file?: ScriptFile } {
  if (command.form === 'exec') return { argv: [...command.words], shown: command.words.join(' ') }
  const shell = state.config.Shell ?? DEFAULT_SHELL
  const [only] = hereDocuments
  if (hereDocuments.length === 1 && only && /^<<-?["']?[^\s"'<]+["']?$/.test(command.line)) {
    if (!only.body.startsWith('#!')) {
      return { argv: [...shell, only.body], shown: `${shell.join(' ')} ${only.body.trimEnd()}` }
    }
    const path = `/dev/pipes/${only.name}`
    return { argv: [path], shown: `${path} ${only.body.trimEnd()}`, file: { path, text: only.body } }
  }
  const bodies = hereDocuments.map(({ name, body }) => `${body}${name}\n`).join('')
  const line = hereDocuments.length === 0 ? command.line : `${command.line}\n${bodies}`
  return { argv: [...shell, line], shown: `${shell.join(' ')} ${command.line}` }
}
