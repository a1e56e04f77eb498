import { build, checkDockerfile, planBuild } from '../../engine/build/build.ts'
import type { Warning } from '../../engine/build/dockerfile.ts'
import { ruleUrl } from '../../engine/build/lint.ts'
import type { BuildOptions, BuildResult } from '../../engine/build/options.ts'
import type { Engine } from '../../engine/engine.ts'
import type { Process } from '../../kernel/process.ts'
import { encode } from '../../lib/bytes.ts'
import { openCacheSource, openCacheTarget } from '../build-cache.ts'
import { type BuildSource, openContext, openNamedContext } from '../build-context.ts'
import { buildFailure, excerpt } from '../build-failure.ts'
import { buildOutline, buildTargets } from '../build-outline.ts'
import { type BuildOutput, keptFor, parseOutput, splitFields, splitPair, writeOutput } from '../build-output.ts'
import { command, messageOf, Refusal } from '../context.ts'
import { readHostFile, readVariable, writeFile } from '../create-options.ts'
import { boolean, type FlagValues, list, string } from '../flags.ts'
import { plainProgress, warningText } from '../plain-progress.ts'
import type { ProgressRenderer } from '../progress-renderer.ts'
import { TtyProgress } from '../tty-progress.ts'

const FLAGS = {
  addHost: list('--add-host', 'Add a custom host-to-IP mapping (format: "host:ip")'),
  annotation: list('--annotation', 'Add annotation to the image'),
  buildArg: list('--build-arg', 'Set build-time variables'),
  buildContext: list('--build-context', 'Additional build contexts (e.g., name=path)'),
  cacheFrom: list('--cache-from', 'External cache sources (e.g., "user/app:cache", "type=local,src=path/to/dir")'),
  cacheTo: list('--cache-to', 'Cache export destinations (e.g., "type=inline", "type=local,dest=path/to/dir")'),
  call: string('--call', 'Set method for evaluating build: build, check, outline, targets', 'build'),
  check: boolean('--check', 'Shorthand for "--call=check"'),
  file: string('-f --file', 'Name of the Dockerfile (default: "PATH/Dockerfile")'),
  iidfile: string('--iidfile', 'Write the image ID to a file'),
  label: list('--label', 'Set metadata for an image'),
  load: boolean('--load', 'Shorthand for "--output=type=docker"'),
  metadataFile: string('--metadata-file', 'Write build result metadata to a file'),
  network: string('--network', 'Set the networking mode for RUN: none, default', 'default'),
  noCache: boolean('--no-cache', 'Do not use cache when building the image'),
  noCacheFilter: list('--no-cache-filter', 'Do not cache specified stages'),
  output: list('-o --output', 'Output destination (format: "type=local,dest=path")'),
  platform: string('--platform', 'Set target platform for build'),
  progress: string('--progress', 'Set type of progress output (auto, plain, quiet, rawjson, tty)', 'auto'),
  pull: boolean('--pull', 'Always attempt to pull all referenced images'),
  push: boolean('--push', 'Shorthand for "--output=type=registry"'),
  quiet: boolean('-q --quiet', 'Suppress the build output and print image ID on success'),
  rm: boolean('--rm', 'Remove intermediate containers (there are none to keep)', true),
  secret: list('--secret', 'Secret to expose to the build (format: "id=mysecret[,src=/local/secret]")'),
  squash: boolean('--squash', 'Squash newly built layers into a single new layer'),
  ssh: list('--ssh', 'SSH agent socket or keys to expose to the build (there is none in this box)'),
  tag: list('-t --tag', 'Image identifier (format: "[registry/]repository[:tag]")'),
  target: string('--target', 'Set the target build stage to build'),
}

type BuildFlags = FlagValues<typeof FLAGS>

