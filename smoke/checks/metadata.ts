// metadataTest: what the image's config says.

import { compileGoRegex } from '../../lib/regex/go.ts'
import { RegexError } from '../../lib/regex/tree.ts'
import { type Check, refusal } from '../check.ts'
import type { Context } from '../context.ts'
import { variablesOf } from '../prepared.ts'
import type { MetadataTest, Variable } from '../schema.ts'

const NAME = 'Metadata Test'

/** undefined: it asks for nothing. */
export function metadataCheck(test: MetadataTest, context: Context): Check | undefined {
  const { line: _, ...asked } = test
  if (Object.values(asked).every(value => value === '')) return undefined
  const invalid = validate(test)
  return invalid.length > 0 ? refusal(NAME, invalid) : { name: NAME, run: async () => ({ errors: run(test, context) }) }
}

function validate({ envVars = [], labels = [], exposedPorts = [], volumes = [] }: MetadataTest): string[] {
  return [
    ...envVars.filter(({ key }) => !key).map(() => 'Environment variable key cannot be empty'),
    ...labels.filter(({ key }) => !key).map(() => 'Label key cannot be empty'),
    ...exposedPorts.filter(port => port === '').map(() => 'Port cannot be empty'),
    ...volumes.filter(volume => volume === '').map(() => 'Volume cannot be empty'),
  ]
}

function run(test: MetadataTest, { metadata: config }: Context): string[] {
  const env = variablesOf(config)
  const labels = new Map(Object.entries(config.Labels ?? {}))
  const ports = Object.keys(config.ExposedPorts ?? {}).map(port => port.split('/')[0] ?? '')
  const volumes = Object.keys(config.Volumes ?? {})
  return [
    ...pairErrors(test.envVars, env, 'env var', key => `variable ${key} not found in image env`),
    ...(test.unboundEnvVars ?? [])
      .filter(({ key = '' }) => env.has(key))
      .map(({ key }) => `env variable ${key} should not be present in image metadata`),
    ...pairErrors(test.labels, labels, 'label', key => `label ${key} not found in image metadata`),
    ...wordErrors('Cmd', test.cmd, config.Cmd ?? []),
    ...wordErrors('entrypoint', test.entrypoint, config.Entrypoint ?? []),
    ...textErrors('workdir', test.workdir, config.WorkingDir ?? ''),
    ...textErrors('user', test.user, config.User ?? ''),
    ...without(test.exposedPorts, ports).map(port => `Port ${port} not found in config`),
    ...within(test.unexposedPorts, ports).map(port => `Port ${port} should not be exposed`),
    ...without(test.volumes, volumes).map(volume => `Volume ${volume} not found in config`),
    ...within(test.unmountedVolumes, volumes).map(volume => `Volume ${volume} should not be mounted`),
  ]
}

function pairErrors(
  wanted: readonly Variable[] = [],
  actual: ReadonlyMap<string, string>,
  what: string,
  absent: (key: string) => string,
): string[] {
  return wanted.flatMap(({ key = '', value = '', isRegex = false }) => {
    const found = actual.get(key)
    if (found === undefined) return [absent(key)]
    try {
      if (isRegex ? compileGoRegex(value)(found) : value === found) return []
    } catch (error) {
      if (!(error instanceof RegexError)) throw error
      return [`${what} ${key}: ${error.message}`]
    }
    return [`${what} ${key} value ${found} does not match expected value: ${value}`]
  })
}

/** Go prints a list as `[a b]`. */
function wordErrors(what: string, wanted: readonly string[] | undefined, actual: readonly string[]): string[] {
  if (!wanted || (wanted.length === actual.length && wanted.every((word, index) => word === actual[index]))) return []
  const [are, should] = [actual, wanted].map(words => `[${words.join(' ')}]`)
  return wanted.length !== actual.length
    ? [`Image ${what} ${are} does not match expected ${what}: ${should}`]
    : [`Image config ${what} ${are} does not match expected value: ${should}`]
}

function textErrors(what: string, wanted: string | undefined, actual: string): string[] {
  return !wanted || wanted === actual ? [] : [`Image ${what} ${actual} does not match config ${what}: ${wanted}`]
}

function without(wanted: readonly string[] = [], actual: readonly string[]): string[] {
  return wanted.filter(each => !actual.includes(each))
}

function within(unwanted: readonly string[] = [], actual: readonly string[]): string[] {
  return unwanted.filter(each => actual.includes(each))
}
