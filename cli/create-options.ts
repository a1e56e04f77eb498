// The flags that `run` and `create` share, and what they mean.

import type { CreateOptions, Engine } from '../engine/engine.ts'
import type { ContainerHandle } from '../engine/handle.ts'
import { parsePublished, portKey } from '../engine/published-port.ts'
import type { MountSpecification } from '../engine/specification.ts'
import type { Healthcheck } from '../image/config.ts'
import { parsePlatform } from '../image/platform.ts'
import type { Image } from '../image/store.ts'
import { SysError } from '../kernel/errno.ts'
import type { Limits } from '../kernel/limits.ts'
import type { Process } from '../kernel/process.ts'
import { decode, encode } from '../lib/bytes.ts'
import { parseSize } from '../lib/human.ts'
import { Refusal } from './context.ts'
import { boolean, duration, type FlagValues, integer, list, refused, string } from './flags.ts'
import { labelsOf, splitPair } from './labels.ts'

export const CREATE_FLAGS = {
  addHost: list('--add-host', 'Add a custom host-to-IP mapping (host:ip)'),
  attach: list('-a --attach', 'Attach to STDIN, STDOUT or STDERR'),
  cpus: refused('--cpus', 'a container has one processor, which it shares in turns; leave it out', 'decimal'),
  cidfile: string('--cidfile', 'Write the container ID to the file'),
  expose: list('--expose', 'Expose a port or a range of ports'),
  entrypoint: string('--entrypoint', 'Overwrite the default ENTRYPOINT of the image'),
  env: list('-e --env', 'Set environment variables'),
  envFile: list('--env-file', 'Read in a file of environment variables'),
  healthCmd: string('--health-cmd', 'Command to run to check health'),
  healthInterval: duration('--health-interval', 'Time between running the check (ms|s|m|h)'),
  healthRetries: integer('--health-retries', 'Consecutive failures needed to report unhealthy'),
  healthStartInterval: duration('--health-start-interval', 'Time between checks during the start period (ms|s|m|h)'),
  healthStartPeriod: duration(
    '--health-start-period',
    'Time the container has to start before failures count (ms|s|m|h)',
  ),
  healthTimeout: duration('--health-timeout', 'Maximum time one check may run (ms|s|m|h)'),
  hostname: string('-h --hostname', 'Container host name'),
  init: boolean('--init', 'Run an init inside the container that forwards signals and reaps processes'),
  interactive: boolean('-i --interactive', 'Keep STDIN open even if not attached'),
  label: list('-l --label', 'Set meta data on a container'),
  memory: string('-m --memory', 'Memory limit'),
  mount: list('--mount', 'Attach a filesystem mount to the container', 'mount'),
  name: string('--name', 'Assign a name to the container'),
  network: string('--network', 'Connect a container to a network: none'),
  noHealthcheck: boolean('--no-healthcheck', 'Disable any container-specified HEALTHCHECK'),
  pidsLimit: integer('--pids-limit', 'Limit of processes'),
  platform: string('--platform', 'Set platform if the image has several'),
  publish: list('-p --publish', "Publish a container's port(s) to the host"),
  publishAll: boolean('-P --publish-all', 'Publish all exposed ports to random ports'),
  pull: string('--pull', 'Pull image before creating: always, missing, never'),
  readOnly: boolean('--read-only', "Mount the container's root filesystem as read only"),
  restart: string('--restart', 'Restart policy to apply when a container exits: no', 'no'),
  rm: boolean('--rm', 'Automatically remove the container when it exits'),
  stopSignal: string('--stop-signal', 'Signal to stop the container'),
  stopTimeout: integer('--stop-timeout', 'Timeout (in seconds) to stop a container'),
  tmpfs: list('--tmpfs', 'Mount a tmpfs directory'),
  tty: boolean('-t --tty', 'Allocate a pseudo-TTY'),
  ulimit: list('--ulimit', 'Ulimit options: nofile, nproc', 'ulimit'),
  user: string('-u --user', 'Username or UID (format: <name|uid>[:<group|gid>])'),
  volume: list('-v --volume', 'Bind mount a volume'),
  workdir: string('-w --workdir', 'Working directory inside the container'),
} as const