/** docker build, as buildx prints it: progress on stderr, with -q the image's id on stdout. */
export default command({
  name: 'build',
  aliases: ['image build', 'builder build', 'buildx build'],
  about: 'Build an image from a Dockerfile',
  operands: 'PATH | URL | -',
  least: 1,
  most: 1,
  flags: FLAGS,
  async main({ engine, proc, flags, operands: [path = ''], name }) {
    refuseUnsupported(flags)
    const source = await openContext(path, { proc, host: engine.host, store: engine.store, file: flags.file })
    const outputs = readOutputs(flags)
    const renderer = progressRenderer(engine, proc, flags)
    try {
      const how = await readOptions(engine, proc, flags, { source, outputs })
      const call = flags.check ? 'check' : flags.call
      if (call === 'check') return await check(engine, proc, how)
      if (call === 'outline') return await print(proc, buildOutline(planBuild(how), how.target))
      if (call === 'targets') return await print(proc, buildTargets(planBuild(how)))
      const result = await build(engine, { ...how, progress: renderer.progress })
      await renderer.finish()
      await tell(proc, flags, result, name)
      for (const output of outputs) await writeOutput({ proc, store: engine.store }, output, result, how.tags ?? [])
      if (outputs.some(({ push }) => push)) await pushAll(engine, proc, how.tags ?? [])
      writeFiles(proc, flags, result, how.tags ?? [])
      return 0
    } catch (error) {
      await renderer.finish()
      const { dockerfile, dockerfileName } = source
      await proc.stderr.write(buildFailure(error, dockerfile, dockerfileName, renderer.failed(), messageOf))
      return 1
    }
  },
})

function refuseUnsupported(flags: BuildFlags): void {
  if (flags.network === 'host') throw new Refusal('build --network=host: this box has no network of a host to share')
  if (!['none', 'default', ''].includes(flags.network)) throw new Refusal(`network mode ${flags.network} not supported`)
  if (flags.ssh.length > 0) throw new Refusal('build --ssh: this box has no ssh agent to hand in')
  if (flags.addHost.length > 0) throw new Refusal('build --add-host: RUN has no network, so names lead nowhere')
  if (!['build', 'check', 'outline', 'targets'].includes(flags.call)) {
    throw new Refusal(`invalid argument "${flags.call}" for "--call" flag: build, check, outline or targets`)
  }
  if (!['auto', 'plain', 'quiet', 'rawjson', 'tty'].includes(flags.progress)) {
    throw new Refusal(`invalid argument "${flags.progress}" for "--progress" flag: auto, plain, quiet, rawjson or tty`)
  }
}

function readOutputs(flags: BuildFlags): BuildOutput[] {
  return [
    ...flags.output.map(parseOutput),
    ...(flags.load ? [parseOutput('type=docker')] : []),
    ...(flags.push ? [parseOutput('type=registry')] : []),
  ]
}

function progressRenderer(engine: Engine, proc: Process, flags: BuildFlags): ProgressRenderer {
  const terminal = proc.terminal(2)
  const asked = flags.quiet ? 'quiet' : flags.progress
  const isPlain = proc.env.get('BUILDKIT_PROGRESS') === 'plain' || proc.env.get('TERM') === 'dumb'
  const chosen = asked === 'auto' ? (terminal && !isPlain ? 'tty' : 'plain') : asked
  if (chosen === 'tty') {
    if (!terminal) throw new Refusal('--progress=tty: stderr is not a terminal')
    const { clock } = engine.host
    return new TtyProgress({ proc, terminal, clock, now: () => engine.host.now() })
  }
  return plainProgress(proc, chosen === 'rawjson' || chosen === 'quiet' ? chosen : 'plain')
}

async function readOptions(
  engine: Engine,
  proc: Process,
  flags: BuildFlags,
  { source, outputs }: { readonly source: BuildSource; readonly outputs: readonly BuildOutput[] },
): Promise<BuildOptions> {
  const epoch = proc.env.get('SOURCE_DATE_EPOCH')
  const buildArgs = new Map(flags.buildArg.flatMap(word => readVariable(proc, word)).map(splitPair))
  const named = buildArgs.get('SOURCE_DATE_EPOCH') ?? epoch
  const how = { proc, host: engine.host, store: engine.store, file: undefined }
  const contexts = flags.buildContext.map(text => openNamedContext(text, how))
  const caches = await Promise.all(flags.cacheFrom.map(text => openCacheSource(text, { engine, proc })))
  const annotations = Object.fromEntries(flags.annotation.map(text => splitPair(text.replace(/^manifest:/, ''))))
  return {
    ...source,
    tags: [...flags.tag, ...outputs.flatMap(({ names }) => names)],
    buildArgs,
    labels: Object.fromEntries(flags.label.map(splitPair)),
    ...(flags.annotation.length > 0 ? { annotations } : {}),
    noCache: flags.noCache,
    noCacheFilter: flags.noCacheFilter.flatMap(text => text.split(',')),
    cacheFrom: caches.filter(cache => cache !== undefined),
    cacheTo: flags.cacheTo.flatMap(text => openCacheTarget(text, { engine, proc }) ?? []),
    inlineCache:
      buildArgs.get('BUILDKIT_INLINE_CACHE') === '1' || flags.cacheTo.some(text => /^(type=)?inline$/.test(text)),
    pull: flags.pull,
    contexts: new Map(await Promise.all(contexts)),
    secrets: new Map(flags.secret.map(text => readSecret(proc, text))),
    squash: flags.squash,
    keeps: keptFor(outputs),
    ...(flags.target === undefined ? {} : { target: flags.target }),
    ...(flags.platform === undefined ? {} : { platform: flags.platform }),
    ...(named && /^\d+$/.test(named) ? { sourceDateEpoch: Number(named) } : {}),
  }
}

