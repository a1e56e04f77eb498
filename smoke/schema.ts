// What a test file may say: container-structure-test's schema 2.0.0 and 1.0.0, and what is ours under the key `cowbox`.

import { parsePort } from '../engine/ports.ts'
import { parseDuration, parseSize } from '../lib/human.ts'
import { compileGoRegex } from '../lib/regex/go.ts'
import { RegexError } from '../lib/regex/tree.ts'
import type { Problem } from './problem.ts'
import {
  boolean,
  choice,
  either,
  field,
  integer,
  type JsonSchema,
  list,
  number,
  type Of,
  object,
  parsed,
  record,
  type Shape,
  text,
} from './shape.ts'

export interface Pattern {
  readonly source: string
  matches(text: string): boolean
}

/** A regular expression of Go. A bad one is a problem with its line, not a test that can never pass. */
const pattern: Shape<Pattern> = {
  schema: { type: 'string', format: 'regex', description: 'a regular expression (RE2), unanchored' },
  read(value, place, problems: Problem[]) {
    if (value.kind !== 'scalar') {
      // It complains of what is no text.
      text.read(value, place, problems)
      return undefined
    }
    try {
      return { source: value.text, matches: compileGoRegex(value.text) }
    } catch (error) {
      if (!(error instanceof RegexError)) throw error
      problems.push({ line: value.line, message: `${place}: ${error.message}` })
      return undefined
    }
  },
}

const patterns = list(pattern)
const words = list(text)
const commands = list(words)

/** A list of words, or a line for `sh -c`. */
const command = either(
  { kind: 'list', shape: words },
  parsed('a list of words or a line of shell', line => ['sh', '-c', line]),
)

const duration = parsed("a duration such as '30s'", parseDuration)
const size = parsed("a size such as '20MB'", decimalSize)
const mode = parsed("an octal mode such as '0755'", source => {
  return /^[0-7]{3,5}$/.test(source) ? Number.parseInt(source, 8) : undefined
})

/** dive: MB are millions, MiB are 2^20. */
function decimalSize(source: string): number | undefined {
  const [, amount, letter = '', binary] = /^(\d+(?:\.\d+)?) ?([kmgt]?)(i?)b?$/i.exec(source.trim()) ?? []
  if (amount === undefined) return undefined
  if (letter === '') return Math.floor(Number(amount))
  if (binary) return parseSize(source)
  return Math.floor(Number(amount) * 1000 ** ' kmgt'.indexOf(letter.toLowerCase()))
}

const variable = object({
  key: field(text, 'The name'),
  value: field(text, 'The value; $NAME and ${NAME} stand for the image’s own'),
  isRegex: field(boolean, 'The value is a regular expression (metadataTest only)'),
})
const variables = list(variable)

const outputs = {
  exitCode: field(integer, 'The exit code that it must end with (0)'),
  expectedOutput: field(patterns, 'Each must match stdout'),
  excludedOutput: field(patterns, 'None may match stdout'),
  expectedError: field(patterns, 'Each must match stderr'),
  excludedError: field(patterns, 'None may match stderr'),
} as const

const steps = {
  name: field(text, 'What the test is called'),
  setup: field(commands, 'Commands that run before it, each in a container of its own whose changes stay'),
  teardown: field(commands, 'Commands that run after it, in what it left behind'),
  envVars: field(variables, 'Variables for it alone'),
} as const

export const commandTest = object({
  ...steps,
  command: field(text, 'The program; the entrypoint of the image is not used'),
  args: field(words, 'Its arguments; $NAME and ${NAME} stand for the image’s variables'),
  ...outputs,
})

const commandTestV1 = object({ ...steps, command: field(words, 'The program and its arguments'), ...outputs })

const existence = {
  name: field(text, 'What the test is called'),
  path: field(text, 'The file; $NAME and ${NAME} stand for the image’s variables'),
  shouldExist: field(boolean, 'Whether it must be there (true)'),
  permissions: field(text, "Its mode as Go prints it: '-rw-r--r--', 'drwxr-xr-x', 'urwxr-xr-x' (setuid)"),
} as const

export const existenceTest = object({
  ...existence,
  uid: field(integer, 'The id of its owner'),
  gid: field(integer, 'The id of its group'),
  isExecutableBy: field(text, 'owner, group, other or any'),
})