export type CreateFlags = FlagValues<typeof CREATE_FLAGS>

/** Makes the container. Says what docker says when the image is not there. */
export async function createContainer(
  { engine, proc }: { readonly engine: Engine; readonly proc: Process },
  flags: CreateFlags,
  [imageName = '', ...cmd]: readonly string[],
): Promise<ContainerHandle> {
  const image = await findOrPull({ engine, proc }, imageName, flags)
  requireSupported(flags, `${image.config.os}/${image.config.architecture}`)
  const how = readCreateFlags(proc, flags, cmd)
  const specification = await engine.specify(image, imageName, how)
  const handle = await engine.containers.create(specification)
  if (flags.cidfile !== undefined) writeFile(proc, flags.cidfile, specification.id)
  return handle
}

/** As docker: what is not here is pulled, unless that is not wanted. */
async function findOrPull(
  { engine, proc }: { readonly engine: Engine; readonly proc: Process },
  name: string,
  { pull = 'missing', platform }: CreateFlags,
): Promise<Image> {
  if (!['always', 'missing', 'never'].includes(pull))
    throw new Refusal(`invalid pull option: '${pull}': must be one of "always", "missing" or "never"`, 125)
  const wanted = platform === undefined ? undefined : parsePlatform(platform)
  const found = pull === 'always' ? undefined : await engine.findImage(name, wanted)
  if (found) return found
  const shown = /[:@]/.test(name) ? name : `${name}:latest`
  if (pull !== 'always') await proc.stderr.line(`Unable to find image '${shown}' locally`)
  const how = { pull: pull === 'never' ? 'never' : 'always', ...(wanted ? { platform: wanted } : {}) } as const
  const image = await engine.obtainImage(name, how)
  if (image) return image
  throw new Refusal(`No such image: ${shown}`, 125)
}

function requireSupported({ network, platform, restart }: CreateFlags, made: string): void {
  if (!/^(no|always|unless-stopped|on-failure(:\d+)?)$/.test(restart)) {
    throw new Refusal(
      `invalid restart policy: unknown policy '${restart}'; use one of 'no', 'always', 'on-failure', or 'unless-stopped'`,
      125,
    )
  }
  if (restart !== 'no') {
    throw new Refusal(
      `--restart ${restart} is not supported: nothing runs here that could start a container again`,
      125,
    )
  }
  if (platform !== undefined && platform !== made) {
    throw new Refusal(`the image is for ${made}, not for ${platform}`, 125)
  }
  if (network !== undefined && network !== 'none' && network !== 'default' && network !== 'bridge') {
    throw new Refusal(`network ${network} is not there: this box has only "none"`, 125)
  }
}

function readCreateFlags(proc: Process, flags: CreateFlags, cmd: readonly string[]): CreateOptions {
  const { name, user, workdir, hostname, entrypoint, stopSignal, stopTimeout } = flags
  return {
    cmd,
    env: [
      ...flags.envFile.flatMap(path => readEnvFile(proc, path)),
      ...flags.env.flatMap(word => readVariable(proc, word)),
    ],
    tty: flags.tty,
    stdin: flags.interactive,
    readOnly: flags.readOnly,
    init: flags.init,
    autoRemove: flags.rm,
    mounts: readMounts(proc, flags),
    labels: labelsOf(flags.label),
    limits: readLimits(flags),
    ...healthOptions(flags),
    extraHosts: flags.addHost,
    exposedPorts: flags.expose.flatMap(text => parsePublished(text).map(portKey)),
    published: flags.publish.flatMap(parsePublished),
    publishAll: flags.publishAll,
    ...(name === undefined ? {} : { name }),
    ...(user === undefined ? {} : { user }),
    ...(workdir === undefined ? {} : { workingDirectory: workdir }),
    ...(hostname === undefined ? {} : { hostname }),
    ...(entrypoint === undefined ? {} : { entrypoint: entrypoint === '' ? [] : [entrypoint] }),
    ...(stopSignal === undefined ? {} : { stopSignal }),
    ...(stopTimeout === undefined ? {} : { stopTimeout }),
  }
}

