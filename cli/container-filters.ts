// What `ps --filter` may ask.

import type { Engine } from '../engine/engine.ts'
import type { ContainerHandle } from '../engine/handle.ts'
import { portKey } from '../engine/published-port.ts'
import type { ContainerStatus } from '../engine/specification.ts'
import { Refusal } from './context.ts'
import { type FilterTests, readTruth, type Test } from './filters.ts'
import { hasLabel } from './labels.ts'

const STATUSES: readonly ContainerStatus[] = ['created', 'running', 'paused', 'exited', 'removing', 'dead']
const HEALTH = ['none', 'starting', 'healthy', 'unhealthy']

/** `all`: the newest first. */
export function containerTests(engine: Engine, all: readonly ContainerHandle[]): FilterTests<ContainerHandle> {
  const placeOf = async (name: string) => {
    const { specification } = (await engine.containers.find(name)) ?? {}
    if (!specification) throw new Refusal(`no such container ${name}`)
    return all.findIndex(other => other.specification.id === specification.id)
  }
  const placeIn = (handle: ContainerHandle) => all.indexOf(handle)
  return {
    ancestor: value => descendsFrom(engine, value),
    before: async value => {
      const place = await placeOf(value)
      return handle => placeIn(handle) > place
    },
    exited: value => {
      if (!/^[+-]?\d+$/.test(value)) throw new Refusal(`strconv.Atoi: parsing "${value}": invalid syntax`)
      return ({ state }) => state.status === 'exited' && state.exitCode === Number(value)
    },
    expose: value => {
      const ports = readPorts('expose', value)
      return ({ specification }) => specification.exposedPorts.some(port => ports.has(withProtocol(port)))
    },
    health: value => {
      if (!HEALTH.includes(value)) throw new Refusal(`unrecognised filter value for health: ${value}`)
      return ({ state }) => (state.health?.status ?? 'none') === value
    },
    id: value => {
      const pattern = readRegex(value)
      return ({ specification }) => pattern.test(specification.id)
    },
    'is-task': value => {
      const wanted = readTruth('is-task', value)
      return () => !wanted
    },
    label:
      value =>
      ({ specification }) =>
        hasLabel(specification.labels, value),
    name: value => {
      const pattern = readRegex(value)
      return ({ specification: { name } }) => pattern.test(name) || pattern.test(`/${name}`)
    },
    // The only network that a listing names.
    network: value => () => value === 'none',
    // docker: the container's own port, whichever the host's is.
    publish: value => {
      const ports = readPorts('publish', value)
      return ({ specification }) => specification.published?.some(port => ports.has(portKey(port))) === true
    },
    since: async value => {
      const place = await placeOf(value)
      return handle => placeIn(handle) < place
    },
    status: value => {
      if (!STATUSES.some(status => status === value)) throw new Refusal(`invalid filter 'status=${value}'`)
      return ({ state }) => state.status === value
    },
    volume:
      value =>
      ({ specification }) =>
        specification.mounts.some(({ source, target }) => source === value || target === value),
  }
}

/** An image that is not there has no descendants. */
async function descendsFrom(engine: Engine, name: string): Promise<Test<ContainerHandle>> {
  const ancestor = await engine.findImage(name)
  if (!ancestor) return () => false
  const layers = ancestor.config.rootfs.diff_ids
  const descendants = new Set<string>()
  for (const { image } of await engine.listImages()) {
    if (layers.every((layer, index) => image.config.rootfs.diff_ids[index] === layer)) descendants.add(image.id)
  }
  return ({ specification }) => specification.imageId === ancestor.id || descendants.has(specification.imageId)
}

function readRegex(text: string): RegExp {
  try {
    return new RegExp(text)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw new Refusal(`invalid filter: ${error.message}`)
  }
}

/** `PORT[-PORT][/PROTOCOL]`. */
function readPorts(name: string, text: string): ReadonlySet<string> {
  const [, first, last = first, protocol = 'tcp'] = /^(\d+)(?:-(\d+))?(?:\/(tcp|udp|sctp))?$/.exec(text) ?? []
  if (first === undefined || Number(last) > 65_535) throw new Refusal(`error while looking up for ${name} ${text}`)
  const ports = new Set<string>()
  for (let port = Number(first); port <= Number(last); port++) ports.add(`${port}/${protocol}`)
  return ports
}

function withProtocol(port: string): string {
  return port.includes('/') ? port : `${port}/tcp`
}
