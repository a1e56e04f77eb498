import { build } from '../../engine/build/build.ts'
import { SourceTree } from '../../engine/build/context.ts'
import { parseDockerfile } from '../../engine/build/dockerfile.ts'
import { IgnoreFile } from '../../engine/build/ignore.ts'
import { applyLayer } from '../../image/apply.ts'
import { unpackLayer } from '../../image/read.ts'
import { SysError } from '../../kernel/errno.ts'
import type { Process } from '../../kernel/process.ts'
import { CowFileSystem } from '../../kernel/vfs/cow.ts'
import { decode, encode } from '../../lib/bytes.ts'
import { buildFailure } from '../build-failure.ts'
import { command, messageOf, Refusal } from '../context.ts'
import { absolutePath, readHostFile, readVariable, writeFile } from '../create-options.ts'
import { boolean, list, string } from '../flags.ts'
import { plainProgress, warningText } from '../plain-progress.ts'

/** docker build, as buildx prints it: progress on stderr, with -q the image's id on stdout. */
export default command({
  name: 'build',
  aliases: ['image build', 'builder build', 'buildx build'],
  about: 'Build an image from a Dockerfile',
  operands: 'PATH | -',
  least: 1,
  most: 1,
  flags: {
    buildArg: list('--build-arg', 'Set build-time variables'),
    buildContext: list('--build-context', 'Additional build contexts (e.g., name=path)'),
    check: boolean('--check', 'Check the Dockerfile and print warnings'),
    file: string('-f --file', 'Name of the Dockerfile (default: "PATH/Dockerfile")'),
    iidfile: string('--iidfile', 'Write the image ID to a file'),
    label: list('--label', 'Set metadata for an image'),
    network: string('--network', 'Set the networking mode for RUN: none, default', 'default'),
    noCache: boolean('--no-cache', 'Do not use cache when building the image'),
    platform: string('--platform', 'Set target platform for build'),
    progress: string('--progress', 'Set type of progress output (auto, plain, quiet, rawjson)', 'auto'),
    pull: boolean('--pull', 'Always attempt to pull all referenced images'),
    quiet: boolean('-q --quiet', 'Suppress the build output and print image ID on success'),
    rm: boolean('--rm', 'Remove intermediate containers (there are none to keep)', true),
    secret: list('--secret', 'Secret to expose to the build (format: "id=mysecret[,src=/local/secret]")'),
    tag: list('-t --tag', 'Image identifier (format: "[registry/]repository[:tag]")'),
    target: string('--target', 'Set the target build stage to build'),
  },
  async main({ engine, proc, flags, operands: [path = ''], name }) {
    if (flags.pull) throw new Refusal('build --pull: pulling is not done by this version')
    if (flags.network === 'host') throw new Refusal('build --network=host: this box has no network of a host to share')
    if (!['auto', 'plain', 'quiet', 'rawjson'].includes(flags.progress)) {
      throw new Refusal(`invalid argument "${flags.progress}" for "--progress" flag: auto, plain, quiet or rawjson`)
    }
    const source = await openContext(proc, path, flags.file)
    const { dockerfile, dockerfileName } = source
    if (flags.check) return check(proc, dockerfile)
    const isQuiet = flags.quiet || flags.progress === 'quiet'
    const renderer = plainProgress(proc, flags.progress === 'rawjson' ? 'rawjson' : isQuiet ? 'quiet' : 'plain')
    const epoch = proc.env.get('SOURCE_DATE_EPOCH')
    try {
      const { image, warnings } = await build(engine, {
        dockerfile,
        dockerfileName,
        context: source.context,
        tags: flags.tag,
        buildArgs: new Map(flags.buildArg.flatMap(word => readVariable(proc, word)).map(splitPair)),
        labels: Object.fromEntries(flags.label.map(splitPair)),
        noCache: flags.noCache,
        contexts: new Map(
          flags.buildContext.map(splitPair).map(([key, where]) => [key, directoryContext(proc, where)]),
        ),
        secrets: new Map(flags.secret.map(text => readSecret(proc, text))),
        progress: renderer.progress,
        ...(flags.target === undefined ? {} : { target: flags.target }),
        ...(flags.platform === undefined ? {} : { platform: flags.platform }),
        ...(epoch && /^\d+$/.test(epoch) ? { sourceDateEpoch: Number(epoch) } : {}),
      })
      if (isQuiet) await proc.stdout.line(image.id)
      else if (warnings.length > 0) await proc.stderr.write(warningText(warnings, name))
      if (flags.iidfile !== undefined) writeFile(proc, flags.iidfile, image.id)
      return 0
    } catch (error) {
      await proc.stderr.write(buildFailure(error, dockerfile, dockerfileName, renderer.failed(), messageOf))
      return 1
    }
  },
})