/** As buildx: an id alone is a variable, if there is one, else a file. */
function readSecret(proc: Process, text: string): [string, Uint8Array] {
  const fields = new Map(splitFields(text).map(splitPair))
  const unknown = [...fields.keys()].find(key => !['id', 'type', 'src', 'source', 'env'].includes(key))
  if (unknown !== undefined) throw new Refusal(`unexpected key '${unknown}' in '${text}'`)
  const id = fields.get('id') ?? ''
  if (id === '') throw new Refusal(`invalid secret: ${text}: id is required`)
  const type = fields.get('type')
  if (type !== undefined && type !== 'file' && type !== 'env')
    throw new Refusal(`unsupported secret type ${JSON.stringify(type)}`)
  const file = fields.get('src') ?? fields.get('source')
  const isVariable = type === 'env' || (type === undefined && file === undefined && proc.env.has(id))
  const variable = fields.get('env') ?? (isVariable ? (file ?? id) : undefined)
  if (variable === undefined) return [id, readHostFile(proc, file ?? id)]
  return [id, encode(proc.env.get(variable) ?? '')]
}

async function tell(proc: Process, flags: BuildFlags, { image, warnings }: BuildResult, name: string): Promise<void> {
  const isQuiet = flags.quiet || flags.progress === 'quiet'
  if (isQuiet && image) await proc.stdout.line(image.id)
  if (!isQuiet && warnings.length > 0) await proc.stderr.write(warningText(warnings, name))
}

async function pushAll(engine: Engine, proc: Process, tags: readonly string[]): Promise<void> {
  if (tags.length === 0) throw new Refusal('tag is needed when pushing to registry')
  const registry = await engine.registry()
  for (const tag of tags) {
    await registry.push(tag)
    await proc.stderr.line(`pushed ${tag}`)
  }
}

function writeFiles(proc: Process, flags: BuildFlags, { image }: BuildResult, tags: readonly string[]): void {
  if (!image) return
  if (flags.iidfile !== undefined) writeFile(proc, flags.iidfile, image.id)
  if (flags.metadataFile === undefined) return
  const metadata = {
    'containerimage.config.digest': image.id,
    'containerimage.descriptor': image.manifest,
    'containerimage.digest': image.manifest.digest,
    ...(tags.length > 0 ? { 'image.name': tags.join(',') } : {}),
  }
  writeFile(proc, flags.metadataFile, `${JSON.stringify(metadata, null, 2)}\n`)
}

async function check(engine: Engine, proc: Process, how: BuildOptions): Promise<number> {
  const warnings = await checkDockerfile(engine, how)
  const count = `${warnings.length} warning${warnings.length === 1 ? ' has' : 's have'} been found!`
  await proc.stdout.line(`Check complete, ${warnings.length === 0 ? 'no warnings found.' : count}`)
  for (const warning of warnings) await proc.stdout.write(explain(warning, how))
  return warnings.length > 0 ? 1 : 0
}

function explain({ rule, message, line, endLine }: Warning, { dockerfile, dockerfileName = '' }: BuildOptions): string {
  const place = excerpt(dockerfile, dockerfileName, { line, endLine })
  return `\nWARNING: ${rule} - ${ruleUrl(rule)}\n${message}\n${place.join('\n')}\n`
}

async function print(proc: Process, text: string): Promise<number> {
  await proc.stdout.write(text)
  return 0
}
