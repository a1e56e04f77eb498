// Instructions that change only the config: no layer, no tree.

import type { RunConfig } from '../../image/config.ts'
import { DockerfileError } from './dockerfile.ts'
import { type CommandForm, type Instruction, requireSignal } from './instruction.ts'
import { placed } from './placed.ts'
import { DEFAULT_SHELL, withEnvironment } from './stage.ts'
import { type Scope, substitute, substituteWords } from './substitute.ts'

export interface Metadata {
  readonly config: RunConfig
  readonly author?: string
  /** What history says was done. */
  readonly text: string
}

/** What variables are looked up in, and the character that quotes. */
export interface Variables {
  readonly scope: Scope
  readonly escape: string
}

export interface MetadataContext extends Variables {
  readonly config: RunConfig
  /** Whether CMD was set in this stage, so that ENTRYPOINT keeps it. */
  readonly hasOwnCmd: boolean
}

/** undefined: the instruction is none of these. Throws DockerfileError. */
export function changeMetadata(instruction: Instruction, how: MetadataContext): Metadata | undefined {
  const { config } = how
  const expand = (word: string) => expandWord(instruction, word, how)
  switch (instruction.kind) {
    case 'ENV': {
      const pairs = instruction.pairs.map(([name, value]) => [expand(name), expand(value)] as const)
      const text = `ENV ${pairs.map(([name, value]) => `${name}=${value}`).join(' ')}`
      return { config: { ...config, Env: withEnvironment(config.Env ?? [], pairs) }, text }
    }
    case 'LABEL': {
      const pairs = instruction.pairs.map(([name, value]) => [expand(name), expand(value)] as const)
      const text = `LABEL ${pairs.map(([name, value]) => `${name}=${value}`).join(' ')}`
      return { config: { ...config, Labels: { ...config.Labels, ...Object.fromEntries(pairs) } }, text }
    }
    case 'CMD':
      return {
        config: { ...config, Cmd: commandWords(instruction.command, config) },
        text: commandText('CMD', instruction.command, config),
      }
    case 'ENTRYPOINT': {
      const { Cmd, ...rest } = config
      const kept = how.hasOwnCmd && Cmd ? { ...rest, Cmd } : rest
      const words = commandWords(instruction.command, config)
      return { config: { ...kept, Entrypoint: words }, text: commandText('ENTRYPOINT', instruction.command, config) }
    }
    case 'EXPOSE': {
      const ports = instruction.words
        .flatMap(word => expandWords(instruction, word, how))
        .flatMap(word => portsOf(instruction, word))
      const exposed = Object.fromEntries(ports.map(port => [port, {}]))
      return {
        config: { ...config, ExposedPorts: { ...config.ExposedPorts, ...exposed } },
        text: `EXPOSE map[${ports.map(port => `${port}:{}`).join(' ')}]`,
      }
    }
    case 'VOLUME': {
      const paths = instruction.words.map(expand)
      const volumes = Object.fromEntries(paths.map(path => [path, {}]))
      return { config: { ...config, Volumes: { ...config.Volumes, ...volumes } }, text: `VOLUME [${paths.join(' ')}]` }
    }
    case 'USER': {
      const user = expand(instruction.argument)
      return { config: { ...config, User: user }, text: `USER ${user}` }
    }
    case 'STOPSIGNAL': {
      const signal = requireSignal(instruction, expand(instruction.argument))
      return { config: { ...config, StopSignal: signal }, text: `STOPSIGNAL ${signal}` }
    }
    case 'SHELL':
      return { config: { ...config, Shell: instruction.words }, text: `SHELL [${instruction.words.join(' ')}]` }
    case 'MAINTAINER': {
      const author = expand(instruction.argument)
      return { config, author, text: `MAINTAINER ${author}` }
    }
    case 'HEALTHCHECK': {
      const { test, interval, timeout, startPeriod, startInterval, retries } = instruction.check
      const check = {
        Test: test,
        ...(interval ? { Interval: interval } : {}),
        ...(timeout ? { Timeout: timeout } : {}),
        ...(startPeriod ? { StartPeriod: startPeriod } : {}),
        ...(startInterval ? { StartInterval: startInterval } : {}),
        ...(retries ? { Retries: retries } : {}),
      }
      return { config: { ...config, Healthcheck: check }, text: `HEALTHCHECK ${JSON.stringify(check)}` }
    }
    case 'ONBUILD':
      return {
        config: { ...config, OnBuild: [...(config.OnBuild ?? []), instruction.trigger] },
        text: `ONBUILD ${instruction.trigger}`,
      }
    case 'FROM':
    case 'ARG':
    case 'RUN':
    case 'COPY':
    case 'ADD':
    case 'WORKDIR':
      return undefined
  }
}

export function expandWord(at: { line: number; endLine: number }, word: string, how: Variables): string {
  return placed(at, () => substitute(word, how.scope, how.escape))
}

function expandWords(at: Instruction, word: string, how: Variables): string[] {
  return placed(at, () => substituteWords(word, how.scope, how.escape))
}

/** Shell form goes to SHELL; what it says for CMD and ENTRYPOINT too. */
export function commandWords(command: CommandForm, config: RunConfig): string[] {
  if (command.form === 'exec') return [...command.words]
  return [...(config.Shell ?? DEFAULT_SHELL), command.line]
}

function commandText(name: string, command: CommandForm, config: RunConfig): string {
  const words = commandWords(command, config)
  return `${name} ${JSON.stringify(words).replace(/","/g, '" "')}`
}

/** A host's address and port before it are no more than a warning of the lint: only the container's port is kept. */
function portsOf(instruction: Instruction, text: string): string[] {
  const match = /^(?:(?:(?:\[[0-9a-fA-F:]+\]|[\d.]*):)?(?:\d+(?:-\d+)?)?:)?(\d+)(?:-(\d+))?(?:\/(\w+))?$/.exec(text)
  const [, first = '', last = first, protocol = 'tcp'] = match ?? []
  const known = ['tcp', 'udp', 'sctp'].includes(protocol.toLowerCase())
  const [from, to] = [Number(first), Number(last)]
  if (!match || !known || from > 65535 || to > 65535 || to < from) {
    throw new DockerfileError(`invalid containerPort: ${text}`, instruction.line, instruction.endLine)
  }
  return Array.from({ length: to - from + 1 }, (_, i) => `${from + i}/${protocol.toLowerCase()}`)
}
