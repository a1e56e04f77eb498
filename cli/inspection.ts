// What `inspect` shows: docker's shape, with what this box has.

import type { ContainerHandle } from '../engine/handle.ts'
import type { HealthState } from '../engine/health.ts'
import { hostAddresses, type PublishedPort, portKey } from '../engine/published-port.ts'
import { type ContainerSpecification, commandLine, type MountSpecification } from '../engine/specification.ts'
import type { Volume, Volumes } from '../engine/volumes.ts'
import { familiarName, familiarTag, parseReference } from '../image/reference.ts'
import type { Image } from '../image/store.ts'

export function inspectImage(image: Image, names: readonly string[]): Record<string, unknown> {
  const { config } = image
  const references = names.map(name => parseReference(name))
  return {
    Id: image.id,
    RepoTags: references.map(familiarTag),
    RepoDigests: references.map(reference => `${familiarName(reference)}@${image.manifest.digest}`),
    Parent: '',
    Comment: config.history.at(-1)?.comment ?? '',
    Created: config.created ?? '',
    DockerVersion: '',
    Author: config.author ?? '',
    Architecture: config.architecture,
    Os: config.os,
    Size: image.layers.reduce((sum, layer) => sum + layer.size, 0),
    RootFS: { Type: 'layers', Layers: config.rootfs.diff_ids },
    Metadata: { LastTagTime: '0001-01-01T00:00:00Z' },
    Config: {
      Cmd: null,
      Entrypoint: null,
      Env: [],
      Labels: null,
      OnBuild: null,
      User: '',
      Volumes: null,
      WorkingDir: '',
      ...config.config,
    },
  }
}

export function inspectVolume({ name, created, labels, mountpoint }: Volume): Record<string, unknown> {
  const isLabelled = Object.keys(labels).length > 0
  return {
    CreatedAt: new Date(created).toISOString(),
    Driver: 'local',
    Labels: isLabelled ? labels : null,
    Mountpoint: mountpoint,
    Name: name,
    Options: null,
    Scope: 'local',
  }
}

export function inspectContainer(
  { specification: made, state, ports }: ContainerHandle,
  volumes: Volumes,
): Record<string, unknown> {
  const [path = '', ...args] = commandLine(made)
  const isRunning = state.status === 'running' || state.status === 'paused'
  return {
    Id: made.id,
    Created: time(made.created),
    Path: path,
    Args: args,
    State: {
      Status: state.status,
      Running: isRunning,
      Paused: state.status === 'paused',
      Restarting: false,
      OOMKilled: state.oomKilled,
      Dead: false,
      Pid: isRunning ? 1 : 0,
      ExitCode: state.exitCode,
      Error: state.error,
      StartedAt: time(state.startedAt),
      FinishedAt: time(state.finishedAt),
      ...(state.health ? { Health: inspectHealth(state.health) } : {}),
    },
    Image: made.imageId,
    Name: `/${made.name}`,
    RestartCount: 0,
    Platform: 'linux',
    HostConfig: {
      Binds: made.mounts
        .filter(({ type, anonymous }) => type === 'bind' || (type === 'volume' && !anonymous))
        .map(({ source, target, readOnly }) => `${source}:${target}${readOnly ? ':ro' : ''}`),
      NetworkMode: 'none',
      PortBindings: bindings(made.published ?? [], ({ hostIp, hostPort }) => [
        { HostIp: hostIp, HostPort: hostPort === 0 ? '' : String(hostPort) },
      ]),
      AutoRemove: made.autoRemove,
      ReadonlyRootfs: made.readOnly,
      Init: made.init,
      Memory: made.limits.memory ?? 0,
      PidsLimit: made.limits.processes ?? null,
      ExtraHosts: made.extraHosts,
    },
    Mounts: made.mounts.map(mount => inspectMount(mount, volumes)),
    Config: {
      Hostname: made.hostname,
      User: made.user,
      AttachStdin: false,
      AttachStdout: false,
      AttachStderr: false,
      Tty: made.tty,
      OpenStdin: made.openStdin,
      Env: made.env,
      Cmd: made.cmd.length > 0 ? made.cmd : null,
      Image: made.image,
      Volumes: null,
      WorkingDir: made.workingDirectory,
      Entrypoint: made.entrypoint.length > 0 ? made.entrypoint : null,
      Labels: made.labels,
      StopSignal: made.stopSignal,
      StopTimeout: made.stopTimeout,
      ...(made.healthcheck ? { Healthcheck: made.healthcheck } : {}),
      ExposedPorts: Object.fromEntries(made.exposedPorts.map(port => [port, {}])),
    },
    NetworkSettings: { IPAddress: '', Ports: openPorts(made, ports, isRunning), Networks: { none: {} } },
  }
}

function inspectHealth({ status, failingStreak, log }: HealthState) {
  return {
    Status: status,
    FailingStreak: failingStreak,
    Log: log.map(({ start, end, exitCode, output }) => ({
      Start: time(start),
      End: time(end),
      ExitCode: exitCode,
      Output: output,
    })),
  }
}

interface Binding {
  readonly HostIp: string
  readonly HostPort: string
}

function bindings(
  ports: readonly PublishedPort[],
  show: (port: PublishedPort) => readonly Binding[],
): Record<string, readonly Binding[]> {
  const shown: Record<string, readonly Binding[]> = {}
  for (const port of ports) shown[portKey(port)] = [...(shown[portKey(port)] ?? []), ...show(port)]
  return shown
}

/** While it runs: what is only exposed is null. */
function openPorts({ exposedPorts }: ContainerSpecification, ports: readonly PublishedPort[], isRunning: boolean) {
  if (!isRunning) return {}
  const published = bindings(ports, port =>
    hostAddresses(port).map(({ ip, port: number }) => ({ HostIp: ip, HostPort: String(number) })),
  )
  return { ...Object.fromEntries(exposedPorts.map(key => [key, null])), ...published }
}

function inspectMount({ type, source, target, readOnly }: MountSpecification, volumes: Volumes) {
  const place =
    type === 'volume'
      ? { Name: source, Source: volumes.find(source)?.mountpoint ?? '', Destination: target, Driver: 'local' }
      : { Source: source, Destination: target }
  return {
    Type: type,
    ...place,
    Mode: readOnly ? 'ro' : '',
    RW: !readOnly,
    Propagation: type === 'bind' ? 'rprivate' : '',
  }
}

/** Go's zero time for "never". */
function time(ms: number): string {
  return ms === 0 ? '0001-01-01T00:00:00Z' : new Date(ms).toISOString()
}