/** docker: what takes the check away cannot say how it is. */
function healthOptions(flags: CreateFlags): { readonly healthcheck?: Healthcheck } {
  const asked = {
    ...(flags.healthCmd === undefined ? {} : { Test: ['CMD-SHELL', flags.healthCmd] }),
    ...(flags.healthInterval === undefined ? {} : { Interval: flags.healthInterval }),
    ...(flags.healthTimeout === undefined ? {} : { Timeout: flags.healthTimeout }),
    ...(flags.healthStartPeriod === undefined ? {} : { StartPeriod: flags.healthStartPeriod }),
    ...(flags.healthStartInterval === undefined ? {} : { StartInterval: flags.healthStartInterval }),
    ...(flags.healthRetries === undefined ? {} : { Retries: flags.healthRetries }),
  }
  const isAsked = Object.keys(asked).length > 0
  if (flags.noHealthcheck && isAsked) throw new Refusal('--no-healthcheck conflicts with --health-* options', 125)
  if ((flags.healthRetries ?? 0) < 0) throw new Refusal('--health-retries cannot be negative', 125)
  if (flags.noHealthcheck) return { healthcheck: { Test: ['NONE'] } }
  return isAsked ? { healthcheck: asked } : {}
}

/** `A=b`, or `A` taken from the environment, and nothing when it is not there. */
export function readVariable(proc: Process, word: string): string[] {
  if (word.includes('=')) return [word]
  const value = proc.env.get(word)
  return value === undefined ? [] : [`${word}=${value}`]
}

function readEnvFile(proc: Process, path: string): string[] {
  const lines = decode(readHostFile(proc, path)).split('\n')
  return lines.filter(line => line.trim() !== '' && !line.startsWith('#')).flatMap(line => readVariable(proc, line))
}

export function readHostFile(proc: Process, path: string): Uint8Array {
  try {
    return proc.contentsOf(path)
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    throw new Refusal(`open ${path}: ${lowerFirst(error.message)}`)
  }
}

export function writeFile(proc: Process, path: string, contents: string | Uint8Array): void {
  const fd = proc.open(path, { write: true, create: true, truncate: true })
  if (typeof fd !== 'number') throw new Refusal(`${path} is a fifo`)
  void proc.write(fd, typeof contents === 'string' ? encode(contents) : contents)
  proc.close(fd)
}

function readLimits(flags: CreateFlags): Partial<Limits> {
  const limits: { memory?: number; processes?: number; openFiles?: number } = {}
  if (flags.memory !== undefined) {
    const memory = parseSize(flags.memory)
    if (memory === undefined)
      throw new Refusal(`invalid argument "${flags.memory}" for "-m, --memory" flag: invalid size`, 125)
    limits.memory = memory
  }
  if (flags.pidsLimit !== undefined && flags.pidsLimit > 0) limits.processes = flags.pidsLimit
  for (const text of flags.ulimit) {
    const [name, value] = splitPair(text)
    const number = Number(value.split(':')[0])
    if (name === 'nofile') limits.openFiles = number
    else if (name === 'nproc') limits.processes = number
    else throw new Refusal(`--ulimit ${name}: this box limits only nofile and nproc`, 125)
  }
  return limits
}

function readMounts(proc: Process, flags: CreateFlags): MountSpecification[] {
  return [
    ...flags.volume.map(text => readVolume(proc, text)),
    ...flags.mount.map(text => readMount(proc, text)),
    ...flags.tmpfs.map(readTmpfs),
  ]
}

