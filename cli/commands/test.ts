import type { Process } from '../../kernel/process.ts'
import { compileGoRegex } from '../../lib/regex/go.ts'
import { RegexError } from '../../lib/regex/tree.ts'
import { inShard, parseShard } from '../../smoke/run.ts'
import { jsonSchema } from '../../smoke/schema.ts'
import { command, Refusal } from '../context.ts'
import { writeFile } from '../create-options.ts'
import { boolean, integer, list, refused, string } from '../flags.ts'
import { runTestFiles, type TestRun } from '../smoke-run.ts'
import { sleepUntilChange } from '../smoke-watch.ts'

const FORMATS = ['text', 'json', 'junit', 'tap'] as const

const NO_HOST_DRIVER = 'it belongs to the host driver, which would run the commands on this machine; leave it out'

/** Those of container-structure-test that a test without a daemon has no use for. */
const REFUSED = {
  defaultImageTag: refused('--default-image-tag', 'an OCI layout is tested as it lies and gets no name', 'string'),
  force: refused('-f --force', NO_HOST_DRIVER),
  ignoreRefAnnotation: refused('--ignore-ref-annotation', 'an OCI layout is tested as it lies and gets no name'),
  runtime: refused('--runtime', 'there are no OCI runtimes to choose from; leave it out', 'string'),
  save: refused('--save', "no containers are kept; to look at what a test sees, run 'cowbox run -it IMAGE sh'"),
  verbosity: refused('-v --verbosity', 'use --output or --quiet', 'string'),
}

/** container-structure-test's `test`, without a daemon, and more. */
export default command({
  name: 'test',
  about: 'Test an image with container-structure-test files, and more',
  most: 0,
  flags: {
    bail: boolean('--bail', 'Begin no other test after one has failed'),
    config: list('-c --config', 'Test files (YAML or JSON)', 'stringArray'),
    coverage: string('--coverage', 'Write which lines of the shell scripts of the image were run to a file (lcov)'),
    driver: string('-d --driver', 'docker or tar: both mean this engine', 'docker'),
    filter: string('--filter', 'Only tests whose names match this regular expression'),
    image: string('-i --image', 'Image: a name, an archive, an OCI layout, or a directory with a Dockerfile'),
    layout: string('--image-from-oci-layout', 'The same as --image, for an OCI layout'),
    jobs: integer('--jobs', 'How many tests run at a time (4 in real time, otherwise 1)'),
    json: boolean('-j --json', 'The same as --output json'),
    junitSuiteName: string('--junit-suite-name', 'Name of the JUnit suite', ''),
    metadata: string('--metadata', 'An image configuration (JSON) that metadataTest looks at in place of its own'),
    noColor: boolean('--no-color', 'No colours'),
    output: string('-o --output', 'Format: text, json, junit or tap', 'text'),
    platform: string('--platform', 'Which image, where there are several: linux/arm64'),
    printSchema: boolean('--print-schema', 'Print the JSON schema of test files, for editors, and end'),
    pull: boolean('--pull', 'Ask the registry for the image, whatever is here'),
    quiet: boolean('-q --quiet', 'Print nothing; the exit status tells'),
    realTime: boolean('--real-time', 'Time passes as it does outside: by default sleeping takes no time'),
    shard: string('--shard', 'Only the i-th of n parts of all tests: i/n'),
    testReport: string('--test-report', 'Write the report (json, junit or tap) to a file'),
    update: boolean('--update', 'Keep the snapshots that differ'),
    watch: boolean('--watch', 'Run again whenever a test file, or the directory of the image, changes'),
    ...REFUSED,
  },
  async main({ engine, proc, flags }) {
    if (flags.printSchema) {
      await proc.stdout.line(JSON.stringify(jsonSchema, null, 2))
      return 0
    }
    const format = FORMATS.find(name => name === (flags.json ? 'json' : flags.output))
    if (!format) {
      throw new Refusal(
        `invalid argument "${flags.output}" for "-o, --output" flag: unsupported format ${flags.output}: please select from \`text\`, \`json\`, \`junit\`, or \`tap\``,
      )
    }
    if (flags.driver !== 'docker' && flags.driver !== 'tar') {
      throw new Refusal(`unsupported driver type: ${flags.driver}: tests run in this engine only (docker, tar)`)
    }
    const image = flags.image ?? flags.layout
    if (image === undefined) throw new Refusal('Please supply path to image or oci image layout to test against')
    if (flags.image !== undefined && flags.layout !== undefined) {
      throw new Refusal('--image and --image-from-oci-layout cannot both be given')
    }
    if (flags.config.length === 0) throw new Refusal('Please provide at least one test config file')
    if (flags.jobs !== undefined && flags.jobs < 1) throw new Refusal('--jobs must be at least 1')
    const isColored = !flags.noColor && proc.terminal(1) !== undefined && flags.testReport === undefined
    const run: TestRun = {
      engine,
      proc,
      image,
      find: { isPulled: flags.pull, ...(flags.platform === undefined ? {} : { platform: flags.platform }) },
      metadata: flags.metadata,
      coverage: flags.coverage,
      configs: flags.config,
      format: flags.testReport !== undefined && format === 'text' ? 'json' : format,
      junitSuiteName: flags.junitSuiteName,
      isColored,
      isUpdating: flags.update,
      isRealTime: flags.realTime,
      jobs: flags.jobs,
      isBailing: flags.bail,
      isSelected: selection(flags.filter, flags.shard),
      write: await writer(proc, flags, format),
    }
    let isPassed = await runTestFiles(run)
    while (flags.watch) {
      await sleepUntilChange(proc, [image, ...flags.config])
      await proc.stdout.write('\n')
      isPassed = await runTestFiles(run)
    }
    return isPassed ? 0 : 1
  },
})

interface Destination {
  readonly quiet: boolean
  readonly testReport: string | undefined
}

async function writer(
  proc: Process,
  { quiet, testReport }: Destination,
  format: string,
): Promise<(text: string) => Promise<void>> {
  if (testReport === undefined) return async text => (quiet ? undefined : proc.stdout.write(text))
  if (format === 'text') {
    await proc.stderr.line('raw text format unsupported for writing output file, defaulting to JSON')
  }
  return async text => writeFile(proc, testReport, text)
}

function selection(filter: string | undefined, shard: string | undefined) {
  const part = shard === undefined ? undefined : parseShard(shard)
  if (shard !== undefined && !part) throw new Refusal(`--shard ${shard}: it must be i/n, with i from 1 to n`)
  const matches = filter === undefined ? () => true : compileFilter(filter)
  return (name: string, position: number) => matches(name) && inShard(position, part)
}

function compileFilter(filter: string): (text: string) => boolean {
  try {
    return compileGoRegex(filter)
  } catch (error) {
    if (!(error instanceof RegexError)) throw error
    throw new Refusal(`--filter: ${error.message}`)
  }
}