export const contentTest = object({
  name: field(text, 'What the test is called'),
  path: field(text, 'The file'),
  expectedContents: field(patterns, 'Each must match what is in the file'),
  excludedContents: field(patterns, 'None may match what is in the file'),
})

export const licenseTest = object({
  debian: field(boolean, 'Look at /usr/share/doc/*/copyright'),
  files: field(words, 'Other files to look at'),
})

export const metadataTest = object({
  envVars: field(variables, 'Variables that the image sets'),
  unboundEnvVars: field(variables, 'Variables that it does not set'),
  labels: field(variables, 'Labels that it has'),
  entrypoint: field(words, 'Its ENTRYPOINT'),
  cmd: field(words, 'Its CMD'),
  exposedPorts: field(words, 'Ports that it exposes'),
  unexposedPorts: field(words, 'Ports that it does not expose'),
  volumes: field(words, 'Volumes that it has'),
  unmountedVolumes: field(words, 'Volumes that it does not have'),
  workdir: field(text, 'Its WORKDIR'),
  user: field(text, 'Its USER'),
})

export const runOptions = object({
  user: field(text, 'Who runs the commands'),
  privileged: field(boolean, 'Taken and without effect: this box has no real kernel'),
  allocateTty: field(boolean, 'Gives the commands a terminal'),
  envFile: field(text, 'A file of NAME=value lines'),
  envVars: field(words, 'Variables taken from the environment of the tests'),
  capabilities: field(words, 'Taken and without effect: this box has no real kernel'),
  bindMounts: field(words, 'HOST:CONTAINER[:ro]'),
})

// --- what is ours ----------------------------------------------------------------------------------------------------

/** `80`, `53/udp`, `127.0.0.1:8080`, with the words it was written in. */
const port = parsed("a port such as '80', '53/udp' or '127.0.0.1:8080'", source => {
  const wanted = parsePort(source)
  return wanted && { source, wanted }
})
const ports = list(port)

export const runTest = object(
  {
    name: field(text, 'What the test is called', { isRequired: true }),
    setup: field(list(command), 'Commands that run before it, each in a container of its own whose changes stay'),
    args: field(words, 'In place of CMD, after the ENTRYPOINT of the image, which is kept'),
    entrypoint: field(words, 'In place of ENTRYPOINT'),
    env: field(record(text), 'More variables'),
    user: field(text, 'In place of USER'),
    workdir: field(text, 'In place of WORKDIR'),
    stdin: field(text, 'What it reads'),
    tty: field(boolean, 'Gives it a terminal'),
    seed: field(integer, 'For $RANDOM and /dev/urandom'),
    until: field(pattern, 'It runs until its output matches; then it is looked at while it runs'),
    untilPort: field(port, 'It runs until something listens there; then it is looked at while it runs'),
    for: field(duration, 'It runs so long, in virtual time; then it is looked at while it runs'),
    timeout: field(duration, 'It must get there in this much virtual time (60s)'),
    exec: field(list(command), 'Commands that run beside it then, and must succeed'),
    stop: field(text, 'The signal it is sent at the end: it must then end by itself, with exitCode'),
    ...outputs,
    output: field(text, 'Its stdout, exactly'),
    running: field(boolean, 'Whether it must still run when it is looked at'),
    processes: field(patterns, 'Each must match the command line of a process that runs then'),
    noProcesses: field(patterns, 'None may match the command line of a process that runs then'),
    ports: field(ports, "On each something must listen then: '80', '53/udp', '127.0.0.1:8080'"),
    noPorts: field(ports, 'On none of them may anything listen then'),
    changes: field(words, "Files it must have changed: 'A /run/app.pid', with * and ** in the path"),
    onlyChanges: field(boolean, 'It must have changed no other files'),
    stubs: field(record(text), 'Commands that are played: the name and the script'),
    snapshot: field(boolean, 'Its output, exit code and changes are kept in a file, and must stay the same'),
    expectFailure: field(boolean, 'The test passes when one of its expectations is not met'),
  },
  { openPorts: 'it is called ports' },
)