/** `SOURCE:TARGET[:ro]`; a source that is a path is a bind, and is made when it is missing, as docker does. */
function readVolume(proc: Process, text: string): MountSpecification {
  const [source = '', target, mode = ''] = text.split(':')
  if (target === undefined) return { type: 'volume', source: '', target: source, readOnly: false }
  if (!target.startsWith('/'))
    throw new Refusal(
      `invalid volume specification: '${text}': invalid mount config for type "bind": invalid mount path: '${target}' mount path must be absolute`,
      125,
    )
  const unknown = mode
    .split(',')
    .find(word => !['', 'ro', 'rw', 'z', 'Z', 'delegated', 'cached', 'consistent', 'nocopy'].includes(word))
  if (unknown !== undefined) throw new Refusal(`invalid mode: ${unknown}`, 125)
  const readOnly = mode.split(',').includes('ro')
  const noCopy = mode.split(',').includes('nocopy')
  if (!/^[/.~]/.test(source)) return { type: 'volume', source, target, readOnly, ...(noCopy ? { noCopy } : {}) }
  const path = absolutePath(proc, source)
  makeMissing(proc, path)
  return { type: 'bind', source: path, target, readOnly }
}

function readMount(proc: Process, text: string): MountSpecification {
  const fields = new Map(text.split(',').map(part => splitPair(part)))
  const type = fields.get('type') ?? 'volume'
  const source = fields.get('source') ?? fields.get('src') ?? ''
  const target = fields.get('target') ?? fields.get('destination') ?? fields.get('dst') ?? ''
  const readOnly = fields.has('readonly') || fields.has('ro')
  if (target === '') throw new Refusal(`invalid argument "${text}" for "--mount" flag: target is required`, 125)
  if (type === 'tmpfs') {
    const size = parseSize(fields.get('tmpfs-size') ?? '')
    return { type: 'tmpfs', source: '', target, readOnly, ...(size === undefined ? {} : { size }) }
  }
  const noCopy = fields.has('volume-nocopy') && fields.get('volume-nocopy') !== 'false'
  if (type === 'volume') return { type: 'volume', source, target, readOnly, ...(noCopy ? { noCopy } : {}) }
  if (type !== 'bind')
    throw new Refusal(`invalid argument "${text}" for "--mount" flag: mount type unknown: "${type}"`, 125)
  const path = absolutePath(proc, source)
  if (!exists(proc, path))
    throw new Refusal(`invalid mount config for type "bind": bind source path does not exist: ${path}`, 125)
  return { type: 'bind', source: path, target, readOnly }
}

function readTmpfs(text: string): MountSpecification {
  const [target = '', options = ''] = text.split(':')
  const size = parseSize(/(?:^|,)size=([^,]+)/.exec(options)?.[1] ?? '')
  const readOnly = options.split(',').includes('ro')
  return { type: 'tmpfs', source: '', target, readOnly, ...(size === undefined ? {} : { size }) }
}

export function absolutePath(proc: Process, path: string): string {
  const joined = path.startsWith('/')
    ? path
    : `${proc.cwd.replace(/\/$/, '')}/${path.replace(/^~(?=\/|$)/, proc.env.get('HOME') ?? '~')}`
  const names: string[] = []
  for (const name of joined.split('/')) {
    if (name === '..') names.pop()
    else if (name !== '' && name !== '.') names.push(name)
  }
  return `/${names.join('/')}`
}

/** docker makes a directory that is to be bound and is not there. */
export function makeMissing(proc: Process, path: string): void {
  if (exists(proc, path)) return
  makeMissing(proc, path.slice(0, path.lastIndexOf('/')) || '/')
  proc.mkdir(path)
}

function exists(proc: Process, path: string): boolean {
  try {
    proc.stat(path)
    return true
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    return false
  }
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1)
}
