// One test file, read: both versions of the schema made the same.

import type { Problem } from './problem.ts'
import {
  type CommandTest,
  type ContainerRunOptions,
  type ContentTest,
  type Cowbox,
  type ExistenceTest,
  type FileV1,
  type FileV2,
  fileV1,
  fileV2,
  type LicenseTest,
  type MetadataTest,
  type Variable,
} from './schema.ts'
import { parseValue, type Value } from './value.ts'

export interface Suite {
  readonly globalEnvVars: readonly Variable[]
  readonly commandTests: readonly CommandTest[]
  readonly contentTests: readonly ContentTest[]
  readonly existenceTests: readonly ExistenceTest[]
  readonly licenseTests: readonly LicenseTest[]
  readonly metadataTest: MetadataTest | undefined
  readonly runOptions: ContainerRunOptions | undefined
  readonly cowbox: Cowbox | undefined
}

export type Read =
  | { readonly suite: Suite; readonly problems: readonly [] }
  | { readonly suite: undefined; readonly problems: readonly Problem[] }

/** `name` decides, by its end, whether it is YAML or JSON. */
export function readSuite(name: string, text: string): Read {
  const problems: Problem[] = []
  if (!/\.(ya?ml|json)$/.test(name))
    return failed([{ line: 1, message: 'Please provide valid JSON or YAML config file' }])
  const value = parseValue(text, { isJson: name.endsWith('.json') }, problems)
  if (problems.length > 0) return failed(problems)
  const version = versionOf(value)
  if (!value || version === '') return failed([{ line: 1, message: 'Please provide schema version' }])
  const suite =
    version === '2.0.0' ? readV2(value, problems) : version === '1.0.0' ? readV1(value, problems) : undefined
  if (problems.length > 0) return failed(problems)
  if (suite) return { suite, problems: [] }
  return failed([{ line: value.line, message: `Unsupported schema version: ${version}` }])
}

function failed(problems: readonly Problem[]): Read {
  return { suite: undefined, problems }
}

function versionOf(value: Value | undefined): string {
  if (value?.kind !== 'map') return ''
  const entry = value.entries.find(({ key }) => key === 'schemaVersion')
  return entry?.value.kind === 'scalar' ? entry.value.text : ''
}

function readV2(value: Value, problems: Problem[]): Suite | undefined {
  const file: FileV2 | undefined = fileV2.read(value, '', problems)
  return (
    file && {
      globalEnvVars: file.globalEnvVars ?? [],
      commandTests: file.commandTests ?? [],
      contentTests: file.fileContentTests ?? [],
      existenceTests: file.fileExistenceTests ?? [],
      licenseTests: file.licenseTests ?? [],
      metadataTest: file.metadataTest,
      runOptions: file.containerRunOptions,
      cowbox: file.cowbox,
    }
  )
}

function readV1(value: Value, problems: Problem[]): Suite | undefined {
  const file: FileV1 | undefined = fileV1.read(value, '', problems)
  return (
    file && {
      globalEnvVars: file.globalEnvVars ?? [],
      commandTests: (file.commandTests ?? []).map(({ command = [], ...rest }) => {
        const [program, ...args] = command
        return { ...rest, ...(program === undefined ? {} : { command: program }), args }
      }),
      contentTests: file.fileContentTests ?? [],
      existenceTests: file.fileExistenceTests ?? [],
      licenseTests: file.licenseTests ?? [],
      metadataTest: undefined,
      runOptions: undefined,
      cowbox: undefined,
    }
  )
}