export const fileTest = object({
  name: field(text, 'What the test is called', { isRequired: true }),
  path: field(text, 'The file; with * and **, every file that matches', { isRequired: true }),
  exists: field(boolean, 'Whether there must be such a file (true)'),
  type: field(choice('file', 'directory', 'symlink', 'fifo', 'character', 'block', 'socket'), 'Its type'),
  mode: field(mode, "Its mode in octal: '0755'"),
  uid: field(integer, 'The id of its owner'),
  gid: field(integer, 'The id of its group'),
  owner: field(text, "The name of its owner, by the image's /etc/passwd"),
  group: field(text, "The name of its group, by the image's /etc/group"),
  linksTo: field(text, 'Where a symlink points'),
  minSize: field(size, 'It is at least so large'),
  maxSize: field(size, 'It is at most so large'),
  sha256: field(text, 'The digest of its contents'),
  contents: field(text, 'Its contents, exactly'),
  expectedContents: field(patterns, 'Each must match its contents'),
  excludedContents: field(patterns, 'None may match its contents'),
})

export const limits = object({
  lowestEfficiency: field(number, 'As dive: at least this part of the bytes in the layers is in the image (0.9)'),
  highestWastedBytes: field(size, 'As dive: at most so many bytes are wasted'),
  highestUserWastedPercent: field(
    number,
    'As dive: at most this part of what lies over the base layer is wasted (0.1)',
  ),
  maxSize: field(size, 'All layers together, unpacked'),
  maxLayers: field(integer, 'How many layers'),
})

export const audit = object({
  setuid: field(words, 'The only setuid and setgid files that there may be (* and ** allowed)'),
  worldWritable: field(words, 'The only files and directories, but for sticky ones, that everybody may write'),
  unowned: field(boolean, 'false: every owner and group must be in /etc/passwd and /etc/group'),
})

export const licenses = object({
  allowed: field(words, 'License names of which one must be in each copyright file'),
  denied: field(words, 'License names that may be in none (AGPL, WTFPL)'),
  files: field(words, 'Files to look at, with * and ** (/usr/share/doc/*/copyright)'),
})

const cowbox = object({
  startTime: field(text, 'When the virtual clock starts (2024-01-01T00:00:00Z)'),
  realTime: field(boolean, 'Time passes as it does outside'),
  runTests: field(list(runTest), 'Containers run as the image says'),
  fileTests: field(list(fileTest), 'Files, closely looked at'),
  limits: field(limits, 'How large the image may be, and what it may waste'),
  audit: field(audit, 'Files that are a risk'),
  licenses: field(licenses, 'Licenses of what is in the image'),
})

export const fileV2 = object({
  schemaVersion: field(text, '2.0.0', { isRequired: true }),
  globalEnvVars: field(variables, 'Variables for all tests'),
  commandTests: field(list(commandTest), 'Commands and what they print'),
  fileContentTests: field(list(contentTest), 'Files and what is in them'),
  fileExistenceTests: field(list(existenceTest), 'Files that are, or are not, in the image'),
  licenseTests: field(list(licenseTest), 'Copyright files without AGPL and WTFPL'),
  metadataTest: field(metadataTest, 'What the image says of itself'),
  containerRunOptions: field(runOptions, 'How the containers are run'),
  cowbox: field(cowbox, 'Tests that only cowbox has'),
})

export const fileV1 = object({
  schemaVersion: field(text, '1.0.0', { isRequired: true }),
  globalEnvVars: field(variables, 'Variables for all tests'),
  commandTests: field(list(commandTestV1), 'Commands and what they print'),
  fileContentTests: field(list(contentTest), 'Files and what is in them'),
  fileExistenceTests: field(list(object(existence)), 'Files that are, or are not, in the image'),
  licenseTests: field(list(licenseTest), 'Copyright files without AGPL and WTFPL'),
})

export type FileV2 = Of<typeof fileV2>
export type FileV1 = Of<typeof fileV1>
export type Variable = Of<typeof variable>
export type CommandTest = Of<typeof commandTest>
export type ExistenceTest = Of<typeof existenceTest>
export type ContentTest = Of<typeof contentTest>
export type LicenseTest = Of<typeof licenseTest>
export type MetadataTest = Of<typeof metadataTest>
export type ContainerRunOptions = Of<typeof runOptions>
export type RunTest = Of<typeof runTest>
export type FileTest = Of<typeof fileTest>
export type LimitsTest = Of<typeof limits>
export type AuditTest = Of<typeof audit>
export type LicensesTest = Of<typeof licenses>
export type Cowbox = Of<typeof cowbox>

/** For editors: `cowbox test --print-schema`. */
export const jsonSchema: JsonSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Tests of a container image: container-structure-test 2.0.0, and cowbox',
  ...fileV2.schema,
}