interface Source {
  readonly context: SourceTree
  readonly dockerfile: string
  readonly dockerfileName: string
}

async function openContext(proc: Process, path: string, file: string | undefined): Promise<Source> {
  if (path === '-') return contextFromStdin(proc, file)
  if (/^(https?|git):\/\/|^git@/.test(path))
    throw new Refusal(`build context ${path}: this box has no network: fetch it first`)
  const root = directoryInode(proc, path)
  const tree = new SourceTree(root)
  const name = file ?? 'Dockerfile'
  const dockerfile =
    file === '-'
      ? decode(await proc.stdin.all())
      : file === undefined
        ? tree.text('Dockerfile')
        : readDockerfile(proc, file)
  if (dockerfile === undefined) {
    throw new Refusal(
      `failed to build: failed to solve: failed to read dockerfile: open ${name}: no such file or directory`,
    )
  }
  const ignore = tree.text(`${name}.dockerignore`) ?? tree.text('.dockerignore') ?? ''
  return {
    context: new SourceTree(root, new IgnoreFile(ignore)),
    dockerfile,
    dockerfileName: file === '-' ? 'Dockerfile' : name,
  }
}

/** An archive, or a Dockerfile alone with nothing to copy. */
async function contextFromStdin(proc: Process, file: string | undefined): Promise<Source> {
  const bytes = await unpackLayer(await proc.stdin.all())
  const fs = new CowFileSystem({ now: proc.kernel.nanoseconds })
  const isTar = String.fromCharCode(...bytes.subarray(257, 262)) === 'ustar'
  if (isTar) applyLayer(fs, bytes)
  const tree = new SourceTree(fs.root)
  const dockerfile = isTar ? tree.text(file ?? 'Dockerfile') : decode(bytes)
  if (dockerfile === undefined)
    throw new Refusal(`failed to read dockerfile: open ${file ?? 'Dockerfile'}: no such file or directory`)
  const ignore = new IgnoreFile(tree.text('.dockerignore') ?? '')
  return { context: new SourceTree(fs.root, ignore), dockerfile, dockerfileName: file ?? 'Dockerfile' }
}

function directoryInode(proc: Process, path: string) {
  try {
    const { inode } = proc.locate(path)
    if (inode.kind === 'directory') return inode
  } catch (error) {
    if (!(error instanceof SysError)) throw error
  }
  throw new Refusal(`failed to build: unable to prepare context: path "${path}" not found`)
}

function directoryContext(proc: Process, path: string): SourceTree {
  const tree = new SourceTree(directoryInode(proc, absolutePath(proc, path)))
  return new SourceTree(tree.root, new IgnoreFile(tree.text('.dockerignore') ?? ''))
}

function readDockerfile(proc: Process, path: string): string | undefined {
  try {
    return decode(proc.contentsOf(path))
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return undefined
  }
}

function readSecret(proc: Process, text: string): [string, Uint8Array] {
  const fields = new Map(text.split(',').map(splitPair))
  const id = fields.get('id') ?? ''
  const variable = fields.get('env')
  const file = fields.get('src') ?? fields.get('source')
  if (id === '') throw new Refusal(`invalid secret: ${text}: id is required`)
  if (variable !== undefined) return [id, encode(proc.env.get(variable) ?? '')]
  return [id, readHostFile(proc, file ?? id)]
}

async function check(proc: Process, dockerfile: string): Promise<number> {
  const { warnings } = parseDockerfile(dockerfile)
  await proc.stdout.write(
    warnings.length === 0
      ? 'Check complete, no warnings found.\n'
      : `Check complete, ${warnings.length} warning${warnings.length === 1 ? ' has' : 's have'} been found!\n`,
  )
  for (const { rule, message, line } of warnings)
    await proc.stdout.write(`\nWARNING: ${rule}\n${message}\nDockerfile:${line}\n`)
  return warnings.length > 0 ? 1 : 0
}

function splitPair(text: string): [string, string] {
  const at = text.indexOf('=')
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
}
